using Moderato.Statistics.Curves;
using Moderato.Statistics.Sampling;

namespace Moderato.Statistics.Calibration;

/// <summary>
/// Where the pool-adjacent-violators diagram lies if the scores are calibrated (Dimitriadis, Gneiting and Jordan 2021): at each of
/// some scores the central share of curves that are fitted to labels drawn from the scores themselves. A diagram outside says that
/// the scores are not calibrated there, one score at a time.
/// </summary>
/// <param name="Scores">Where the bands are read.</param>
public sealed record ConsistencyBands(IReadOnlyList<double> Scores, IReadOnlyList<double> Low, IReadOnlyList<double> High)
{
    /// <param name="rows">Scores as probabilities; their labels are not looked at. Clusters are labelled as one.</param>
    /// <param name="at">Where to read the bands, in [0,1].</param>
    /// <returns>Undefined without rows.</returns>
    /// <exception cref="ArgumentException">A score is outside [0,1].</exception>
    public static Outcome<ConsistencyBands> Of(LabelledScores rows, IReadOnlyList<double> at, BootstrapOptions options)
    {
        rows.CheckProbabilities();
        if (rows.Count == 0 || rows.Weights.Sum() == 0)
        {
            return Outcome.Undefined<ConsistencyBands>(BrierScore.Empty);
        }

        var random = new SplitMix64(options.Seed);
        var curves = at.Select(_ => new List<double>(options.Resamples)).ToArray();
        var labels = new bool[rows.Count];
        for (int resample = 0; resample < options.Resamples; resample++)
        {
            var levels = new Dictionary<int, double>();
            for (int row = 0; row < labels.Length; row++)
            {
                double u;
                if (rows.Clusters is not { } clusters)
                {
                    u = random.NextDouble();
                }
                else if (!levels.TryGetValue(clusters[row], out u))
                {
                    levels[clusters[row]] = u = random.NextDouble();
                }

                labels[row] = u < rows.Scores[row];
            }

            var map = IsotonicMap.Fit(new LabelledScores(rows.Scores, labels, rows.Weighted ? rows.Weights : default)).Value;
            for (int i = 0; i < curves.Length; i++)
            {
                curves[i].Add(map.Apply(at[i]));
            }
        }

        var limits = curves.Select(curve => Quantiles.Central(curve, options.Confidence)).ToArray();
        return Outcome.Defined(new ConsistencyBands(at, [.. limits.Select(limit => limit.Low)], [.. limits.Select(limit => limit.High)]));
    }
}
