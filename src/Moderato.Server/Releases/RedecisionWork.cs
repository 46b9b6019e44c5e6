using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moderato.Decisions;
using Moderato.Releases;
using Moderato.Server.Decisions;
using Moderato.Server.Storage;
using Moderato.Server.Webhooks;

namespace Moderato.Server.Releases;

/// <summary>
/// Works on the redecisions that run: one node each, no faster than each allows. Where it is comes with it: after a crash this or
/// another node goes on from the last content that was written down, and a content that was reversed already is not reversed again.
/// </summary>
public sealed partial class RedecisionWork(
    Store store, StoredContents contents, LiveReleases releases, Decider decider, DecisionWriter writer, TimeProvider time, ILogger<RedecisionWork> logger) : BackgroundService
{
    private const int PageRows = 200;

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    private readonly string node = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName[..Math.Min(Environment.MachineName.Length, 40)]}/{Environment.ProcessId}");
    private readonly Dictionary<int, ReversalPace> paces = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            bool more = false;
            try
            {
                foreach (int id in await TakeAsync(stoppingToken))
                {
                    more |= await StepAsync(id, stoppingToken);
                }
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogWaits(failure.GetType().Name);
            }

            if (!more)
            {
                await Task.Delay(Every, time, stoppingToken);
            }
        }
    }

    /// <summary>The running ones that are this node's now.</summary>
    private async Task<IReadOnlyList<int>> TakeAsync(CancellationToken cancel)
    {
        await using var state = store.State();
        var now = time.GetUtcNow();
        var running = await state.Redecisions.AsNoTracking().Where(one => one.State == RedecisionState.Running).Select(one => one.Id).ToListAsync(cancel);
        var taken = new List<int>();
        foreach (int id in running)
        {
            if (await state.Redecisions
                .Where(one => one.Id == id && one.State == RedecisionState.Running && (one.Node == node || one.LeaseUntil == null || one.LeaseUntil < now))
                .ExecuteUpdateAsync(set => set.SetProperty(one => one.Node, node).SetProperty(one => one.LeaseUntil, now + Lease), cancel) == 1)
            {
                taken.Add(id);
            }
        }

        return taken;
    }

    /// <returns>Whether there is more that may go out at once.</returns>
    private async Task<bool> StepAsync(int id, CancellationToken cancel)
    {
        await using var state = store.State();
        var job = await state.Redecisions.AsNoTracking().SingleAsync(one => one.Id == id, cancel);
        if (!paces.TryGetValue(id, out var pace))
        {
            paces[id] = pace = new(job.PerMinute);
        }

        int allowed = pace.Allowed(time.GetUtcNow());
        if (allowed == 0)
        {
            return false;
        }

        var cascade = await releases.LoadAsync(job.Workspace, job.Release, cancel);
        var page = await contents.PageAsync(job.Workspace, new(job.AfterTime, job.AfterSequence), job.To, 1, PageRows, cancel);
        var reversals = new List<DecisionWrite>();
        bool paused = false;
        foreach (var one in page)
        {
            var (reversal, counts) = await RedecideAsync(job, cascade, one, cancel);
            if (reversal is not null && reversals.Count >= allowed)
            {
                paused = true;
                break;
            }

            if (reversal is not null)
            {
                reversals.Add(reversal);
            }

            counts();
            (job.Seen, job.AfterTime, job.AfterSequence) = (job.Seen + 1, one.First.Milliseconds, one.First.Sequence);
        }

        pace.Took(reversals.Count);
        if (reversals.Count > 0)
        {
            job.Reversed += (await writer.WriteAsync(reversals)).OfType<WriteOutcome.Written>().Count();
        }

        bool done = !paused && page.Count < PageRows;
        await WriteDownAsync(state, job, done, cancel);
        return !done && !paused;
    }

    /// <summary>The reversal where there is to be one, and what the content counts as.</summary>
    private async Task<(DecisionWrite? Reversal, Action Count)> RedecideAsync(Redecision job, Cascade cascade, StandingDecision one, CancellationToken cancel)
    {
        var standing = one.Standing;
        if (standing.Origin == DecisionOrigin.Recorded)
        {
            return (null, () => { });
        }

        if (standing.Origin == DecisionOrigin.Redecided && standing.Release == job.Release && standing.Time >= job.Started)
        {
            // Written before a crash, and not yet written down.
            return (null, () => job.Reversed++);
        }

        if (one.IsBound)
        {
            return (null, () => job.Bound++);
        }

        if (one.Content is not { } content)
        {
            return (null, () => job.WithoutText++);
        }

        if (await decider.DecideAsync(job.Workspace, cascade, content, null, cancel) is not Decided.Made(var made, _))
        {
            return (null, () => job.NotDecided++);
        }

        var decision = made.Decision;
        if (decision.Verdict == standing.Verdict || (job.Category is { } category && standing.Category != category && decision.Category != category))
        {
            return (null, () => { });
        }

        var reversal = made with
        {
            Decision = decision with { Revision = standing.Revision + 1, Origin = DecisionOrigin.Redecided, Author = standing.Author, Fingerprint = standing.Fingerprint },
            Content = null,
            Events = [OutgoingEvent.Reversed(standing, job.Reason)],
        };
        return (reversal, () => { });
    }

    private async Task WriteDownAsync(StateContext state, Redecision job, bool done, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await state.Redecisions.Where(one => one.Id == job.Id && one.Node == node).ExecuteUpdateAsync(
            set => set
                .SetProperty(one => one.AfterTime, job.AfterTime).SetProperty(one => one.AfterSequence, job.AfterSequence)
                .SetProperty(one => one.Seen, job.Seen).SetProperty(one => one.Reversed, job.Reversed).SetProperty(one => one.Bound, job.Bound)
                .SetProperty(one => one.WithoutText, job.WithoutText).SetProperty(one => one.NotDecided, job.NotDecided),
            cancel);
        if (done)
        {
            await state.Redecisions.Where(one => one.Id == job.Id && one.State == RedecisionState.Running).ExecuteUpdateAsync(
                set => set.SetProperty(one => one.State, RedecisionState.Done).SetProperty(one => one.Ended, now), cancel);
            paces.Remove(job.Id);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A redecision waits ({Failure}); it goes on from where it was.")]
    private partial void LogWaits(string failure);
}
