using System.Runtime.InteropServices;
using Moderato.Statistics.Distributions;
using Moderato.Statistics.Intervals;

namespace Moderato.Statistics.Curves;

/// <summary>
/// Limits from resampled values: the order statistics at (B + 1)·tail of B draws, which leave exactly the tail outside (Davison and Hinkley
/// 1997), with the tail of t · √(n/(n − 1)) in place of z, n − 1 degrees of freedom: plain percentiles are too narrow by that much
/// (Hesterberg 2015).
/// </summary>
public static class PercentileInterval
{
    /// <param name="draws">The resampled values, in any order; sorted here. Not empty.</param>
    /// <param name="n">Independent draws (clusters) that the statistic rests on.</param>
    public static Interval Of(List<double> draws, long n, double confidence = .95)
    {
        double tail = n < 2 ? 0 : NormalDistribution.UpperTail(Expanded(n, confidence));
        draws.Sort();
        var sorted = CollectionsMarshal.AsSpan(draws);
        return new(At(sorted, tail), At(sorted, 1 - tail));
    }

    /// <summary>t · √(n/(n − 1)), two-sided.</summary>
    internal static double Expanded(long n, double confidence) => StudentDistribution.TwoSidedQuantile(confidence, n - 1) * Math.Sqrt(n / (n - 1.0));

    /// <summary>Linear between order statistics, the k-th at k/(B + 1) (Hyndman and Fan's type 6); the outermost beyond them.</summary>
    internal static double At(ReadOnlySpan<double> sorted, double level)
    {
        double position = Math.Clamp((level * (sorted.Length + 1)) - 1, 0, sorted.Length - 1);
        int below = (int)position;
        return below + 1 < sorted.Length ? sorted[below] + ((position - below) * (sorted[below + 1] - sorted[below])) : sorted[^1];
    }
}
