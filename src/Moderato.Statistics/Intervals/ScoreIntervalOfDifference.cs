using Moderato.Statistics.Distributions;

namespace Moderato.Statistics.Intervals;

/// <summary>
/// The intervals of p₁ − p₂ that invert the score test: every δ with |p̂₁ − p̂₂ − δ| ≤ z √V(δ), where V is the variance at the
/// likeliest p₁, p₂ with p₁ − p₂ = δ. Mee (1984) takes V as it is, Miettinen and Nurminen (1985) V · N/(N−1).
/// </summary>
public static class ScoreIntervalOfDifference
{
    /// <summary>An end that the statistic never crosses is −1 or 1; [−1,1] when either n is 0.</summary>
    public static Interval MiettinenNurminen(long successes1, long n1, long successes2, long n2, double confidence = .95) =>
        Of(successes1, n1, successes2, n2, confidence, (n1 + n2) / (n1 + n2 - 1.0));

    /// <inheritdoc cref="MiettinenNurminen"/>
    public static Interval Mee(long successes1, long n1, long successes2, long n2, double confidence = .95) =>
        Of(successes1, n1, successes2, n2, confidence, 1);

    private static Interval Of(long k1, long n1, long k2, long n2, double confidence, double inflation)
    {
        Binomial.Check(k1, n1);
        Binomial.Check(k2, n2);
        double z = NormalDistribution.TwoSidedQuantile(confidence);
        if (n1 == 0 || n2 == 0)
        {
            return new(-1, 1);
        }

        double observed = (k1 / (double)n1) - (k2 / (double)n2);
        return new(End(-1), End(1));

        double End(double outer)
        {
            double inside = observed, outside = outer;
            for (double middle = (inside + outside) / 2; middle != inside && middle != outside; middle = (inside + outside) / 2)
            {
                if (Rejected(middle))
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

        bool Rejected(double delta)
        {
            double p2 = LikeliestSecond(k1, n1, k2, n2, delta), p1 = p2 + delta;
            double variance = ((p1 * (1 - p1) / n1) + (p2 * (1 - p2) / n2)) * inflation;
            return Math.Abs(observed - delta) > z * Math.Sqrt(Math.Max(0, variance));
        }
    }

    /// <summary>
    /// p₂ at the greatest likelihood under p₁ = p₂ + δ, by bisection on the score, which falls: the closed form
    /// through a cubic's cosine loses half the digits where its angle is small.
    /// </summary>
    private static double LikeliestSecond(long k1, long n1, long k2, long n2, double delta)
    {
        double low = Math.Max(0, -delta), high = Math.Min(1, 1 - delta);
        for (double p2 = (low + high) / 2; p2 > low && p2 < high; p2 = (low + high) / 2)
        {
            double p1 = p2 + delta;
            double score = Term(k1, p1) + Term(k2, p2) - Term(n1 - k1, 1 - p1) - Term(n2 - k2, 1 - p2);
            if (score > 0)
            {
                low = p2;
            }
            else
            {
                high = p2;
            }
        }

        return (low + high) / 2;

        static double Term(long count, double share) => count == 0 ? 0 : count / share;
    }
}
