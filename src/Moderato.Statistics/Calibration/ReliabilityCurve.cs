using Moderato.Statistics.Curves;

namespace Moderato.Statistics.Calibration;

/// <summary>A bin of a reliability diagram: what was said and what was so.</summary>
/// <param name="Rows">Rows of positive weight in it.</param>
/// <param name="Mass">Their weight.</param>
/// <param name="MeanScore">Weighted mean of the probabilities.</param>
/// <param name="Observed">Weighted share of positives.</param>
/// <param name="ObservedVariance">
/// Σ w²(y − ȳ)²/W² · n/(n − 1), the variance of <paramref name="Observed"/>; ȳ(1 − ȳ)/(n − 1) with equal weights. NaN for one row.
/// </param>
public readonly record struct Reliability(long Rows, double Mass, double MeanScore, double Observed, double ObservedVariance);

/// <summary>Reliability by bins, empty ones left out (scikit-learn <c>calibration_curve</c>).</summary>
public static class ReliabilityCurve
{
    /// <exception cref="ArgumentException">A score is outside [0,1].</exception>
    public static IReadOnlyList<Reliability> Of(
        LabelledScores rows, int bins, ReliabilityBinning binning = ReliabilityBinning.EqualMassQuantiles) =>
        Of(rows, bins, binning.Assign(rows, bins));

    internal static IReadOnlyList<Reliability> Of(LabelledScores rows, int bins, int[] binOf)
    {
        var count = new long[bins];
        var mass = new double[bins];
        var score = new double[bins];
        var positive = new double[bins];
        var squaresPositive = new double[bins];
        var squaresNegative = new double[bins];
        for (int row = 0; row < rows.Count; row++)
        {
            double weight = rows.Weights[row];
            if (weight == 0)
            {
                continue;
            }

            int bin = binOf[row];
            count[bin]++;
            mass[bin] += weight;
            score[bin] += weight * rows.Scores[row];
            positive[bin] += rows.Positive[row] ? weight : 0;
            (rows.Positive[row] ? squaresPositive : squaresNegative)[bin] += weight * weight;
        }

        var curve = new List<Reliability>(bins);
        for (int bin = 0; bin < bins; bin++)
        {
            if (count[bin] > 0)
            {
                double observed = positive[bin] / mass[bin];
                double spread = (squaresPositive[bin] * (1 - observed) * (1 - observed)) + (squaresNegative[bin] * observed * observed);
                double variance = count[bin] == 1 ? double.NaN : spread / (mass[bin] * mass[bin]) * count[bin] / (count[bin] - 1);
                curve.Add(new(count[bin], mass[bin], score[bin] / mass[bin], observed, variance));
            }
        }

        return curve;
    }
}
