using Moderato.Statistics.Distributions;

namespace Moderato.Statistics.Intervals;

/// <summary>
/// The exact interval of a proportion (Clopper and Pearson 1934): every p that neither one-sided binomial test rejects.
/// Its coverage is never below nominal, so it stands where coverage must hold.
/// </summary>
public static class ClopperPearsonInterval
{
    /// <summary>Two-sided, half of 1 − confidence in each tail: 0 of n ends at 1 − ((1 − confidence)/2)^{1/n}. [0,1] when n = 0.</summary>
    public static Interval Of(long successes, long n, double confidence = .95)
    {
        double tail = (1 - Confidence.Checked(confidence)) / 2;
        return new(Low(successes, n, tail), High(successes, n, tail));
    }

    /// <summary>The one-sided lower bound: p is at least this with the given confidence.</summary>
    public static double LowerBound(long successes, long n, double confidence = .95) => Low(successes, n, 1 - Confidence.Checked(confidence));

    /// <summary>The one-sided upper bound: p is at most this with the given confidence. 0 of n: 1 − (1 − confidence)^{1/n}.</summary>
    public static double UpperBound(long successes, long n, double confidence = .95) => High(successes, n, 1 - Confidence.Checked(confidence));

    /// <inheritdoc cref="WilsonInterval.Rate"/>
    public static Rate Rate(long successes, long n, string population, string design, double confidence = .95) =>
        Binomial.Rate(successes, n, Of(successes, n, confidence), "Clopper–Pearson", population, design, confidence);

    private static double Low(long successes, long n, double tail)
    {
        Binomial.Check(successes, n);
        return successes == 0 ? 0 : BetaDistribution.LowerQuantile(tail, successes, n - successes + 1);
    }

    private static double High(long successes, long n, double tail)
    {
        Binomial.Check(successes, n);
        return successes == n ? 1 : BetaDistribution.UpperQuantile(tail, successes + 1, n - successes);
    }
}
