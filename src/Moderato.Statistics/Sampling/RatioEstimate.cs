namespace Moderato.Statistics.Sampling;

/// <summary>A weighted ratio: wrong mass over the mass of its class.</summary>
/// <param name="Estimate">Σ w·wrong / Σ w·member.</param>
/// <param name="Variance">Its linearised variance.</param>
/// <param name="Members">Labelled rows of the class, unweighted.</param>
public sealed record RatioEstimate(double Estimate, double Variance, long Members)
{
    public double StandardError => Math.Sqrt(Variance);
}
