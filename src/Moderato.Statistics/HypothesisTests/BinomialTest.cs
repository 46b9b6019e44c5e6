using Moderato.Statistics.Distributions;
using Moderato.Statistics.Intervals;

namespace Moderato.Statistics.HypothesisTests;

/// <summary>The exact test of a proportion, with the intervals that go with each alternative.</summary>
public static class BinomialTest
{
    /// <summary>
    /// P(at least as extreme under p). Two-sided: the outcomes no likelier than the observed one, within a factor
    /// of 1 + 1e-7 (scipy, R). 1 when n = 0.
    /// </summary>
    public static double PValue(long successes, long n, double p, Alternative alternative = Alternative.TwoSided)
    {
        Binomial.Check(successes, n);
        if (!(p is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(p), p, "A probability lies in [0,1].");
        }

        return alternative switch
        {
            Alternative.Greater => BinomialDistribution.UpperTail(successes, n, p),
            Alternative.Less => BinomialDistribution.LowerTail(successes, n, p),
            _ => TwoSided(successes, n, p),
        };
    }

    /// <summary>Clopper–Pearson; a one-sided alternative has one bound at the full level.</summary>
    public static Interval ExactInterval(long successes, long n, Alternative alternative = Alternative.TwoSided, double confidence = .95) => alternative switch
    {
        Alternative.Greater => new(ClopperPearsonInterval.LowerBound(successes, n, confidence), 1),
        Alternative.Less => new(0, ClopperPearsonInterval.UpperBound(successes, n, confidence)),
        _ => ClopperPearsonInterval.Of(successes, n, confidence),
    };

    /// <summary>Wilson, with or without continuity correction (Newcombe 1998, methods 3 and 4).</summary>
    public static Interval ScoreInterval(
        long successes, long n, Alternative alternative = Alternative.TwoSided, double confidence = .95, bool continuity = false)
    {
        Binomial.Check(successes, n);
        double z = alternative == Alternative.TwoSided
            ? NormalDistribution.TwoSidedQuantile(confidence)
            : NormalDistribution.OneSidedQuantile(confidence);
        var both = continuity ? Corrected(successes, n, z) : WilsonInterval.At(successes, n, z);
        return alternative switch
        {
            Alternative.Greater => new(both.Low, 1),
            Alternative.Less => new(0, both.High),
            _ => both,
        };
    }

    private static Interval Corrected(long successes, long n, double z)
    {
        if (n == 0)
        {
            return new(0, 1);
        }

        double share = successes / (double)n, square = z * z;
        double low = ((2 * n * share) + square - 1 - (z * Math.Sqrt(square - 2 - (1.0 / n) + (4 * share * ((n * (1 - share)) + 1))))) / (2 * (n + square));
        double high = ((2 * n * share) + square + 1 + (z * Math.Sqrt(square + 2 - (1.0 / n) + (4 * share * ((n * (1 - share)) - 1))))) / (2 * (n + square));
        return new(successes == 0 ? 0 : low, successes == n ? 1 : high);
    }

    private static double TwoSided(long k, long n, double p)
    {
        if (k > p * n)
        {
            (k, p) = (n - k, 1 - p);
        }

        double mean = p * n;
        if (k >= mean)
        {
            return 1;
        }

        // The first count above the mean that is no likelier than k; the probabilities fall from there on.
        double limit = BinomialDistribution.Probability(k, n, p) * (1 + 1e-7);
        long low = (long)Math.Ceiling(mean), high = n + 1;
        while (low < high)
        {
            long middle = low + ((high - low) / 2);
            (low, high) = BinomialDistribution.Probability(middle, n, p) <= limit ? (low, middle) : (middle + 1, high);
        }

        return Math.Min(1, BinomialDistribution.LowerTail(k, n, p) + BinomialDistribution.UpperTail(low, n, p));
    }
}
