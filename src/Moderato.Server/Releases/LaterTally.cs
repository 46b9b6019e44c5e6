using Moderato.Releases;
using Moderato.Statistics.Intervals;

namespace Moderato.Server.Releases;

/// <summary>Counts what a redecision would do to contents that later tiers have judged, for all that they would be asked about.</summary>
/// <param name="category">Only what is or would be decided by it; null: all.</param>
internal sealed class LaterTally(string? category)
{
    private const string Population = "contents of the window that a later tier is asked about";

    private const int MostShown = 20;

    private readonly Dictionary<string, ReversalCounts> categories = [];
    private readonly ReversalCounts all = new();
    private readonly HashSet<long> authors = [];
    private readonly List<RedecisionPreview.Drawn> shown = [];

    /// <param name="one">No person decided on it.</param>
    public void Add(StandingDecision one, CascadeDecision next)
    {
        var standing = one.Standing;
        if (standing.Verdict == next.Verdict || (category is not null && standing.Category != category && next.Category != category))
        {
            return;
        }

        string named = ReversalCounts.CategoryOf(standing, next.Category);
        if (!categories.TryGetValue(named, out var cell))
        {
            categories[named] = cell = new();
        }

        all.Add(standing.Verdict, next.Verdict, bound: false);
        cell.Add(standing.Verdict, next.Verdict, bound: false);
        if (standing.Author is { } author)
        {
            authors.Add(author);
        }

        // They were drawn at random, so the first of them are random too.
        if (shown.Count < MostShown)
        {
            shown.Add(RedecisionPreview.Drawn.Of(standing, next.Verdict, named));
        }
    }

    public LaterTiersPreview ToPreview(TierTrialSummary asking, RedecisionTally first)
    {
        Rate Of(long count) => asking.Rate(count, Population);
        return new(
            asking, first.LaterBound, Of(all.Changed), Of(all.Restored), Of(all.NewlyCaught), Of(all.ToReview), Of(all.Released), authors.Count(author => !first.Has(author)),
            [.. categories.OrderBy(one => one.Key, StringComparer.Ordinal)
                .Select(one => new LaterTiersPreview.CategoryRates(one.Key, Of(one.Value.Restored), Of(one.Value.NewlyCaught), Of(one.Value.ToReview), Of(one.Value.Released)))],
            shown);
    }
}
