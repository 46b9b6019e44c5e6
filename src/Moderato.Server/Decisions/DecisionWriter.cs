using System.Threading.Channels;
using Moderato.Decisions.Counting;
using Moderato.Server.Hosting;
using Moderato.Server.Reviews;
using Moderato.Server.Storage;
using Moderato.Server.Webhooks;

namespace Moderato.Server.Decisions;

/// <summary>
/// Group commit: requests wait in a bounded queue; one thread takes all that wait, commits them in one transaction and then
/// answers them. While it commits the next group gathers, so a slow disk makes groups larger, not answers wrong.
/// </summary>
public sealed partial class DecisionWriter(Store store, ServerSettings settings, ServerMetrics metrics, PersonVerdicts people, Subscriptions subscriptions, TimeProvider time, ILogger<DecisionWriter> logger) : IHostedService, IDisposable
{
    private const int MostPerCommit = 4_000;

    private static readonly TimeSpan CountsEvery = TimeSpan.FromSeconds(2);

    /// <summary>Stands in the queue where counts are to be added up.</summary>
    private static readonly Request AddUp = new([]);

    // The writer waits for what comes, so it is woken by whoever brings it: by way of the pool it would wait behind the requests there.
    private readonly Channel<Request> queue = Channel.CreateUnbounded<Request>(new UnboundedChannelOptions { SingleReader = true, AllowSynchronousContinuations = true });
    private DecisionLog? log;
    private ITimer? addUp;
    private Task loop = Task.CompletedTask;
    private int waiting;
    private bool saidSurfaces;

    /// <summary>Decisions that wait to be committed.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    /// <summary>Commits these decisions, all in one transaction; where a person decided on the same text before, that is the verdict.</summary>
    /// <returns>An outcome for each, after they have reached the disk.</returns>
    /// <exception cref="BusyException">The queue is full, or the server is stopping: nothing was taken.</exception>
    public Task<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<DecisionWrite> writes)
    {
        if (Interlocked.Add(ref waiting, writes.Count) > settings.MostWaitingDecisions)
        {
            Interlocked.Add(ref waiting, -writes.Count);
            metrics.Refused(writes.Count);
            throw new BusyException();
        }

        var request = new Request([.. writes.Select(write => EncodedWrite.Of(subscriptions.Address(people.Bind(write))))]);
        if (!queue.Writer.TryWrite(request))
        {
            Interlocked.Add(ref waiting, -writes.Count);
            throw new BusyException();
        }

        return request.Outcome.Task;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        log = store.CreateLog(settings.MostSurfaces);
        metrics.Waiting = () => Waiting;
        addUp = time.CreateTimer(_ => queue.Writer.TryWrite(AddUp), null, CountsEvery, CountsEvery);
        loop = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return Task.CompletedTask;
    }

    /// <summary>Takes nothing more and commits what waits.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Writer.TryComplete();
        return loop.WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        // The container disposes of it twice: as itself and as a worker.
        addUp?.Dispose();
        Interlocked.Exchange(ref log, null)?.Dispose();
    }

    private void Run()
    {
        var group = new List<Request>();
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            int decisions = 0;
            bool adds = false;
            while (decisions < MostPerCommit && queue.Reader.TryRead(out var request))
            {
                if (request == AddUp)
                {
                    adds = true;
                    continue;
                }

                group.Add(request);
                decisions += request.Writes.Count;
            }

            if (group.Count > 0)
            {
                Commit(group);
                Interlocked.Add(ref waiting, -decisions);
                group.Clear();
            }

            if (adds)
            {
                AddUpCounts();
            }
        }

        AddUpCounts();
    }

    private void AddUpCounts()
    {
        try
        {
            long unnamed = log!.AddUpCounts();
            metrics.CountedUnnamed(unnamed);
            if (unnamed > 0 && !saidSurfaces)
            {
                saidSurfaces = true;
                LogSurfaces(settings.MostSurfaces, NamedSurfaces.Other);
            }
        }
        catch (Exception failure)
        {
            // Nothing is lost: they are added up the next time, and readers count them meanwhile.
            LogCountsWait(failure.GetType().Name);
        }
    }

    private void Commit(List<Request> group)
    {
        try
        {
            long began = time.GetTimestamp();
            var outcomes = log!.Commit(group.Count == 1 ? group[0].Writes : [.. group.SelectMany(request => request.Writes)]);
            metrics.Committed(outcomes, time.GetElapsedTime(began));
            int at = 0;
            foreach (var request in group)
            {
                request.Outcome.SetResult(new ArraySegment<WriteOutcome>(outcomes, at, request.Writes.Count));
                at += request.Writes.Count;
            }
        }
        catch (Exception failure) when (group.Count > 1 && !StoreOutage.Is(failure))
        {
            // One request that the store refuses must not take the others with it.
            LogGroupFailed(failure.GetType().Name, group.Count);
            foreach (var request in group)
            {
                Commit([request]);
            }
        }
        catch (Exception failure)
        {
            // Never the message: it may hold content. Where it happened says nothing about an outage.
            LogFailed(failure.GetBaseException().GetType().Name, StoreOutage.CodeOf(failure) ?? "no code", StoreOutage.Is(failure) ? null : failure.StackTrace);
            foreach (var request in group)
            {
                request.Outcome.SetException(new StoreUnavailableException(failure));
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A group of {Requests} requests was not committed ({Failure}); each is tried alone.")]
    private partial void LogGroupFailed(string failure, int requests);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Counts were not added up ({Failure}); they wait.")]
    private partial void LogCountsWait(string failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A workspace has more than {Most} surfaces: further ones are counted as {Other}. Send the place where content stands, not the content's own name, as surface; or raise mostSurfaces.")]
    private partial void LogSurfaces(int most, string other);

    [LoggerMessage(Level = LogLevel.Error, Message = "Decisions were not committed ({Failure}, {Code}). {Stack}")]
    private partial void LogFailed(string failure, string code, string? stack);

    private sealed class Request(IReadOnlyList<EncodedWrite> writes)
    {
        public IReadOnlyList<EncodedWrite> Writes => writes;

        public TaskCompletionSource<IReadOnlyList<WriteOutcome>> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>More is asked for than the store can take: nothing was written, and it may be sent again in a second.</summary>
public sealed class BusyException() : Exception("The server is busy.");

/// <summary>The store refused or cannot be reached: nothing was written.</summary>
public sealed class StoreUnavailableException(Exception cause) : Exception("The store did not take it.", cause);
