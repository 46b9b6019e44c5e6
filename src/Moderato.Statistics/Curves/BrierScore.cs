namespace Moderato.Statistics.Curves;

/// <summary>Weighted mean of (p − y)². Always answering the prevalence π scores π(1 − π).</summary>
public static class BrierScore
{
    internal const string Empty = "There is no row of positive weight.";

    /// <exception cref="ArgumentException">A score is outside [0,1].</exception>
    public static Outcome<double> Of(ScoreLevels levels) => Outcome.UnlessNaN(
        MeanLoss(levels, (p, isPositive) => isPositive ? (1 - p) * (1 - p) : p * p), Empty);

    internal static double MeanLoss(ScoreLevels levels, Func<double, bool, double> loss)
    {
        double sum = 0, mass = 0;
        for (int i = 0; i < levels.Thresholds.Length; i++)
        {
            double p = levels.Thresholds[i];
            if (p is < 0 or > 1)
            {
                throw new ArgumentException($"A probability lies in [0,1]; {p} does not.", nameof(levels));
            }

            sum += (levels.Positive[i] * loss(p, true)) + (levels.Negative[i] * loss(p, false));
            mass += levels.Positive[i] + levels.Negative[i];
        }

        return sum / mass;
    }
}
