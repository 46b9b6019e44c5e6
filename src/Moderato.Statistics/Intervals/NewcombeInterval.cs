using Moderato.Statistics.Distributions;

namespace Moderato.Statistics.Intervals;

/// <summary>
/// The interval of p₁ − p₂ of two independent proportions that combines their Wilson limits by square and add
/// (Newcombe 1998, method 10).
/// </summary>
public static class NewcombeInterval
{
    /// <summary>d − √((p̂₁−l₁)² + (u₂−p̂₂)²) to d + √((u₁−p̂₁)² + (p̂₂−l₂)²). [−1,1] when either n is 0.</summary>
    public static Interval OfDifference(long successes1, long n1, long successes2, long n2, double confidence = .95)
    {
        Binomial.Check(successes1, n1);
        Binomial.Check(successes2, n2);
        double z = NormalDistribution.TwoSidedQuantile(confidence);
        if (n1 == 0 || n2 == 0)
        {
            return new(-1, 1);
        }

        double p1 = successes1 / (double)n1, p2 = successes2 / (double)n2;
        var (low1, high1) = WilsonInterval.At(successes1, n1, z);
        var (low2, high2) = WilsonInterval.At(successes2, n2, z);
        return new(p1 - p2 - double.Hypot(p1 - low1, high2 - p2), p1 - p2 + double.Hypot(high1 - p1, p2 - low2));
    }
}
