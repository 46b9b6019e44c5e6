using Moderato.Statistics.Curves;

namespace Moderato.Statistics.Calibration;

/// <summary>p = σ(Slope·score + Intercept).</summary>
public sealed record PlattMap(double Slope, double Intercept)
{
    /// <summary>
    /// Maximum likelihood on Platt's targets (N₊+1)/(N₊+2) and 1/(N₋+2), N as sums of weights, so that separable classes and
    /// a single class still give a finite map (Platt 1999; Lin, Lin and Weng 2007).
    /// </summary>
    /// <returns>Undefined when no row has weight.</returns>
    public static Outcome<PlattMap> Fit(LabelledScores rows)
    {
        double positives = 0, negatives = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            if (rows.Positive[i])
            {
                positives += rows.Weights[i];
            }
            else
            {
                negatives += rows.Weights[i];
            }
        }

        if (positives + negatives == 0)
        {
            return Outcome.Undefined<PlattMap>("There is no row of positive weight to fit a map to.");
        }

        var targets = new double[rows.Count];
        for (int i = 0; i < targets.Length; i++)
        {
            targets[i] = rows.Positive[i] ? (positives + 1) / (positives + 2) : 1 / (negatives + 2);
        }

        var fit = LogisticFit.Of(rows.Scores, targets, rows.Weights);
        return Outcome.Defined(new PlattMap(fit.Slope, fit.Intercept));
    }

    public double Apply(double score) => LogisticFit.Sigmoid((Slope * score) + Intercept);
}
