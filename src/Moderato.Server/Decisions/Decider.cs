using Moderato.Classification.Languages;
using Moderato.Decisions;
using Moderato.Releases;
using Moderato.Server.Classification;
using Moderato.Server.Releases;
using Moderato.Server.Storage;

namespace Moderato.Server.Decisions;

/// <summary>From a content to what is to be committed: language, scores, verdict, review item. Writes nothing itself.</summary>
public sealed class Decider(LiveReleases releases, LaterTiers tiers, Workspaces workspaces, TimeProvider time)
{
    private static readonly ThreadLocal<LanguageDetector> Detector = new(() => new LanguageDetector());

    /// <summary>Which of the releases in force decides a content.</summary>
    public Cascade Choose(ReleasesInForce inForce, int workspace, Content content) =>
        inForce.Canary is null ? inForce.Live : inForce.For(workspaces.AuthorOf(workspace, content.Author), content.Id);

    /// <param name="cascade">The release that decides.</param>
    /// <param name="deadline">When it passes, what the tiers said so far is the decision, and the final one follows; null: as long as it takes.</param>
    public async ValueTask<Decided> DecideAsync(int workspace, Cascade cascade, Content content, TimeSpan? deadline, CancellationToken stopping)
    {
        long began = time.GetTimestamp();
        string language = content.Language ?? Detector.Value!.Detect(content.Text);
        if (cascade.Release.Escalations is null or [])
        {
            return new Decided.Made(WriteOf(workspace, content, cascade.Release, language, cascade.Decide(content.Text, language, content.Surface), began));
        }

        var run = await StartAsync(workspace, cascade, content, language, stopping);
        if (deadline is { } patience && !run.Completion.IsCompleted)
        {
            using var inTime = new CancellationTokenSource();
            await Task.WhenAny(run.Completion, Task.Delay(patience, time, inTime.Token));
            await inTime.CancelAsync();
            if (!run.Completion.IsCompleted)
            {
                return new Decided.Made(ProvisionalOf(workspace, content, cascade, run, began), FinalOf(workspace, content, cascade, run, began));
            }
        }

        await run.Completion;
        return run.State is { Refused: true, Steps: [.., var failed] }
            ? new Decided.Refused(content.Id, $"{failed.Tier}: {TierDetail.OutcomeName(failed.Outcome)}")
            : new Decided.Made(WriteOf(workspace, content, cascade, run, began));
    }

    /// <summary>A content's way through the tiers of a release to its end, with no decision made of it.</summary>
    public async ValueTask<TierRun> RunAsync(int workspace, Cascade cascade, Content content, CancellationToken stopping)
    {
        var run = await StartAsync(workspace, cascade, content, content.Language ?? Detector.Value!.Detect(content.Text), stopping);
        await run.Completion;
        return run;
    }

    /// <summary>The final decision on a content whose provisional one was given by a process that has ended since.</summary>
    public async Task<DecisionWrite> FinishAsync(int workspace, Cascade cascade, Content content, CancellationToken stopping)
    {
        long began = time.GetTimestamp();
        string language = content.Language ?? Detector.Value!.Detect(content.Text);
        var run = await StartAsync(workspace, cascade, content, language, stopping);
        return await FinalOf(workspace, content, cascade, run, began);
    }

    private async ValueTask<TierRun> StartAsync(int workspace, Cascade cascade, Content content, string language, CancellationToken stopping) => TierRun.Start(
        cascade, await tiers.OfAsync(workspace, cascade.Release), cascade.Begin(content.Text, language, content.Surface),
        content.Text, ContextOf(content), time, stopping);

    private DecisionWrite WriteOf(int workspace, Content content, Cascade cascade, TierRun run, long began)
    {
        var (state, costs) = (run.State, run.Costs);
        var write = WriteOf(workspace, content, cascade.Release, state.Language, cascade.DecisionOf(state), began);
        return state.Steps.Count == 0 ? write : write with
        {
            Decision = write.Decision with
            {
                CostMicros = costs.Sum(cost => cost.Cost.CostMicros),
                TierDetail = TierDetail.ToJson(TierDetail.Of(state, costs)),
            },
        };
    }

