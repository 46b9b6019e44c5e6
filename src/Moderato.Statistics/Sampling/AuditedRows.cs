using Moderato.Statistics.Curves;

namespace Moderato.Statistics.Sampling;

/// <summary>
/// Labelled rows seen as a ratio: who belongs to the class (truly safe for an FPR, truly violating for an FNR), who of them
/// was decided wrongly, and with what weight w = 1/π each row stands for others.
/// </summary>
public sealed class AuditedRows
{
    /// <param name="flagged">The decision.</param>
    /// <param name="violating">The truth.</param>
    /// <param name="weights">Empty for all 1.</param>
    /// <param name="clusters">Any codes, equal within a cluster; empty for rows that are independent.</param>
    /// <exception cref="ArgumentException">Lengths differ, or a weight is negative, NaN or infinite.</exception>
    public AuditedRows(
        ReadOnlySpan<bool> flagged, ReadOnlySpan<bool> violating,
        ReadOnlySpan<double> weights = default, ReadOnlySpan<int> clusters = default)
    {
        // The decision as a score of 0 or 1: the checks of labelled scores are the checks wanted here.
        var decisions = new double[flagged.Length];
        for (int i = 0; i < decisions.Length; i++)
        {
            decisions[i] = flagged[i] ? 1 : 0;
        }

        var rows = new LabelledScores(decisions, violating, weights, clusters);
        (Flagged, Violating, Weights, Clusters) = (flagged.ToArray(), rows.Positive, rows.Weights, rows.Clusters);
    }

    public int Count => Flagged.Length;

    internal bool[] Flagged { get; }

    internal bool[] Violating { get; }

    internal double[] Weights { get; }

    internal int[]? Clusters { get; }

    internal bool IsMember(ErrorRate rate, int row) => Violating[row] == (rate == ErrorRate.Fnr);

    internal bool IsWrong(ErrorRate rate, int row) => IsMember(rate, row) && Flagged[row] != Violating[row];
}

/// <summary>Which error: FPR = FP / truly safe, FNR = FN / truly violating.</summary>
public enum ErrorRate
{
    Fpr,
    Fnr,
}
