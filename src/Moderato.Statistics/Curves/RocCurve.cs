namespace Moderato.Statistics.Curves;

/// <summary>FPR and TPR at falling thresholds, from +∞ (nothing flagged) to the lowest score; collinear points are kept.</summary>
public sealed record RocCurve(IReadOnlyList<double> Thresholds, IReadOnlyList<double> Fpr, IReadOnlyList<double> Tpr)
{
    /// <summary>Undefined unless both classes are there.</summary>
    public static Outcome<RocCurve> Of(ScoreLevels levels)
    {
        var (caught, wrong) = levels.FromTheTop();
        int n = caught.Length;
        if (n == 0 || caught[0] == 0 || wrong[0] == 0)
        {
            return Outcome.Undefined<RocCurve>(RocAuc.OneClass);
        }

        var thresholds = new double[n + 1];
        var fpr = new double[n + 1];
        var tpr = new double[n + 1];
        thresholds[0] = double.PositiveInfinity;
        for (int i = 0; i < n; i++)
        {
            thresholds[n - i] = levels.Thresholds[i];
            fpr[n - i] = wrong[i] / wrong[0];
            tpr[n - i] = caught[i] / caught[0];
        }

        return Outcome.Defined(new RocCurve(thresholds, fpr, tpr));
    }
}
