namespace Moderato.Statistics.Curves;

/// <summary>
/// Σ (R_i − R_{i−1}) P_i over falling thresholds, ties collapsed: the step sum (scikit-learn <c>average_precision_score</c>),
/// never the trapezoid. Its chance level is the prevalence.
/// </summary>
public static class AveragePrecision
{
    internal const string NoPositives = "There is no positive row: precision over recall is undefined.";

    public static Outcome<double> Of(ScoreLevels levels) => Outcome.UnlessNaN(At(levels.Masses), NoPositives);

    internal static double At(LevelMasses levels)
    {
        double caught = 0, flagged = 0, sum = 0;
        for (int i = levels.Count - 1; i >= 0; i--)
        {
            double positive = levels.Positive[i];
            caught += positive;
            flagged += positive + levels.Negative[i];
            if (positive > 0)
            {
                sum += positive * (caught / flagged);
            }
        }

        return sum / caught;
    }
}
