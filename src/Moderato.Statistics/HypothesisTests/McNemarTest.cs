using Moderato.Statistics.Distributions;

namespace Moderato.Statistics.HypothesisTests;

/// <summary>
/// Two verdicts on the same contents: only the discordant pairs tell, b where the first alone says yes and c where the
/// second alone does. Without a discordant pair p = 1.
/// </summary>
public sealed record McNemarTest(double Statistic, double PValue)
{
    /// <summary>min(b, c), p = min(1, 2 P(Bin(b+c, ½) ≤ min(b, c))).</summary>
    public static McNemarTest Exact(long b, long c) =>
        new(Math.Min(b, c), Math.Min(1, 2 * BinomialDistribution.LowerTail(Math.Min(b, c), b + c, .5)));

    /// <summary>(b − c)²/(b + c) against χ²₁.</summary>
    public static McNemarTest ChiSquared(long b, long c) => Of(Math.Abs(b - c), b + c);

    /// <summary>(|b − c| − 1)²/(b + c) against χ²₁ (Edwards 1948); 0 at b = c, where the correction would step past the null.</summary>
    public static McNemarTest Corrected(long b, long c) => Of(Math.Max(0, Math.Abs(b - c) - 1), b + c);

    private static McNemarTest Of(double gap, double discordant)
    {
        double statistic = discordant == 0 ? 0 : gap * gap / discordant;
        return new(statistic, GammaDistribution.ChiSquaredUpperTail(statistic, 1));
    }
}
