using Moderato.Statistics.Curves;

namespace Moderato.Statistics.Calibration;

/// <summary>How probabilities are cut into bins; each gives another calibration error on the same data.</summary>
public enum ReliabilityBinning
{
    /// <summary>[i/B, (i+1)/B), the last closed.</summary>
    EqualWidthLeftClosed,

    /// <summary>(i/B, (i+1)/B], the first closed: scikit-learn's <c>uniform</c>.</summary>
    EqualWidthRightClosed,

    /// <summary>Sorted and cut into B runs whose sizes differ by at most one; ties may be cut, then input order decides.</summary>
    EqualMassRuns,

    /// <summary>Cut at the quantiles, ties together: scikit-learn's <c>quantile</c>. The default: independent of the order of the rows.</summary>
    EqualMassQuantiles,
}

internal static class ReliabilityBinningExtensions
{
    /// <summary>The bin of each row, 0 … bins − 1; some may stay empty.</summary>
    public static int[] Assign(this ReliabilityBinning binning, LabelledScores rows, int bins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        rows.CheckProbabilities();
        return binning switch
        {
            ReliabilityBinning.EqualWidthLeftClosed => Each(rows, p => Math.Min((int)(p * bins), bins - 1)),
            ReliabilityBinning.EqualWidthRightClosed => AtEdges(rows, [.. Enumerable.Range(1, bins - 1).Select(i => i / (double)bins)]),
            ReliabilityBinning.EqualMassRuns => Runs(rows, bins),
            _ => AtEdges(rows, QuantileEdges(rows, bins)),
        };
    }

    private static int[] AtEdges(LabelledScores rows, double[] edges) => Each(rows, p =>
    {
        // The first edge ≥ p: an edge belongs to the bin below it.
        int low = 0, high = edges.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = edges[middle] < p ? (middle + 1, high) : (low, middle);
        }

        return low;
    });

    internal static double[] QuantileEdges(LabelledScores rows, int bins)
    {
        var sorted = (double[])rows.Scores.Clone();
        Array.Sort(sorted);
        return sorted.Length == 0 ? [] : [.. Enumerable.Range(1, bins - 1).Select(i => Quantiles.At(sorted, i / (double)bins))];
    }

    private static int[] Runs(LabelledScores rows, int bins)
    {
        int[] order = [.. Enumerable.Range(0, rows.Count).OrderBy(row => rows.Scores[row])];
        var (size, longer) = Math.DivRem(rows.Count, bins);
        var bin = new int[rows.Count];
        for (int at = 0; at < order.Length; at++)
        {
            int inLonger = longer * (size + 1);
            bin[order[at]] = at < inLonger ? at / (size + 1) : longer + ((at - inLonger) / size);
        }

        return bin;
    }

    private static int[] Each(LabelledScores rows, Func<double, int> bin) => Array.ConvertAll(rows.Scores, p => bin(p));
}
