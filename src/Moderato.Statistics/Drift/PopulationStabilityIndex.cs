using Moderato.Statistics.Distributions;

namespace Moderato.Statistics.Drift;

/// <summary>
/// PSI = Σ (p − q) ln(p/q) with its null: under no shift PSI · nm/(n+m) is near χ² with bins − 1 degrees of freedom, so
/// what is "large" depends on n and m, and the fixed cut-offs .1 and .25 do not.
/// </summary>
/// <param name="Value">With ½ added to each count of both samples, so that an empty bin has a finite price.</param>
/// <param name="NullStatistic">Value · nm/(n + m).</param>
/// <param name="DegreesOfFreedom">Bins − 1.</param>
/// <param name="PValue">P(χ² ≥ NullStatistic); 1 with one bin.</param>
public sealed record PopulationStabilityIndex(double Value, double NullStatistic, int DegreesOfFreedom, double PValue)
{
    /// <summary>From counts over the same bins.</summary>
    /// <exception cref="ArgumentException">Unlike bins, a count negative or NaN, or an empty sample.</exception>
    public static PopulationStabilityIndex OfCounts(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        _ = Shares.Of(reference, current);
        double n = 0, m = 0;
        double[] p = new double[reference.Length], q = new double[reference.Length];
        for (int i = 0; i < p.Length; i++)
        {
            n += reference[i];
            m += current[i];
            (p[i], q[i]) = (reference[i] + .5, current[i] + .5);
        }

        (p, q) = Shares.Of(p, q);
        double value = Sum(p, q), statistic = value * n * m / (n + m);
        return new(value, statistic, p.Length - 1, GammaDistribution.ChiSquaredUpperTail(statistic, p.Length - 1));
    }

    /// <summary>From values, over the reference's quantile bins.</summary>
    public static PopulationStabilityIndex Of(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, int bins = 10)
    {
        double[] edges = QuantileBins.Edges(reference, bins);
        return OfCounts(QuantileBins.Counts(edges, reference), QuantileBins.Counts(edges, current));
    }

    /// <summary>
    /// The value as Evidently has it, for comparison with a dashboard: an empty share becomes .0001 (or a millionth of the
    /// smallest share where that is no larger), not rescaled. It has no usable null.
    /// </summary>
    public static double Floored(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        var (p, q) = Shares.Of(reference, current);
        return Sum(Floor(p), Floor(q));

        static double[] Floor(double[] shares)
        {
            double least = shares.Where(share => share > 0).Min(), empty = least <= .0001 ? least / 1e6 : .0001;
            return [.. shares.Select(share => share == 0 ? empty : share)];
        }
    }

    private static double Sum(double[] p, double[] q)
    {
        double sum = 0;
        for (int i = 0; i < p.Length; i++)
        {
            sum += (p[i] - q[i]) * Math.Log(p[i] / q[i]);
        }

        return sum;
    }
}
