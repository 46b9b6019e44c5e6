namespace Moderato.Statistics.Curves;

/// <summary>Masses of the four outcomes of one threshold: flagged when score ≥ threshold.</summary>
public readonly record struct Confusion(double TruePositives, double FalsePositives, double FalseNegatives, double TrueNegatives)
{
    /// <summary>FP / truly safe.</summary>
    public Outcome<double> FalsePositiveRate => Share(FalsePositives, TrueNegatives, "There is no truly safe row.");

    /// <summary>FN / truly violating.</summary>
    public Outcome<double> FalseNegativeRate => Share(FalseNegatives, TruePositives, "There is no truly violating row.");

    /// <summary>TP / flagged.</summary>
    public Outcome<double> Precision => Share(TruePositives, FalsePositives, "Nothing is flagged.");

    /// <summary>2TP / (2TP + FP + FN).</summary>
    public Outcome<double> F1 => Outcome.UnlessNaN(Dice(TruePositives), "Nothing is flagged and nothing is violating.");

    /// <summary>Mean of the F1 of both classes; a class that is neither there nor answered is left out.</summary>
    public Outcome<double> MacroF1 => Outcome.UnlessNaN(MacroF1Value, "There is no row.");

    internal double MacroF1Value => (Dice(TruePositives), Dice(TrueNegatives)) switch
    {
        (double.NaN, var safe) => safe,
        (var violating, double.NaN) => violating,
        var (violating, safe) => (violating + safe) / 2,
    };

    public static Confusion At(ScoreLevels levels, double threshold) => At(levels.Masses, threshold);

    internal static Confusion At(LevelMasses levels, double threshold)
    {
        if (double.IsNaN(threshold))
        {
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "A threshold is a number, or +∞ for never.");
        }

        double tp = 0, fp = 0, fn = 0, tn = 0;
        for (int i = 0; i < levels.Count; i++)
        {
            if (levels.Thresholds[i] >= threshold)
            {
                tp += levels.Positive[i];
                fp += levels.Negative[i];
            }
            else
            {
                fn += levels.Positive[i];
                tn += levels.Negative[i];
            }
        }

        return new(tp, fp, fn, tn);
    }

    private double Dice(double right) => 2 * right / ((2 * right) + FalsePositives + FalseNegatives);

    private static Outcome<double> Share(double part, double rest, string why) => Outcome.UnlessNaN(part / (part + rest), why);
}
