using Moderato.Statistics.Distributions;
using Moderato.Statistics.Intervals;

namespace Moderato.Statistics.Sampling;

/// <summary>Rows of one stratum: labels and predictions of the labelled, predictions of the others.</summary>
public sealed record PredictedStratum(IReadOnlyList<double> Y, IReadOnlyList<double> Labelled, IReadOnlyList<double> Unlabelled)
{
    public long Rows => Labelled.Count + Unlabelled.Count;
}

/// <summary>
/// PPI++ in each stratum, weighted by the stratum's share of all rows, labelled or not: Σ W_h θ̂_h with variance Σ W_h² se_h².
/// Strata that were labelled more than their share are not counted more. No finite-population correction.
/// </summary>
public sealed record StratifiedPredictionPoweredMean(double Estimate, double StandardError)
{
    public static StratifiedPredictionPoweredMean Tuned(IReadOnlyList<PredictedStratum> strata) =>
        Of(strata, stratum => PredictionPoweredMean.Tuned([.. stratum.Y], [.. stratum.Labelled], [.. stratum.Unlabelled]));

    /// <param name="lambda">0: the labels alone; 1: plain prediction-powered inference.</param>
    public static StratifiedPredictionPoweredMean At(double lambda, IReadOnlyList<PredictedStratum> strata) =>
        Of(strata, stratum => PredictionPoweredMean.At(lambda, [.. stratum.Y], [.. stratum.Labelled], [.. stratum.Unlabelled]));

    public Interval Normal(double confidence = .95)
    {
        double half = NormalDistribution.TwoSidedQuantile(confidence) * StandardError;
        return new(Estimate - half, Estimate + half);
    }

    private static StratifiedPredictionPoweredMean Of(IReadOnlyList<PredictedStratum> strata, Func<PredictedStratum, PredictionPoweredMean> estimate)
    {
        double all = strata.Sum(stratum => stratum.Rows);
        if (all == 0)
        {
            throw new ArgumentException("There are no strata.", nameof(strata));
        }

        double mean = 0, variance = 0;
        foreach (var stratum in strata)
        {
            var own = estimate(stratum);
            double share = stratum.Rows / all;
            mean += share * own.Estimate;
            variance += share * share * own.StandardError * own.StandardError;
        }

        return new(mean, Math.Sqrt(variance));
    }
}
