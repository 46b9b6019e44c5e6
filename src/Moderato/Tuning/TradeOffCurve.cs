using Moderato.Decisions;
using Moderato.Statistics.Curves;

namespace Moderato.Tuning;

/// <summary>
/// What moving a cut does to FPR, FNR, precision and reviews: both cuts together (keeping the width of the queue), the block cut
/// alone (flagged contents become reviews), the review cut alone (reviews become passes). Every point comes from all labels.
/// </summary>
internal static class TradeOffCurve
{
    private const int Step = 250;

    /// <param name="today">Null where today's cuts are not known: then one threshold moves.</param>
    /// <param name="perDay">Contents a day; null where not known.</param>
    public static IReadOnlyList<CurvePoint> Of(TuningRows rows, Cuts? today, double? perDay)
    {
        var points = new List<CurvePoint>();
        int block = today?.BlockBin ?? ScoreBin.Count, review = today?.ReviewBin ?? ScoreBin.Count;
        int width = block == ScoreBin.Count ? 0 : block - review;
        foreach (int cut in Grid(rows, today))
        {
            points.Add(Point(rows, MovingCuts.Both, Math.Max(0, cut - width), cut, perDay));
        }

        if (today is not null)
        {
            // Without a queue, moving one cut alone opens one.
            points.AddRange(Grid(rows, today).Where(cut => cut >= review).Select(cut => Point(rows, MovingCuts.Block, review, cut, perDay)));
            points.AddRange(Grid(rows, today).Where(cut => cut <= block).Select(cut => Point(rows, MovingCuts.Review, cut, block, perDay)));
        }

        return points;
    }

    public static CurvePoint Point(TuningRows rows, string moving, Cuts cuts, double? perDay)
    {
        var (fpr, fnr, precision) = rows.Rates(cuts);
        double share = rows.Total == 0 ? 0 : rows.Reviews(cuts) / rows.Total;
        return new(moving, cuts.ReviewFrom, cuts.BlockFrom, fpr, fnr, precision, share * perDay)
        {
            ReviewShare = share,
            FlagShare = rows.Total == 0 ? 0 : rows.Blocked(cuts) / rows.Total,
        };
    }

    private static CurvePoint Point(TuningRows rows, string moving, int review, int block, double? perDay) =>
        Point(rows, moving, new Cuts(review == block ? null : Cut(review), Cut(block)), perDay);

    private static double? Cut(int bin) => bin == ScoreBin.Count ? null : ScoreBin.Cut(bin);

    /// <summary>Where the scores have few values, those; else every .025 and today's cuts. "Never" ends both.</summary>
    private static int[] Grid(TuningRows rows, Cuts? today)
    {
        var scored = Enumerable.Range(0, ScoreBin.Count).Where(bin => rows.Contents[bin] > 0).Take((ScoreBin.Count / Step) + 1).ToArray();
        var cuts = scored.Length <= ScoreBin.Count / Step ? scored : Enumerable.Range(0, (ScoreBin.Count / Step) + 1).Select(i => i * Step);
        return [.. cuts.Concat(today is null ? [] : [today.ReviewBin, today.BlockBin]).Append(ScoreBin.Count).Distinct().Order()];
    }
}
