using Moderato.Statistics.Distributions;

namespace Moderato.Statistics.Intervals;

/// <summary>
/// Equal-tailed quantiles of Beta(successes + ½, failures + ½), the posterior under Jeffreys' prior. The ends are not moved
/// to 0 and 1 at 0 and n successes (Brown, Cai and DasGupta 2001 do that; statsmodels does not).
/// </summary>
public static class JeffreysInterval
{
    public static Interval Of(long successes, long n, double confidence = .95)
    {
        Binomial.Check(successes, n);
        double tail = (1 - Confidence.Checked(confidence)) / 2;
        double a = successes + .5, b = n - successes + .5;
        return new(BetaDistribution.LowerQuantile(tail, a, b), BetaDistribution.UpperQuantile(tail, a, b));
    }

    /// <inheritdoc cref="WilsonInterval.Rate"/>
    public static Rate Rate(long successes, long n, string population, string design, double confidence = .95) =>
        Binomial.Rate(successes, n, Of(successes, n, confidence), "Jeffreys", population, design, confidence);
}
