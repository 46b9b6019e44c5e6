namespace Moderato.Statistics.Curves;

/// <summary>P(score of a positive &gt; score of a negative) + ½ P(equal), weighted (scikit-learn <c>roc_auc_score</c>).</summary>
public static class RocAuc
{
    internal const string OneClass = "There is only one class: the two errors cannot be traded.";

    public static Outcome<double> Of(ScoreLevels levels) => Outcome.UnlessNaN(At(levels.Masses), OneClass);

    internal static double At(LevelMasses levels)
    {
        double above = 0, negatives = 0, sum = 0;
        for (int i = levels.Count - 1; i >= 0; i--)
        {
            double positive = levels.Positive[i], negative = levels.Negative[i];
            sum += negative * (above + (positive / 2));
            above += positive;
            negatives += negative;
        }

        return sum / (above * negatives);
    }
}
