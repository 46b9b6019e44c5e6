using Moderato.Statistics.Distributions;

namespace Moderato.Statistics.HypothesisTests;

/// <summary>Whether values of x tend to exceed values of y: the rank-sum test in its normal limit, corrected for ties.</summary>
/// <param name="U">Pairs with x &gt; y, ties half.</param>
/// <param name="Auc">U / nm = P(x &gt; y) + P(x = y)/2.</param>
/// <param name="Variance">nm/12 · (N + 1 − Σ(t³ − t)/(N(N−1))) with t values in a tie; 0 where all are equal.</param>
public sealed record MannWhitneyTest(double U, double Auc, double Variance, int N, int M)
{
    /// <exception cref="ArgumentException">A sample is empty or a value NaN.</exception>
    public static MannWhitneyTest Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        int n = x.Length, m = y.Length;
        double pooled = (double)n + m, u = 0, ties = 0, beforeX = 0, beforeY = 0;
        for (var steps = new SampleSteps(Sample.Of(x, default, nameof(x)), Sample.Of(y, default, nameof(y))); steps.Next();)
        {
            double ofX = steps.MassX - beforeX, ofY = steps.MassY - beforeY, tied = ofX + ofY;
            u += ofX * (beforeY + (ofY / 2));
            ties += tied * ((tied * tied) - 1);
            (beforeX, beforeY) = (steps.MassX, steps.MassY);
        }

        double variance = (double)n * m / 12 * (pooled + 1 - (ties / (pooled * (pooled - 1))));
        return new(u, u / ((double)n * m), Math.Max(0, variance), n, m);
    }

    /// <summary>Greater: P(U or more). 1 where all values are equal.</summary>
    /// <param name="continuity">Moves U by ½ towards its mean, which may carry z past 0.</param>
    public double PValue(Alternative alternative = Alternative.TwoSided, bool continuity = true)
    {
        if (Variance == 0)
        {
            return 1;
        }

        double gap = U - ((double)N * M / 2), half = continuity ? .5 : 0, deviation = Math.Sqrt(Variance);
        return alternative switch
        {
            Alternative.Greater => NormalDistribution.UpperTail((gap - half) / deviation),
            Alternative.Less => NormalDistribution.UpperTail((-gap - half) / deviation),
            _ => Math.Min(1, 2 * NormalDistribution.UpperTail((Math.Abs(gap) - half) / deviation)),
        };
    }
}
