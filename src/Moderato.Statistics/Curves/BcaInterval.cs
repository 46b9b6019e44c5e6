using System.Runtime.InteropServices;
using Moderato.Statistics.Distributions;
using Moderato.Statistics.Intervals;

namespace Moderato.Statistics.Curves;

/// <summary>
/// Bias-corrected and accelerated bootstrap limits (Efron 1987): the percentiles at Φ(z₀ + (z₀ ± q)/(1 − a(z₀ ± q))), z₀ from the
/// share of resamples below the estimate, a = Σ d³ / (6 (Σ d²)^{3/2}) from the delete-a-group jackknife, d the mean of the values
/// less each of them. q is t · √(n/(n − 1)) with n − 1 degrees of freedom in place of z: plain percentiles are too narrow by that
/// much (Hesterberg 2015).
/// </summary>
public static class BcaInterval
{
    /// <summary>Groups that the jackknife leaves out in turn; as many as there are clusters where those are fewer.</summary>
    public const int Groups = 100;

    /// <param name="draws">The resampled values, in any order; sorted here.</param>
    /// <param name="leftOut">The value without each group; those that are NaN do not count.</param>
    /// <param name="n">Independent draws (clusters) that the statistic rests on.</param>
    public static Interval Of(List<double> draws, double estimate, IEnumerable<double> leftOut, long n, double confidence = .95)
    {
        draws.Sort();
        var sorted = CollectionsMarshal.AsSpan(draws);
        double below = 0;
        foreach (double draw in sorted)
        {
            below += draw < estimate ? 1 : draw == estimate ? .5 : 0;
        }

        double half = .5 / sorted.Length;
        double bias = NormalDistribution.OneSidedQuantile(Math.Clamp(below / sorted.Length, half, 1 - half));
        double acceleration = Acceleration(leftOut);
        double quantile = n < 2 ? double.PositiveInfinity : PercentileInterval.Expanded(n, confidence);
        return new(PercentileInterval.At(sorted, Level(bias - quantile)), PercentileInterval.At(sorted, Level(bias + quantile)));

        double Level(double shifted)
        {
            // Past the pole of the transformation every resample is inside.
            double room = 1 - (acceleration * shifted);
            return room <= 0 || double.IsInfinity(shifted) ? (shifted < 0 ? 0 : 1) : 1 - NormalDistribution.UpperTail(bias + (shifted / room));
        }
    }

    private static double Acceleration(IEnumerable<double> leftOut)
    {
        double[] values = [.. leftOut.Where(double.IsFinite)];
        double mean = values.DefaultIfEmpty().Average(), squares = 0, cubes = 0;
        foreach (double value in values)
        {
            double d = mean - value;
            squares += d * d;
            cubes += d * d * d;
        }

        return squares > 0 ? cubes / (6 * Math.Pow(squares, 1.5)) : 0;
    }
}
