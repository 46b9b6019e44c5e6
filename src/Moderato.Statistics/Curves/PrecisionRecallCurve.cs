namespace Moderato.Statistics.Curves;

/// <summary>
/// Precision TP/(TP+FP) and recall TP/P at each distinct score, thresholds rising. The end point (recall 0, precision 1) that
/// scikit-learn appends is a convention without a threshold and is left out. Between points interpolate counts, not precision.
/// </summary>
public sealed record PrecisionRecallCurve(
    IReadOnlyList<double> Thresholds, IReadOnlyList<double> Precision, IReadOnlyList<double> Recall)
{
    /// <summary>False positives over all positives, a threshold each.</summary>
    public required IReadOnlyList<double> Wrong { get; init; }

    /// <summary>
    /// Precision at any recall between the curve's points: true and false positives are interpolated along the way and divided
    /// then (Davis and Goadrich 2006), since a straight line between precisions promises what no threshold reaches.
    /// </summary>
    /// <param name="recall">Above 0 and at most 1; below the first point's recall that point's ratio of counts stands.</param>
    public double PrecisionAt(double recall)
    {
        if (!(recall is > 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(recall), recall, "A recall lies above 0 and at most at 1.");
        }

        // Thresholds rise, so recalls fall: the last point that reaches this recall, and the next, which does not.
        int reaches = Recall.Count - 1;
        while (reaches > 0 && Recall[reaches] < recall)
        {
            reaches--;
        }

        double hits = Recall[reaches], wrong = Wrong[reaches], lessHits = 0, lessWrong = 0;
        if (reaches + 1 < Recall.Count)
        {
            (lessHits, lessWrong) = (Recall[reaches + 1], Wrong[reaches + 1]);
        }

        double between = lessWrong + ((wrong - lessWrong) * (hits == lessHits ? 1 : (recall - lessHits) / (hits - lessHits)));
        return recall / (recall + between);
    }

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
        double[] perPositive = Array.ConvertAll(wrong, mass => mass / caught[0]);
        for (int i = 0; i < caught.Length; i++)
        {
            precision[i] = caught[i] / (caught[i] + wrong[i]);
            recall[i] = caught[i] / caught[0];
        }

        return Outcome.Defined(new PrecisionRecallCurve(levels.Thresholds, precision, recall) { Wrong = perPositive });
    }
}
