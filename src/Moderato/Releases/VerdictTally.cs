using Moderato.Decisions;
using Moderato.Statistics.Intervals;

namespace Moderato.Releases;

/// <summary>One content under two releases.</summary>
public sealed record TwoVerdicts(Verdict From, Verdict To, string? FromCategory, string? ToCategory, string Language, string? Surface);

/// <summary>Counts what two releases say of the same contents, in all and by slice.</summary>
public sealed class VerdictTally
{
    private readonly Cell all = new();
    private readonly Dictionary<(string By, string Value), Cell> slices = [];

    public void Add(TwoVerdicts one, long count = 1)
    {
        all.Add(one, count);
        Slice("language", one.Language).Add(one, count);
        if (one.Surface is { } surface)
        {
            Slice("surface", surface).Add(one, count);
        }

        string?[] flaggedBy = [one.From > Verdict.Safe ? one.FromCategory : null, one.To > Verdict.Safe ? one.ToCategory : null];
        foreach (string category in flaggedBy.OfType<string>().Distinct())
        {
            Slice("category", category).Add(one, count);
        }
    }

    /// <param name="population">What the contents are: "contents of the window whose text is stored".</param>
    /// <param name="design">How they were chosen.</param>
    public ReleaseComparison ToComparison(string population, string design) => new(
        all.Contents,
        all.Changed(population, design),
        all.Share((from, _) => from == Verdict.Violating, population, design),
        all.Share((_, to) => to == Verdict.Violating, population, design),
        all.Share((from, _) => from == Verdict.Borderline, population, design),
        all.Share((_, to) => to == Verdict.Borderline, population, design),
        [.. all.Moves.OrderByDescending(move => move.Count)],
        [.. slices.OrderBy(slice => slice.Key.By, StringComparer.Ordinal).ThenByDescending(slice => slice.Value.Contents).ThenBy(slice => slice.Key.Value, StringComparer.Ordinal)
            .Select(slice => slice.Value.ToSlice(slice.Key.By, slice.Key.Value, population, design))]);

    private Cell Slice(string by, string value)
    {
        if (!slices.TryGetValue((by, value), out var cell))
        {
            slices[(by, value)] = cell = new();
        }

        return cell;
    }

    private sealed class Cell
    {
        private readonly Dictionary<(Verdict From, Verdict To), long> counts = [];

        public long Contents => counts.Values.Sum();

        public IEnumerable<VerdictMove> Moves => counts.Where(one => one.Key.From != one.Key.To).Select(one => new VerdictMove(one.Key.From, one.Key.To, one.Value));

        public void Add(TwoVerdicts one, long count) => counts[(one.From, one.To)] = counts.GetValueOrDefault((one.From, one.To)) + count;

        public Rate Changed(string population, string design) => Share((from, to) => from != to, population, design);

        public Rate Share(Func<Verdict, Verdict, bool> which, string population, string design) => Contents == 0
            ? new Rate.Unknown("No content was compared: widen the window, or keep texts longer.")
            : WilsonInterval.Rate(counts.Where(one => which(one.Key.From, one.Key.To)).Sum(one => one.Value), Contents, population, design);

        public ComparedSlice ToSlice(string by, string value, string population, string design)
        {
            string own = $"{population}, {by} {value}";
            return new(
                by, value, Contents, Changed(own, design),
                Share((from, _) => from == Verdict.Violating, own, design), Share((_, to) => to == Verdict.Violating, own, design), [.. Moves.OrderByDescending(move => move.Count)]);
        }
    }
}

/// <summary>How the verdicts of two releases differ on the same contents.</summary>
/// <param name="Moves">The most frequent first.</param>
public sealed record ReleaseComparison(
    long Contents, Rate Changed, Rate ViolatingBefore, Rate ViolatingAfter, Rate BorderlineBefore, Rate BorderlineAfter,
    IReadOnlyList<VerdictMove> Moves, IReadOnlyList<ComparedSlice> Slices);

public sealed record VerdictMove(Verdict From, Verdict To, long Count);

/// <param name="By"><c>language</c>, <c>surface</c> or <c>category</c> (by which either release flags it).</param>
public sealed record ComparedSlice(string By, string Value, long Contents, Rate Changed, Rate ViolatingBefore, Rate ViolatingAfter, IReadOnlyList<VerdictMove> Moves);
