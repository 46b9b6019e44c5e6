using Moderato.Decisions;
using Moderato.Statistics.Distributions;
using Moderato.Statistics.Intervals;
using Moderato.Statistics.Sampling;

namespace Moderato.Investigation.Planning;

/// <summary>
/// How a rule on verdicts moves one kind of error, and the interval of the change. A rule that only takes errors away takes a
/// share of them, with a share's interval, which is no point at "all" or "none". A rule that could add errors where none was
/// seen has the bound of what was not seen. Otherwise the jackknife of the ratio holds.
/// </summary>
/// <param name="error">The verdict that is wrong for the class: violating for safe content, safe for violating content.</param>
internal sealed class ErrorMoves(Verdict error)
{
    private const double Confidence = .95;
    private readonly List<double> weights = [];
    private readonly List<bool> gone = [];
    private readonly List<int> draws = [];
    private long leaving;
    private long arriving;
    private long arrivingMeasured;

    /// <summary>Counts a current row, labelled or not.</summary>
    public void Count(Verdict now, Verdict then, bool measured)
    {
        leaving += now == error && then != error ? 1 : 0;
        arriving += now != error && then == error ? 1 : 0;
        arrivingMeasured += now != error && then == error && measured ? 1 : 0;
    }

    /// <summary>Adds a measured row of the class.</summary>
    public void Error(Verdict now, Verdict then, double weight, int draw)
    {
        if (now == error)
        {
            weights.Add(weight);
            gone.Add(then != error);
            draws.Add(draw);
        }
    }

    /// <param name="now">The measure that counts today's errors.</param>
    /// <param name="after">The measure that counts the errors under the rule.</param>
    public Change Change(StratifiedTotals totals, int now, int after)
    {
        var today = totals.Totals();
        double absolute = today[after] - today[now];
        if (leaving + arriving == 0)
        {
            return today[now] > 0 ? Statistics.Intervals.Change.Known.Nothing : new Change.Known(null, null, null, 0);
        }

        if (!(today[now] > 0))
        {
            return new Change.Known(null, null, null, absolute);
        }

        double z = NormalDistribution.TwoSidedQuantile(Confidence);
        if (arriving == 0 || (absolute == 0 && !gone.Contains(true)))
        {
            var taken = StratumShare.Of(weights.Count, [.. weights], [.. gone], [.. draws], z);
            double added = arriving == 0 ? 0 : arriving * MostUnseen(arrivingMeasured) / today[now];
            return new Change.Known(100 * absolute / today[now], leaving == 0 ? 0 : -100 * taken.High, arriving == 0 ? -100 * taken.Low : 100 * added, absolute);
        }

        var (ratio, deviation) = totals.Jackknife(t => (t[after] / t[now]) - 1);
        if (!double.IsFinite(deviation))
        {
            return new Change.Unknown("too few of the labelled contents are errors to say how far the change may lie off");
        }

        double low = Math.Max(leaving == 0 ? 0 : -1, ratio - (z * deviation));
        return new Change.Known(100 * ratio, 100 * low, 100 * (ratio + (z * deviation)), absolute);
    }

    /// <summary>The largest share of rows that could be errors where n were seen and none was one (Clopper–Pearson).</summary>
    private static double MostUnseen(long n) => ClopperPearsonInterval.Of(0, n, Confidence).High;
}
