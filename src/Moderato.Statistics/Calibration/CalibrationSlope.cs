using Moderato.Statistics.Curves;
using Moderato.Statistics.Distributions;
using Moderato.Statistics.Intervals;

namespace Moderato.Statistics.Calibration;

/// <summary>
/// Logistic recalibration logit P(y) = intercept + slope · logit p (Cox 1958). Calibrated: slope 1, intercept 0. A slope under 1
/// means scores too extreme; the intercept with the slope held at 1 is calibration in the large.
/// </summary>
/// <param name="SlopeInterval">Wald with the sandwich variance, right for weighted rows too.</param>
public sealed record CalibrationSlope(double Slope, Interval SlopeInterval, double Intercept, Interval InterceptInterval, double Confidence)
{
    /// <summary>Scores of 0 and 1 have no logit; they are read as this far from it.</summary>
    private const double Edge = 1e-6;

    /// <returns>Undefined with one class only, with one score only, or where the classes separate.</returns>
    /// <exception cref="ArgumentException">A score is outside [0,1].</exception>
    public static Outcome<CalibrationSlope> Of(LabelledScores rows, double confidence = .95)
    {
        rows.CheckProbabilities();
        double positives = 0, mass = 0;
        var (positive, negative) = (new Interval(1, 0), new Interval(1, 0));
        var logits = new double[rows.Count];
        var targets = new double[rows.Count];
        for (int i = 0; i < rows.Count; i++)
        {
            double p = Math.Clamp(rows.Scores[i], Edge, 1 - Edge), w = rows.Weights[i];
            logits[i] = Math.Log(p / (1 - p));
            targets[i] = rows.Positive[i] ? 1 : 0;
            positives += w * targets[i];
            mass += w;
            if (w > 0)
            {
                ref var side = ref rows.Positive[i] ? ref positive : ref negative;
                side = new(Math.Min(side.Low, p), Math.Max(side.High, p));
            }
        }

        if (positives == 0 || positives == mass || (positive == negative && positive.Width == 0))
        {
            return Outcome.Undefined<CalibrationSlope>("A slope needs both classes and more than one score.");
        }

        // Touching at one score is enough: the likelihood still rises with the slope for ever (quasi-complete separation).
        bool separated = positive.Low >= negative.High || negative.Low >= positive.High;
        var fit = separated ? default : LogisticFit.Of(logits, targets, rows.Weights);
        if (!fit.Converged)
        {
            return Outcome.Undefined<CalibrationSlope>("The scores separate the classes: the slope has no finite estimate.");
        }

        double z = NormalDistribution.TwoSidedQuantile(confidence);
        double slopeHalf = z * Math.Sqrt(fit.SlopeVariance), interceptHalf = z * Math.Sqrt(fit.InterceptVariance);
        return Outcome.Defined(new CalibrationSlope(
            fit.Slope, new(fit.Slope - slopeHalf, fit.Slope + slopeHalf),
            fit.Intercept, new(fit.Intercept - interceptHalf, fit.Intercept + interceptHalf), confidence));
    }
}
