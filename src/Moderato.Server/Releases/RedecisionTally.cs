using Moderato.Decisions;
using Moderato.Statistics.Sampling;

namespace Moderato.Server.Releases;

/// <summary>Counts what a redecision would do, and draws the sample to be looked at first. What a later tier is asked about is drawn from only.</summary>
internal sealed class RedecisionTally(RedecisionRequest request)
{
    private const int MostDrawn = 20;

    private readonly Dictionary<string, ReversalCounts> categories = [];
    private readonly ReversalCounts all = new();
    private readonly HashSet<long> authors = [];
    private readonly Reservoir<RedecisionPreview.Drawn> drawn = new(MostDrawn, request.Seed);
    private long contents, unchanged, withoutText, others, later;

    /// <summary>Contents that a later tier is asked about, and of them those that it is asked about now.</summary>
    public Reservoir<StandingDecision> Later { get; } = new(request.LaterTiers, request.Seed);

    /// <summary>Contents that a later tier would be asked about, if no person had decided on them.</summary>
    public long LaterBound { get; private set; }

    public bool Has(long author) => authors.Contains(author);

    public void WithoutText() => (contents, withoutText) = (contents + 1, withoutText + 1);

    public void OfOtherSystem() => (contents, others) = (contents + 1, others + 1);

    public void AskedLater(StandingDecision one)
    {
        (contents, later) = (contents + 1, later + 1);
        if (one.IsBound)
        {
            LaterBound++;
        }
        else
        {
            Later.Offer(one);
        }
    }

    public void Add(StandingDecision one, Verdict to, string? category)
    {
        contents++;
        var standing = one.Standing;
        if (standing.Verdict == to)
        {
            unchanged++;
            return;
        }

        string named = ReversalCounts.CategoryOf(standing, category);
        if (!categories.TryGetValue(named, out var cell))
        {
            categories[named] = cell = new();
        }

        all.Add(standing.Verdict, to, one.IsBound);
        cell.Add(standing.Verdict, to, one.IsBound);
        if (one.IsBound)
        {
            return;
        }

        if (standing.Author is { } author)
        {
            authors.Add(author);
        }

        drawn.Offer(RedecisionPreview.Drawn.Of(standing, to, named));
    }

    /// <param name="laterTiers">Null where the release has none.</param>
    public RedecisionPreview ToPreview(string release, LaterTiersPreview? laterTiers) => new(
        release, request.From, request.To, request.Category, contents, all.Restored, all.NewlyCaught, all.ToReview, all.Released, unchanged, all.Bound, withoutText, others, later,
        authors.Count,
        [.. categories.OrderBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => new RedecisionPreview.OfCategory(one.Key, one.Value.Restored, one.Value.NewlyCaught, one.Value.ToReview, one.Value.Released, one.Value.Bound))],
        drawn.Drawn, laterTiers);
}
