using Moderato.Statistics.Distributions;
using Moderato.Statistics.Intervals;

namespace Moderato.Statistics.Sampling;

/// <summary>
/// PPI++ (Angelopoulos, Duchi and Zrnic 2023): λ·mean(f, unlabelled) + mean(y − λf, labelled). f is any prediction; a poor one
/// costs nothing, because λ falls to 0. Standard error √(λ² var f/N + var(y − λf)/n), sample variances (n − 1).
/// </summary>
public sealed record PredictionPoweredMean(double Lambda, double Estimate, double StandardError)
{
    /// <summary>λ = cov(y, f) / ((1 + n/N) var f) over all predictions, clipped to [0,1]; 0 where the predictions are constant.</summary>
    public static PredictionPoweredMean Tuned(ReadOnlySpan<double> y, ReadOnlySpan<double> labelled, ReadOnlySpan<double> unlabelled)
    {
        double[] all = [.. labelled, .. unlabelled];
        double variance = Moments.Variance(all);
        double ratio = (1 + (labelled.Length / (double)unlabelled.Length)) * variance;
        double lambda = variance == 0 ? 0 : Math.Clamp(Moments.Covariance(y, labelled) / ratio, 0, 1);
        return At(lambda, y, labelled, unlabelled);
    }

    /// <param name="y">Labels of the labelled rows.</param>
    /// <param name="labelled">Predictions of the labelled rows.</param>
    /// <param name="unlabelled">Predictions of the others.</param>
    /// <exception cref="ArgumentException">Fewer than two labelled or unlabelled rows, or a number that is not finite.</exception>
    public static PredictionPoweredMean At(double lambda, ReadOnlySpan<double> y, ReadOnlySpan<double> labelled, ReadOnlySpan<double> unlabelled)
    {
        if (y.Length != labelled.Length || y.Length < 2 || unlabelled.Length < 2)
        {
            throw new ArgumentException($"{y.Length} labels, {labelled.Length} predictions of them, {unlabelled.Length} others: two of each at least.", nameof(y));
        }

        var corrected = new double[y.Length];
        for (int i = 0; i < y.Length; i++)
        {
            corrected[i] = y[i] - (lambda * labelled[i]);
        }

        double estimate = (lambda * Moments.Mean(unlabelled)) + Moments.Mean(corrected);
        double variance = (lambda * lambda * Moments.Variance(unlabelled) / unlabelled.Length) + (Moments.Variance(corrected) / y.Length);
        return double.IsFinite(estimate)
            ? new(lambda, estimate, Math.Sqrt(variance)) { Labelled = y.Length }
            : throw new ArgumentException("A label or a prediction is not a number.", nameof(y));
    }

    /// <summary>Labelled rows.</summary>
    public long Labelled { get; init; } = long.MaxValue;

    /// <summary>
    /// Of a mean of labels 0 or 1: the score interval of a proportion that is known as nearly as this one, Wilson on the effective
    /// size θ̂(1 − θ̂)/se² with t for z (n − 1 degrees of freedom). The normal interval lies too low where few of the labels are 1.
    /// </summary>
    public Interval Interval(double confidence = .95)
    {
        double share = Math.Clamp(Estimate, 0, 1), variance = StandardError * StandardError;
        double z = NormalDistribution.TwoSidedQuantile(confidence), t = StudentDistribution.TwoSidedQuantile(confidence, Labelled - 1);
        double size = (variance > 0 && share is > 0 and < 1 ? share * (1 - share) / variance : Labelled) * (z / t) * (z / t);
        return WilsonInterval.At(share * size, size, z);
    }

    /// <summary>Estimate ± z · standard error.</summary>
    public Interval Normal(double confidence = .95)
    {
        double half = NormalDistribution.TwoSidedQuantile(confidence) * StandardError;
        return new(Estimate - half, Estimate + half);
    }
}
