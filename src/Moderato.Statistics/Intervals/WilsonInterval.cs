using Moderato.Statistics.Distributions;

namespace Moderato.Statistics.Intervals;

/// <summary>
/// The score interval of a proportion (Wilson 1927): all p with |p̂ − p| ≤ z √(p(1−p)/n). The interval for display;
/// its coverage is nominal on average, not at every p.
/// </summary>
public static class WilsonInterval
{
    /// <summary>Centre (p̂ + z²/2n)/(1 + z²/n), half width z/(1 + z²/n) · √(p̂(1−p̂)/n + z²/4n²). [0,1] when n = 0.</summary>
    public static Interval Of(long successes, long n, double confidence = .95)
    {
        Binomial.Check(successes, n);
        return At(successes, n, NormalDistribution.TwoSidedQuantile(confidence));
    }

    /// <param name="population">What n counts: "truly safe contents of the current period".</param>
    /// <param name="design">How they came to be labelled: "random", "all rows".</param>
    public static Rate Rate(long successes, long n, string population, string design, double confidence = .95) =>
        Binomial.Rate(successes, n, Of(successes, n, confidence), "Wilson", population, design, confidence);

    internal static Interval At(double successes, double n, double z)
    {
        if (n == 0)
        {
            return new(0, 1);
        }

        double share = successes / n, other = (n - successes) / n;
        double widening = z * z / n;
        double half = z * Math.Sqrt((share * other / n) + (widening / n / 4));

        // Each end from the far one by the product of the roots, p̂²/(1 + z²/n): no cancellation, and exact at 0 and n.
        return new(
            share * share / (share + (widening / 2) + half),
            1 - (other * other / (other + (widening / 2) + half)));
    }
}
