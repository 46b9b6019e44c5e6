using Moderato.Decisions;
using Moderato.Investigation.Findings;
using Moderato.Statistics.Intervals;
using Moderato.Statistics.Sampling;

namespace Moderato.Investigation.Shift;

/// <summary>
/// Divides the change of the flag rate exactly: F₁(c₁) − F₀(c₀) = [F₁(c₀) − F₀(c₀)] + [F₁(c₁) − F₁(c₀)], with F the share of a
/// period's contents at or above a cut: first what the scores (or the content) did, then what the cut did.
/// </summary>
internal static class FlagRateMoves
{
    private const double Z95 = 1.959963984540054;

    /// <returns>Null where the cut of a period is not known.</returns>
    public static FlagRateSplit? Of(Evidence evidence)
    {
        var table = evidence.Table;
        if (table.Scores is not { } scores || BlockCuts.Of(table) is not { Current: { } now, Reference: { } then })
        {
            return null;
        }

        var nowCut = new Cuts(null, now);
        var thenCut = new Cuts(null, then);
        bool At(Cuts cut, int row) => cut.Decide(scores[row]) == Verdict.Violating;
        int[] current = Rows(table, scores, Period.Current), reference = Rows(table, scores, Period.Reference);
        if (current.Length == 0 || reference.Length == 0)
        {
            return null;
        }

        var before = Share(evidence, reference, row => At(thenCut, row));
        var after = Share(evidence, current, row => At(nowCut, row));
        var moved = Share(evidence, current, row => At(thenCut, row));
        double between = after.Estimate - moved.Estimate;
        var part = Share(evidence, current, row => At(nowCut, row) != At(thenCut, row));
        return new(
            then, now, Difference(after, before, "change of the flag rate"), Difference(moved, before, "part of the change at the reference's cut"),
            new Rate.Known(
                between, between < 0 ? -part.High : between > 0 ? part.Low : 0, between < 0 ? -part.Low : between > 0 ? part.High : 0, current.Length,
                "Wilson on effective n", "part of the change by the cut", "all rows", 0.95));
    }

    private static int[] Rows(DecisionTable table, double[] scores, Period period) =>
        [.. Enumerable.Range(0, table.Count).Where(row => table.IsCurrent(row) == (period == Period.Current) && !double.IsNaN(scores[row]))];

    private static StratumShare Share(Evidence evidence, int[] rows, Func<int, bool> has)
    {
        var ones = new double[rows.Length];
        Array.Fill(ones, 1);
        return StratumShare.Of(rows.Length, ones, Array.ConvertAll(rows, row => has(row)), Array.ConvertAll(rows, row => evidence.Clusters[row]), Z95);
    }

    private static Rate.Known Difference(StratumShare a, StratumShare b, string population)
    {
        double difference = a.Estimate - b.Estimate;
        return new(
            difference,
            difference - double.Hypot(a.Estimate - a.Low, b.High - b.Estimate),
            difference + double.Hypot(a.High - a.Estimate, b.Estimate - b.Low),
            a.Labelled + b.Labelled, "Newcombe on effective n", population, "all rows", 0.95);
    }
}
