using Moderato.Statistics.Distributions;
using Moderato.Statistics.Intervals;

namespace Moderato.Statistics.Sampling;

/// <summary>A weighted ratio: wrong mass over the mass of its class.</summary>
/// <param name="Estimate">Σ w·wrong / Σ w·member.</param>
/// <param name="Variance">Its linearised variance.</param>
/// <param name="Members">Labelled rows of the class, unweighted.</param>
public sealed record RatioEstimate(double Estimate, double Variance, long Members)
{
    public double StandardError => Math.Sqrt(Variance);

    /// <summary>Clusters (rows where there are none) of the class: what was drawn independently.</summary>
    public long Draws { get; init; } = Members;

    /// <summary>Kish's (Σ w)² / Σ w² over the draws: the size of the sample where the variance says nothing (no error seen, or all wrong).</summary>
    public double KishSize { get; init; } = Members;

    /// <summary>
    /// Wilson on the effective size R̂(1 − R̂)/V · (z/t)², t with one degree of freedom less than there are draws (Korn and
    /// Graubard 1998, whose Clopper–Pearson is wider). Of a class that a few heavy rows stand for it covers too little: there
    /// <see cref="PostStratifiedErrorRates"/> is the interval to report.
    /// </summary>
    public Interval Interval(double confidence = .95)
    {
        if (Draws < 2)
        {
            return new(0, 1);
        }

        double z = NormalDistribution.TwoSidedQuantile(confidence), t = StudentDistribution.TwoSidedQuantile(confidence, Draws - 1);
        double size = Variance > 0 && Estimate is > 0 and < 1 ? Math.Min(Members, Estimate * (1 - Estimate) / Variance) : KishSize;
        size *= z / t * (z / t);
        return WilsonInterval.At(Estimate * size, size, z);
    }
}
