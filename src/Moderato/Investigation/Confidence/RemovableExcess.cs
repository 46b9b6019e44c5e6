using Moderato.Statistics.Curves;
using Moderato.Statistics.Intervals;
using Moderato.Statistics.Sampling;

namespace Moderato.Investigation.Confidence;

/// <summary>
/// What share of the excess false positives a rule would take away, each half of the clusters under the rule that was fitted on
/// the other; post-stratified totals, delete-a-group jackknife by cluster.
/// </summary>
internal static class RemovableExcess
{
    /// <summary>A move of the cuts may raise the FNR to at most this many times the greater of today's and the reference's.</summary>
    public const double MostFnrRise = 1.25;

    private const double Z95 = 1.959963984540054;
    private const int FalsePositives = 0;
    private const int Left = 1;
    private const int Safe = 2;

    /// <param name="removes">Whether the rule takes a false positive's flag away.</param>
    public static Rate ShareOf(Evidence evidence, double yardstickFpr, Func<int, bool> removes)
    {
        var table = evidence.Table;
        var strata = VerdictStrata.Of(evidence);
        var totals = new StratifiedTotals(strata.Sizes, 3);
        Span<double> values = stackalloc double[3];
        long falsePositives = 0;
        for (int row = 0; row < table.Count; row++)
        {
            if (evidence.Weights[row] <= 0 || !table.IsCurrent(row))
            {
                continue;
            }

            bool isFalsePositive = evidence.IsFalsePositive(row);
            falsePositives += isFalsePositive ? 1 : 0;
            values[FalsePositives] = isFalsePositive ? 1 : 0;
            values[Left] = isFalsePositive && !removes(row) ? 1 : 0;
            values[Safe] = table.Labels[row] == 0 ? 1 : 0;
            totals.Add(strata.Of(row), evidence.Clusters[row], evidence.Weights[row], values);
        }

        var all = totals.Totals();
        double excess = all[FalsePositives] - (yardstickFpr * all[Safe]);
        if (!(excess > 0))
        {
            return new Rate.Unknown("the false-positive rate is not over the yardstick: there is no excess to remove");
        }

        // More than the excess may go; what is left of that is no better, but it is surer.
        var (share, error) = totals.Jackknife(t => (t[FalsePositives] - t[Left]) / (t[FalsePositives] - (yardstickFpr * t[Safe])));
        return new Rate.Known(
            Math.Min(1, share), Math.Clamp(share - (Z95 * error), 0, 1), Math.Clamp(share + (Z95 * error), 0, 1), falsePositives,
            "post-stratified, cross-fitted, delete-a-group jackknife", "excess false positives of the current period", evidence.Design, 0.95);
    }

    /// <summary>
    /// The greatest move up of both cuts, in bins of the score, that keeps the FNR of one half within <see cref="MostFnrRise"/>.
    /// Both cuts move together, so that what loses its flag is passed and no review hides it.
    /// </summary>
    /// <param name="rows">Labelled rows of the current period of that half.</param>
    /// <param name="reviewBin">First bin that is not safe today.</param>
    /// <param name="referenceFnr">0 where it is not known.</param>
    /// <returns>0 where every move costs too much; null where no violating content is among the rows.</returns>
    public static int? Move(Evidence evidence, IEnumerable<int> rows, int reviewBin, double referenceFnr)
    {
        var violating = new double[ScoreBin.Count];
        double all = 0, missed = 0;
        foreach (int row in rows)
        {
            if (evidence.Table.Labels[row] == 1)
            {
                int bin = ScoreBin.Of(evidence.Table.Scores![row]);
                violating[bin] += evidence.Weights[row];
                all += evidence.Weights[row];
                missed += bin < reviewBin ? evidence.Weights[row] : 0;
            }
        }

        if (all == 0)
        {
            return null;
        }

        double allowed = MostFnrRise * Math.Max(missed, referenceFnr * all);
        int cut = reviewBin;
        while (cut < ScoreBin.Count && missed + violating[cut] <= allowed)
        {
            missed += violating[cut];
            cut++;
        }

        return cut - reviewBin;
    }
}