    private DecisionWrite ProvisionalOf(int workspace, Content content, Cascade cascade, TierRun run, long began)
    {
        var write = WriteOf(workspace, content, cascade, run, began);
        var known = TierDetail.FromJson(write.Decision.TierDetail) ?? [];
        return write with
        {
            Decision = write.Decision with { Origin = DecisionOrigin.Provisional, TierDetail = TierDetail.ToJson([.. known, TierDetail.Pending(run.Asking)]) },
            Review = null,
        };
    }

    private async Task<DecisionWrite> FinalOf(int workspace, Content content, Cascade cascade, TierRun run, long began)
    {
        await run.Completion;
        var write = WriteOf(workspace, content, cascade, run, began);

        // It was answered already, so it cannot be refused any more: a person decides what the release would not.
        bool undecided = run.State.Refused && write.Decision.Verdict == Verdict.Safe;
        return write with
        {
            Decision = write.Decision with { Revision = 1, Verdict = undecided ? Verdict.Borderline : write.Decision.Verdict },
            Content = null,
            Review = undecided ? ReviewOf(cascade.Release, write.Decision) : write.Review,
        };
    }

    private static string? ContextOf(Content content)
    {
        if (content.Context is not { IsEmpty: false } context)
        {
            return null;
        }

        (string Name, string? Text)[] parts = [("Title", context.Title), ("Thread", context.Thread), ("In answer to", context.Parent)];
        return string.Join('\n', parts.Where(part => part.Text is not null).Select(part => $"{part.Name}: {part.Text}"));
    }

    private DecisionWrite WriteOf(int workspace, Content content, Release release, string language, CascadeDecision verdict, long began)
    {
        var now = Milliseconds(time.GetUtcNow());
        var decision = new Decision
        {
            Sequence = 0,
            Workspace = workspace,
            ContentId = content.Id,
            Time = now,
            Verdict = verdict.Verdict,
            Category = verdict.Category,
            Scores = verdict.Scores,
            Tier = verdict.Tier,
            Release = release.Id,
            Policy = release.Policy.Version,
            Origin = DecisionOrigin.Release,
            Language = language,
            Surface = content.Surface,
            Author = workspaces.AuthorOf(workspace, content.Author),
            Fingerprint = ContentFingerprint.Of(content.Text, content.Context),
            LatencyMicroseconds = (long)time.GetElapsedTime(began).TotalMicroseconds,
        };
        return new()
        {
            Decision = decision,
            Content = content,
            Review = verdict.Verdict == Verdict.Borderline ? ReviewOf(release, decision) : null,
        };
    }

    /// <summary>Another system's verdict as one of the log: stored, queued and counted like our own.</summary>
    public DecisionWrite Record(int workspace, RecordedDecision recorded)
    {
        var content = recorded.Content;
        var release = releases.Of(workspace).Release;
        var decided = Milliseconds(recorded.Decided ?? time.GetUtcNow());
        var decision = new Decision
        {
            Sequence = 0,
            Workspace = workspace,
            ContentId = content.Id,
            Time = decided,
            Verdict = recorded.Verdict,
            Category = recorded.Category,
            Scores = recorded.Scores,
            Tier = recorded.Tier ?? OtherTier.External,
            Release = recorded.Release,
            Policy = recorded.Policy ?? "",
            Origin = DecisionOrigin.Recorded,
            Language = content.Language ?? (recorded.HasText ? Detector.Value!.Detect(content.Text) : Cascade.UnknownLanguage),
            Surface = content.Surface,
            Author = workspaces.AuthorOf(workspace, content.Author),
            Fingerprint = recorded.HasText ? ContentFingerprint.Of(content.Text, content.Context) : default,
        };
        return new()
        {
            Decision = decision,
            Content = recorded.HasText ? content : null,
            Review = recorded.Verdict == Verdict.Borderline ? ReviewOf(release, decision) : null,
            Action = recorded.Action,
        };
    }

    /// <summary>Times are kept to the millisecond, so they are answered so too.</summary>
    private static DateTimeOffset Milliseconds(DateTimeOffset moment) => DateTimeOffset.FromUnixTimeMilliseconds(moment.ToUnixTimeMilliseconds());

    private static ReviewItem ReviewOf(Release release, Decision decision)
    {
        var waiting = release.Policy.Borderline;
        return new(waiting.WhileWaiting, decision.Time + waiting.ExpiresAfter, waiting.AtExpiry, release.Restricts(decision));
    }
}
