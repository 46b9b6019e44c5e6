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
            ? new(lambda, estimate, Math.Sqrt(variance))
            : throw new ArgumentException("A label or a prediction is not a number.", nameof(y));
    }

    /// <summary>Estimate ± z · standard error.</summary>
    public Interval Normal(double confidence = .95)
    {
        double half = NormalDistribution.TwoSidedQuantile(confidence) * StandardError;
        return new(Estimate - half, Estimate + half);
    }
}
