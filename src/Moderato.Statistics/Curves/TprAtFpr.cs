namespace Moderato.Statistics.Curves;

/// <summary>The highest TPR of any threshold whose FPR is at most a limit. No interpolation: a threshold that does it exists.</summary>
public static class TprAtFpr
{
    /// <exception cref="ArgumentOutOfRangeException">The limit is NaN or outside [0,1].</exception>
    public static Outcome<double> Of(ScoreLevels levels, double fprLimit) =>
        fprLimit is >= 0 and <= 1
            ? Outcome.UnlessNaN(At(levels.Masses, fprLimit), RocAuc.OneClass)
            : throw new ArgumentOutOfRangeException(nameof(fprLimit), fprLimit, "A rate lies in [0,1].");

    internal static double At(LevelMasses levels, double fprLimit)
    {
        double positives = 0, negatives = 0;
        for (int i = 0; i < levels.Count; i++)
        {
            positives += levels.Positive[i];
            negatives += levels.Negative[i];
        }

        if (positives == 0 || negatives == 0)
        {
            return double.NaN;
        }

        // Sums of weights in two orders differ by rounding: a rate that is the limit but for 1e-12 of it meets it.
        double allowed = fprLimit * negatives * (1 + 1e-12);
        double caught = 0, wrong = 0;
        for (int i = levels.Count - 1; i >= 0 && wrong + levels.Negative[i] <= allowed; i--)
        {
            caught += levels.Positive[i];
            wrong += levels.Negative[i];
        }

        return caught / positives;
    }
}
