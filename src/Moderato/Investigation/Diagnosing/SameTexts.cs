using Moderato.Decisions;
using Moderato.Statistics.Distributions;

namespace Moderato.Investigation.Diagnosing;

/// <summary>
/// Whether texts that both periods have are scored otherwise now. If the scores moved by one map, each of them moved as far as the map
/// says: what happened over what the map expects, Σ d / Σ e over near-duplicate clusters of both periods, is 1; if only the
/// content changed, it is 0. The map is read from both ends, so that scores which differ between like texts by chance fall out.
/// </summary>
internal static class SameTexts
{
    private const int LeastTexts = 20;

    /// <summary>Upper 97.5% limit of the ratio; null where fewer than twenty texts, or none that the map would move, are in both periods.</summary>
    public static double? MostMoved(Evidence evidence, NewContent newContent)
    {
        var table = evidence.Table;
        if (table.Texts is null || table.Scores is not { } scores)
        {
            return null;
        }

        var sums = new (double Current, int CurrentRows, double Reference, int ReferenceRows)[evidence.ClusterCount];
        for (int row = 0; row < table.Count; row++)
        {
            if (double.IsNaN(scores[row]))
            {
                continue;
            }

            ref var sum = ref sums[evidence.Clusters[row]];
            sum = table.IsCurrent(row)
                ? (sum.Current + scores[row], sum.CurrentRows + 1, sum.Reference, sum.ReferenceRows)
                : (sum.Current, sum.CurrentRows, sum.Reference + scores[row], sum.ReferenceRows + 1);
        }

        double[] current = Sorted(table, row => table.IsCurrent(row) && newContent.Weights[row] < .5), reference = Sorted(table, row => !table.IsCurrent(row));
        double changed = 0, expected = 0;
        var texts = new List<(double Change, double Expected)>();
        foreach (var (now, nowRows, then, thenRows) in sums)
        {
            if (nowRows > 0 && thenRows > 0 && current.Length > 0 && reference.Length > 0)
            {
                double before = then / thenRows, after = now / nowRows;
                double forth = current[(int)(current.Length * Below(reference, before))] - before;
                double back = after - reference[(int)(reference.Length * Below(current, after))];
                texts.Add((after - before, (forth + back) / 2));
                changed += after - before;
                expected += (forth + back) / 2;
            }
        }

        if (texts.Count < LeastTexts || expected <= 0)
        {
            return null;
        }

        double ratio = changed / expected;
        double error = Math.Sqrt(texts.Sum(text => Square(text.Change - (ratio * text.Expected)))) / expected;
        return ratio + (NormalDistribution.TwoSidedQuantile(.95) * error);
    }

    private static double Square(double value) => value * value;

    private static double[] Sorted(DecisionTable table, Func<int, bool> rows) =>
        [.. Enumerable.Range(0, table.Count).Where(row => rows(row) && !double.IsNaN(table.Scores![row])).Select(row => table.Scores![row]).Order()];

    // The middle of those that are equal, short of 1.
    private static double Below(double[] sorted, double value)
    {
        int low = Array.BinarySearch(sorted, value), high;
        if (low < 0)
        {
            return Math.Min(~low / (double)sorted.Length, 1 - 1e-9);
        }

        high = low;
        while (low > 0 && sorted[low - 1] == value)
        {
            low--;
        }

        while (high + 1 < sorted.Length && sorted[high + 1] == value)
        {
            high++;
        }

        return Math.Min((low + high + 1) / 2.0 / sorted.Length, 1 - 1e-9);
    }
}
