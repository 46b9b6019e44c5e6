using Moderato.Statistics.Distributions;

namespace Moderato.Statistics.Thresholds;

/// <summary>p-values of "the risk exceeds α" from n independent losses (Bates et al. 2021; Angelopoulos et al. 2021).</summary>
public static class HoeffdingBentkus
{
    /// <summary>
    /// Losses of 0 or 1 with <paramref name="errors"/> counted: the exact binomial tail P(Bin(n, α) ≤ errors), which no bound improves.
    /// </summary>
    public static double Binary(long errors, long n, double alpha) => BinomialDistribution.LowerTail(Checked(errors, n), n, Checked(alpha));

    /// <summary>Any losses in [0,1] with this sum: min(exp(−n h₁(min(R̂, α), α)), e·P(Bin(n, α) ≤ ⌈sum⌉)).</summary>
    public static double General(double lossSum, long n, double alpha)
    {
        if (!(lossSum >= 0 && lossSum <= n))
        {
            throw new ArgumentOutOfRangeException(nameof(lossSum), lossSum, "The sum of n losses in [0,1] lies in [0, n].");
        }

        return Math.Min(
            Hoeffding(lossSum, n, Checked(alpha)), Math.E * BinomialDistribution.LowerTail((long)Math.Ceiling(lossSum), n, alpha));
    }

    /// <summary>min of Hoeffding's bound and the binomial tail, as published for binary losses.</summary>
    public static double BinaryWithHoeffding(long errors, long n, double alpha) =>
        Math.Min(Hoeffding(Checked(errors, n), n, Checked(alpha)), BinomialDistribution.LowerTail(errors, n, alpha));

    /// <summary>exp(−n h₁(min(R̂, α), α)), h₁ the Kullback–Leibler divergence of two coins.</summary>
    private static double Hoeffding(double lossSum, long n, double alpha)
    {
        double rate = n == 0 ? alpha : Math.Min(lossSum / n, alpha);
        double divergence = XLogY(rate, rate / alpha) + XLogY(1 - rate, (1 - rate) / (1 - alpha));
        return Math.Exp(-n * divergence);
    }

    private static double XLogY(double x, double y) => x == 0 ? 0 : x * Math.Log(y);

    private static long Checked(long errors, long n) => errors >= 0 && errors <= n
        ? errors
        : throw new ArgumentOutOfRangeException(nameof(errors), errors, $"Errors lie between 0 and n = {n}.");

    private static double Checked(double alpha) => alpha is > 0 and < 1
        ? alpha
        : throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "A risk limit lies between 0 and 1.");
}
