using Moderato.Statistics.Distributions;

namespace Moderato.Statistics.Intervals;

/// <summary>
/// The interval of p₁ − p₂ of two verdicts on the same contents, b of which only the first calls violating and c only the second:
/// every δ that the score test of paired proportions does not reject (Tango 1998). It agrees with
/// McNemar's test: 0 is outside where (b − c)²/(b + c) exceeds z².
/// </summary>
public static class PairedDifferenceInterval
{
    /// <param name="b">Contents that only the first calls violating.</param>
    /// <param name="c">Contents that only the second does.</param>
    /// <param name="n">All contents, the concordant ones among them.</param>
    /// <returns>[−1,1] when n is 0.</returns>
    public static Interval Of(long b, long c, long n, double confidence = .95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(b);
        ArgumentOutOfRangeException.ThrowIfNegative(c);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(b + c, n);
        double z = NormalDistribution.TwoSidedQuantile(confidence);
        if (n == 0)
        {
            return new(-1, 1);
        }

        double observed = (b - c) / (double)n;
        return new(End(-1), End(1));

        double End(double outer)
        {
            double inside = observed, outside = outer;
            for (double middle = (inside + outside) / 2; middle != inside && middle != outside; middle = (inside + outside) / 2)
            {
                if (Math.Abs(Statistic(b, c, n, middle)) > z)
                {
                    outside = middle;
                }
                else
                {
                    inside = middle;
                }
            }

            return inside;
        }
    }

    /// <summary>(b − c − nδ) / √(n(2q̃ + δ(1 − δ))), q̃ the likeliest P(second only) under p₁ − p₂ = δ.</summary>
    private static double Statistic(long b, long c, long n, double delta)
    {
        // 2n q² + B q + C = 0, the larger root (Tango 1998, formula 3).
        double linear = -b - c + (((2 * n) - b + c) * delta), constant = -c * delta * (1 - delta);
        double only = (Math.Sqrt(Math.Max(0, (linear * linear) - (8 * n * constant))) - linear) / (4 * n);
        double variance = n * ((2 * only) + (delta * (1 - delta)));
        double gap = b - c - (n * delta);
        return gap == 0 ? 0 : variance <= 0 ? double.PositiveInfinity * Math.Sign(gap) : gap / Math.Sqrt(variance);
    }
}
