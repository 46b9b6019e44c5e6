namespace Moderato.Statistics.Curves;

/// <summary>
/// Detection error trade-off: FPR and FNR at rising thresholds, between the highest threshold that misses nothing and the
/// lowest that flags nothing wrongly (+∞ where every score flags something wrongly). Beyond both only one error moves.
/// </summary>
public sealed record DetCurve(IReadOnlyList<double> Thresholds, IReadOnlyList<double> Fpr, IReadOnlyList<double> Fnr)
{
    /// <summary>Undefined unless both classes are there.</summary>
    public static Outcome<DetCurve> Of(ScoreLevels levels)
    {
        var (caught, wrong) = levels.FromTheTop();
        int n = caught.Length;
        if (n == 0 || caught[0] == 0 || wrong[0] == 0)
        {
            return Outcome.Undefined<DetCurve>(RocAuc.OneClass);
        }

        int first = Array.LastIndexOf(caught, caught[0]);
        int last = Array.IndexOf(wrong, 0.0);
        last = last < 0 ? n : last;
        var thresholds = new List<double>();
        var fpr = new List<double>();
        var fnr = new List<double>();

        // first may lie beyond last where the classes separate: then one point has both errors at 0.
        for (int i = Math.Min(first, last); i <= last; i++)
        {
            if (i < first)
            {
                continue;
            }

            thresholds.Add(i == n ? double.PositiveInfinity : levels.Thresholds[i]);
            fpr.Add(i == n ? 0 : wrong[i] / wrong[0]);
            fnr.Add(i == n ? 1 : 1 - (caught[i] / caught[0]));
        }

        return Outcome.Defined(new DetCurve(thresholds, fpr, fnr));
    }
}
