namespace Moderato.Statistics.Curves;

/// <summary>
/// Precision TP/(TP+FP) and recall TP/P at each distinct score, thresholds rising. The end point (recall 0, precision 1) that
/// scikit-learn appends is a convention without a threshold and is left out. Between points interpolate counts, not precision.
/// </summary>
public sealed record PrecisionRecallCurve(
    IReadOnlyList<double> Thresholds, IReadOnlyList<double> Precision, IReadOnlyList<double> Recall)
{
    /// <summary>Undefined without positives: no recall exists.</summary>
    public static Outcome<PrecisionRecallCurve> Of(ScoreLevels levels)
    {
        var (caught, wrong) = levels.FromTheTop();
        if (caught.Length == 0 || caught[0] == 0)
        {
            return Outcome.Undefined<PrecisionRecallCurve>(AveragePrecision.NoPositives);
        }

        var precision = new double[caught.Length];
        var recall = new double[caught.Length];
        for (int i = 0; i < caught.Length; i++)
        {
            precision[i] = caught[i] / (caught[i] + wrong[i]);
            recall[i] = caught[i] / caught[0];
        }

        return Outcome.Defined(new PrecisionRecallCurve(levels.Thresholds, precision, recall));
    }
}
