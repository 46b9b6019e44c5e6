using Moderato.Decisions;
using Moderato.Releases;
using Moderato.Server.Decisions;

namespace Moderato.Server.Releases;

/// <summary>What would change if one release decided in another's place, told on stored contents.</summary>
public sealed class ReleaseDiffs(StoredContents contents)
{
    private const int PageRows = 500;

    private const int MostExamples = 20;

    private static readonly ReleaseDiff.Omission LaterTiers = new(
        "later tiers", "they cost time and money: the verdicts compared are those of the first tier alone, also of content that would be asked about");

    public async Task<ReleaseDiff> OfAsync(int workspace, Cascade against, Cascade release, DiffWindow window, CancellationToken cancel)
    {
        long all = await contents.CountAsync(workspace, window.From, window.To, cancel);
        long every = Math.Max(1, (all + window.Sample - 1) / window.Sample);
        var tally = new VerdictTally();
        var examples = new List<ReleaseDiff.Example>();
        long withoutText = 0;
        var after = new PagePlace(window.From.ToUnixTimeMilliseconds() - 1, long.MaxValue);
        IReadOnlyList<StandingDecision> page;
        do
        {
            page = await contents.PageAsync(workspace, after, window.To, every, PageRows, cancel);
            foreach (var one in page)
            {
                after = one.First;
                if (one.Content is not { } content)
                {
                    withoutText++;
                    continue;
                }

                var before = against.Decide(content.Text, content.Language, content.Surface);
                var next = release.Decide(content.Text, content.Language, content.Surface);
                tally.Add(new(before.Verdict, next.Verdict, before.Category, next.Category, content.Language!, content.Surface));
                if (before.Verdict != next.Verdict && examples.Count < MostExamples)
                {
                    examples.Add(new(content.Id, DecisionId.Of(one.Standing.Sequence), before.Verdict, next.Verdict, next.Verdict > before.Verdict ? next.Category : before.Category));
                }
            }
        }
        while (page.Count == PageRows);

        bool asksLater = against.Release.Escalations is { Count: > 0 } || release.Release.Escalations is { Count: > 0 };
        return new(
            release.Release.Id, against.Release.Id, window.From, window.To, all, withoutText,
            tally.ToComparison("contents of the window whose text is stored", every == 1 ? "all rows" : FormattableString.Invariant($"one in {every}, by their place in the log")),
            examples, asksLater ? [LaterTiers] : []);
    }
}

/// <param name="OfContents">Contents in the window.</param>
/// <param name="WithoutText">Of those looked at, whose text is not kept: they cannot be decided again.</param>
/// <param name="Examples">Some whose verdict differs, the oldest first.</param>
public sealed record ReleaseDiff(
    string Release, string Against, DateTimeOffset From, DateTimeOffset To, long OfContents, long WithoutText, ReleaseComparison Verdicts,
    IReadOnlyList<ReleaseDiff.Example> Examples, IReadOnlyList<ReleaseDiff.Omission> NotAssessed)
{
    public sealed record Example(string ContentId, string DecisionId, Verdict From, Verdict To, string? Category);

    public sealed record Omission(string What, string Why);
}
