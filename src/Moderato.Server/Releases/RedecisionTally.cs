using Moderato.Decisions;
using Moderato.Server.Decisions;

namespace Moderato.Server.Releases;

/// <summary>Counts what a redecision would do, and draws the sample to be looked at first (reservoir sampling, seeded).</summary>
internal sealed class RedecisionTally(RedecisionRequest request)
{
    private const int MostDrawn = 20;

    private readonly Random random = new(request.Seed);
    private readonly Dictionary<string, Cell> categories = [];
    private readonly Cell all = new();
    private readonly HashSet<long> authors = [];
    private readonly List<RedecisionPreview.Drawn> drawn = [];
    private long contents, unchanged, withoutText, others, later, changed;

    public void WithoutText() => (contents, withoutText) = (contents + 1, withoutText + 1);

    public void OfOtherSystem() => (contents, others) = (contents + 1, others + 1);

    public void AskedLater() => (contents, later) = (contents + 1, later + 1);

    public void Add(StandingDecision one, Verdict to, string? category)
    {
        contents++;
        var standing = one.Standing;
        if (standing.Verdict == to)
        {
            unchanged++;
            return;
        }

        string named = (standing.Verdict > Verdict.Safe ? standing.Category : category) ?? "none";
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

        changed++;
        if (standing.Author is { } author)
        {
            authors.Add(author);
        }

        Draw(new(standing.ContentId, DecisionId.Of(standing.Sequence), DecisionAnswer.VerdictName(standing.Verdict), DecisionAnswer.VerdictName(to), named));
    }

    public RedecisionPreview ToPreview(string release) => new(
        release, request.From, request.To, request.Category, contents, all.Restored, all.NewlyCaught, all.ToReview, all.Released, unchanged, all.Bound, withoutText, others, later,
        authors.Count,
        [.. categories.OrderBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => new RedecisionPreview.OfCategory(one.Key, one.Value.Restored, one.Value.NewlyCaught, one.Value.ToReview, one.Value.Released, one.Value.Bound))],
        drawn);

    private void Draw(RedecisionPreview.Drawn one)
    {
        if (drawn.Count < MostDrawn)
        {
            drawn.Add(one);
            return;
        }

        long place = random.NextInt64(changed);
        if (place < MostDrawn)
        {
            drawn[(int)place] = one;
        }
    }

    private sealed class Cell
    {
        public long Restored { get; private set; }

        public long NewlyCaught { get; private set; }

        public long ToReview { get; private set; }

        public long Released { get; private set; }

        public long Bound { get; private set; }

        public void Add(Verdict from, Verdict to, bool bound)
        {
            if (bound)
            {
                Bound++;
            }
            else if (from == Verdict.Violating)
            {
                Restored++;
            }
            else if (to == Verdict.Violating)
            {
                NewlyCaught++;
            }
            else if (to == Verdict.Borderline)
            {
                ToReview++;
            }
            else
            {
                Released++;
            }
        }
    }
}
