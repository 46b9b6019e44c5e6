using Moderato.Decisions;
using Moderato.Server.Releases;
using Moderato.Server.Webhooks;

namespace Moderato.Server.Decisions;

/// <summary>
/// From contents to committed decisions: what every front door calls. A caller's deadline gets what the tiers said so far; the
/// final decision follows as another revision and goes out as an event.
/// </summary>
public sealed partial class DecisionMaker(
    Decider decider, DecisionWriter writer, LiveReleases releases, ShadowWork shadow, TimeProvider time, ILogger<DecisionMaker> logger) : IHostedService
{
    private readonly CancellationTokenSource stopping = new();
    private int unfinished;

    /// <summary>Decisions that were answered provisionally and are not final yet.</summary>
    public int Unfinished => Volatile.Read(ref unfinished);

    /// <param name="deadline">Null: as long as it takes.</param>
    /// <param name="keepText">Whether texts are kept beside the decisions.</param>
    /// <param name="inForce">The releases, where the caller has looked at them already; null: those of this moment. They decide all of the contents.</param>
    /// <param name="key">What the request is called; null where it has no name.</param>
    /// <returns>An outcome for each content, in their order, after all that were decided have reached the disk.</returns>
    /// <exception cref="BusyException">The queue is full: nothing was taken.</exception>
    public async Task<IReadOnlyList<WriteOutcome>> DecideAsync(
        int workspace, IReadOnlyList<Content> contents, TimeSpan? deadline = null, bool keepText = true, ReleasesInForce? inForce = null, IdempotencyKey? key = null)
    {
        var deciding = inForce ?? releases.InForce(workspace);
        var decided = await DecideAllAsync(workspace, contents, deadline, deciding);
        var made = decided.OfType<Decided.Made>().ToList();
        var written = made.Count == 0 ? [] : await writer.WriteAsync([.. made.Select(one => Ready(one.Write, keepText, key))]);
        var outcomes = new List<WriteOutcome>(decided.Length);
        int next = 0;
        foreach (var one in decided)
        {
            outcomes.Add(one switch
            {
                Decided.Refused(var id, var tiers) => new WriteOutcome.NotDecided(id, tiers),
                _ => written[next++],
            });
            if (deciding.Shadow is { } beside && outcomes[^1] is WriteOutcome.Written(var stored))
            {
                shadow.Offer(new(workspace, beside, contents[outcomes.Count - 1], stored.Decision));
            }

            if (one is Decided.Made { Final: { } final } && outcomes[^1] is WriteOutcome.Written(var provisional))
            {
                _ = FinishAsync(final, provisional.Decision);
            }
        }

        return outcomes;
    }

    /// <summary>Decides to its end what another process answered provisionally before it ended, under the releases in force now.</summary>
    public Task ResumeAsync(int workspace, Content content, Decision provisional) =>
        FinishAsync(decider.FinishAsync(workspace, decider.Choose(releases.InForce(workspace), workspace, content), content, stopping.Token), provisional);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Waits for what is unfinished as long as the host does; what is left then stays provisional.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        while (Unfinished > 0 && !cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), time, CancellationToken.None);
        }

        await stopping.CancelAsync();
    }

    private static DecisionWrite Ready(DecisionWrite write, bool keepText, IdempotencyKey? key)
    {
        var kept = keepText ? write : write with { Content = null };
        return key is null ? kept : kept with { Key = key };
    }

    /// <summary>All at the same time; one that the first tier decides alone is done when it is asked.</summary>
    private async ValueTask<Decided[]> DecideAllAsync(int workspace, IReadOnlyList<Content> contents, TimeSpan? deadline, ReleasesInForce deciding)
    {
        var asked = new ValueTask<Decided>[contents.Count];
        for (int i = 0; i < asked.Length; i++)
        {
            asked[i] = decider.DecideAsync(workspace, decider.Choose(deciding, workspace, contents[i]), contents[i], deadline, stopping.Token);
        }

        var decided = new Decided[asked.Length];
        for (int i = 0; i < asked.Length; i++)
        {
            decided[i] = await asked[i];
        }

        return decided;
    }

    private async Task FinishAsync(Task<DecisionWrite> final, Decision provisional)
    {
        Interlocked.Increment(ref unfinished);
        try
        {
            await writer.WriteAsync([(await final) with { Events = [OutgoingEvent.Final(provisional)] }]);
        }
        catch (Exception failure) when (failure is OperationCanceledException or BusyException or StoreUnavailableException)
        {
            LogLeftProvisional(failure.GetType().Name);
        }
        finally
        {
            Interlocked.Decrement(ref unfinished);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A decision stays provisional ({Failure}).")]
    private partial void LogLeftProvisional(string failure);
}

/// <summary>What deciding one content came to, before anything is written.</summary>
public abstract record Decided
{
    private Decided()
    {
    }

    /// <param name="Final">The decision that follows when a deadline cut this one short; null when this is final.</param>
    public sealed record Made(DecisionWrite Write, Task<DecisionWrite>? Final = null) : Decided;

    /// <summary>A tier failed without which the release does not decide. The caller asks again.</summary>
    /// <param name="Why">The tier and its fault.</param>
    public sealed record Refused(string ContentId, string Why) : Decided;
}
