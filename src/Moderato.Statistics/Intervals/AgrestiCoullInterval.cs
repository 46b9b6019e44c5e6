using Moderato.Statistics.Distributions;

namespace Moderato.Statistics.Intervals;

/// <summary>Wald's interval after adding z²/2 successes and z²/2 failures (Agresti and Coull 1998), clipped to [0,1].</summary>
public static class AgrestiCoullInterval
{
    /// <summary>p̃ ± z √(p̃(1−p̃)/ñ) with ñ = n + z², p̃ = (successes + z²/2)/ñ. [0,1] when n = 0.</summary>
    public static Interval Of(long successes, long n, double confidence = .95)
    {
        Binomial.Check(successes, n);
        double z = NormalDistribution.TwoSidedQuantile(confidence);
        if (n == 0)
        {
            return new(0, 1);
        }

        double size = n + (z * z), share = (successes + (z * z / 2)) / size;
        double half = z * Math.Sqrt(share * (1 - share) / size);
        return new(Math.Max(0, share - half), Math.Min(1, share + half));
    }

    /// <inheritdoc cref="WilsonInterval.Rate"/>
    public static Rate Rate(long successes, long n, string population, string design, double confidence = .95) =>
        Binomial.Rate(successes, n, Of(successes, n, confidence), "Agresti–Coull", population, design, confidence);
}
