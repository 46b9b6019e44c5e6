using Moderato.Releases;
using Moderato.Statistics.Calibration;

namespace Moderato.Improvement.Training;

/// <summary>Fits the map from logit to probability, at a stated share of violating contents.</summary>
public static class CalibrationFit
{
    private const int Knots = 64;

    /// <summary>Beyond ±this many units of its own logit a sigmoid is flat to 4 decimals.</summary>
    private const double Reach = 9.5;

    /// <summary>Platt's sigmoid on contents judged by models that never saw them, as a line through 64 knots.</summary>
    /// <param name="weights">Empty where the contents are a natural sample; else such that violating ones have the share <paramref name="prior"/>.</param>
    public static CalibrationMap Of(JudgedContents contents, double[] weights, double prior)
    {
        var platt = PlattMap.Fit(contents.Labelled(weights)).Value;
        double slope = Math.Max(platt.Slope, 1e-3);
        var raw = new double[Knots];
        var probabilities = new double[Knots];
        for (int k = 0; k < Knots; k++)
        {
            raw[k] = Math.Round((((2 * Reach * k / (Knots - 1)) - Reach) - platt.Intercept) / slope, 6);
            probabilities[k] = Math.Round(platt.Apply(raw[k]), 7);
        }

        return new CalibrationMap(raw, probabilities, prior);
    }
}
