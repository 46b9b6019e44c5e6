using System.Runtime.InteropServices;
using Moderato.Statistics.Distributions;
using Moderato.Statistics.Intervals;

namespace Moderato.Statistics.Curves;

/// <summary>Sample quantiles, linear between order statistics (Hyndman and Fan's type 7, numpy's default).</summary>
public static class Quantiles
{
    /// <param name="sorted">Rising, not empty.</param>
    /// <param name="share">In [0,1].</param>
    public static double At(ReadOnlySpan<double> sorted, double share)
    {
        double position = share * (sorted.Length - 1);
        int below = (int)position;
        return below + 1 < sorted.Length
            ? sorted[below] + ((position - below) * (sorted[below + 1] - sorted[below]))
            : sorted[^1];
    }

    /// <summary>The central interval that holds <paramref name="confidence"/> of the draws; sorts them.</summary>
    internal static Interval Central(List<double> draws, double confidence)
    {
        double tail = (1 - Confidence.Checked(confidence)) / 2;
        draws.Sort();
        var sorted = CollectionsMarshal.AsSpan(draws);
        return new(At(sorted, tail), At(sorted, 1 - tail));
    }
}
