using Moderato.Classification.Languages;
using Moderato.Decisions;
using Moderato.Releases;
using Moderato.Server.Releases;
using Moderato.Server.Storage;

namespace Moderato.Server.Decisions;

/// <summary>From a content to what is to be committed: language, scores, verdict, review item. Writes nothing itself.</summary>
public sealed class Decider(LiveReleases releases, Workspaces workspaces, TimeProvider time)
{
    private static readonly ThreadLocal<LanguageDetector> Detector = new(() => new LanguageDetector());

    public DecisionWrite Decide(int workspace, Content content)
    {
        long began = time.GetTimestamp();
        var cascade = releases.Of(workspace);
        string language = content.Language ?? Detector.Value!.Detect(content.Text);
        var verdict = cascade.Decide(content.Text, language, content.Surface);
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
            Release = cascade.Release.Id,
            Policy = cascade.Release.Policy.Version,
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
            Review = verdict.Verdict == Verdict.Borderline ? ReviewOf(cascade.Release, now) : null,
        };
    }

    /// <summary>Another system's verdict as one of the log: stored, queued and counted like our own.</summary>
    public DecisionWrite Record(int workspace, RecordedDecision recorded)
    {
        var content = recorded.Content;
        var release = releases.Of(workspace).Release;
        var decided = Milliseconds(recorded.Decided ?? time.GetUtcNow());
        return new()
        {
            Decision = new()
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
            },
            Content = recorded.HasText ? content : null,
            Review = recorded.Verdict == Verdict.Borderline ? ReviewOf(release, decided) : null,
            Action = recorded.Action,
        };
    }

    /// <summary>Times are kept to the millisecond, so they are answered so too.</summary>
    private static DateTimeOffset Milliseconds(DateTimeOffset moment) => DateTimeOffset.FromUnixTimeMilliseconds(moment.ToUnixTimeMilliseconds());

    private static ReviewItem ReviewOf(Release release, DateTimeOffset now)
    {
        var waiting = release.Policy.Borderline;
        return new(waiting.WhileWaiting, now + waiting.ExpiresAfter, waiting.AtExpiry);
    }
}
