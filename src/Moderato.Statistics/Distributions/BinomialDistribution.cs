namespace Moderato.Statistics.Distributions;

/// <summary>Bin(n, p): counts up to 10⁹, tails relatively accurate.</summary>
public static class BinomialDistribution
{
    /// <summary>P(X = k).</summary>
    public static double Probability(long k, long n, double p) =>
        k < 0 || k > n ? 0 : Continuous(k, n - k, Share(p), 1 - p);

    /// <summary>P(X ≤ k) = I_{1−p}(n − k, k + 1).</summary>
    public static double LowerTail(long k, long n, double p) =>
        k < 0 ? 0 : k >= n ? 1 : BetaDistribution.Tails(1 - Share(p), p, n - k, k + 1).Lower;

    /// <summary>P(X ≥ k) = I_p(k, n − k + 1).</summary>
    public static double UpperTail(long k, long n, double p) =>
        k <= 0 ? 1 : k > n ? 0 : BetaDistribution.Tails(Share(p), 1 - p, k, n - k + 1).Lower;

    /// <summary>Γ(a+b+1) / (Γ(a+1) Γ(b+1)) · xᵃ yᵇ with y = 1 − x, for real a, b ≥ 0.</summary>
    internal static double Continuous(double a, double b, double x, double y)
    {
        if (x == 0 || y == 0)
        {
            return (x == 0 ? a : b) == 0 ? 1 : 0;
        }

        if (a == 0 || b == 0)
        {
            return Power(a == 0 ? y : x, a == 0 ? x : y, a + b);
        }

        double n = a + b;
        double log = SaddlePoint.StirlingError(n) - SaddlePoint.StirlingError(a) - SaddlePoint.StirlingError(b)
            - SaddlePoint.Deviance(a, n * x) - SaddlePoint.Deviance(b, n * y);
        return Math.Exp(log) * Math.Sqrt(n / (2 * Math.PI * a * b));
    }

    /// <summary>shareⁿ, by its complement where that is the smaller.</summary>
    private static double Power(double share, double complement, double n) =>
        Math.Exp(n * (complement < .5 ? LogOnePlus(-complement) : Math.Log(share)));

    /// <summary>ln(1 + x) without the loss of 1 + x (Kahan).</summary>
    internal static double LogOnePlus(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * (x / (sum - 1));
    }

    private static double Share(double p) => p is >= 0 and <= 1
        ? p
        : throw new ArgumentOutOfRangeException(nameof(p), p, "A probability lies in [0,1].");
}
