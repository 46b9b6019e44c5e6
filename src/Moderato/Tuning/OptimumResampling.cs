using Moderato.Statistics.Curves;
using Moderato.Statistics.Sampling;
using Moderato.Statistics.Thresholds;

namespace Moderato.Tuning;

/// <summary>
/// How sure an optimum is: clusters of labels are drawn with replacement, each draw chooses its own cuts, and the regret of the
/// cuts chosen on all labels is what they cost more than those, on that draw. Bins without a label are taken together: a cut
/// inside such a run is never better than one at its end, which spares reviews. Where most bins have labels, ten are one.
/// </summary>
internal sealed class OptimumResampling
{
    private const int Resamples = 200;
    private const ulong Seed = 1;

    /// <summary>Cuts nearer than this decide alike, for a reader.</summary>
    private const int SameBins = 100;

    private const int MostFineCells = 1_500;
    private const int CoarseBins = 10;

    private readonly TuningRows rows;
    private readonly double[] perRow;
    private readonly int[] starts;
    private readonly int[] cellOf;
    private readonly int[] clusterOf;
    private readonly int clusters;
    private readonly int[] verdictOf;

    /// <param name="perRow">What each labelled row stands for, all drawn once.</param>
    /// <param name="chosen">The optimum on all labels.</param>
    public OptimumResampling(TuningRows rows, double[] perRow, ThresholdChoice.Optimal chosen)
    {
        (this.rows, this.perRow, Chosen) = (rows, perRow, chosen);
        starts = Starts(rows, chosen);
        cellOf = Array.ConvertAll(rows.Rows, row => CellOf(row.Bin));
        verdictOf = Array.ConvertAll(rows.Rows, row => (int)rows.Evidence.Table.Verdicts[row.Row]);
        var codes = new Dictionary<int, int>();
        clusterOf = Array.ConvertAll(rows.Rows, row =>
        {
            if (!codes.TryGetValue(row.Cluster, out int code))
            {
                codes[row.Cluster] = code = codes.Count;
            }

            return code;
        });
        clusters = codes.Count;
    }

    private ThresholdChoice.Optimal Chosen { get; }

    /// <param name="problem">From masses and contents a cell.</param>
    public OptimumFinding Run(Func<LabelMasses, double[], ThresholdProblem> problem, double perContent)
    {
        double[] contents = Contents();
        int review = Array.BinarySearch(starts, Chosen.ReviewFrom), block = Array.BinarySearch(starts, Chosen.BlockFrom);
        var random = new SplitMix64(Seed);
        List<double> reviews = [], blocks = [], regrets = [];
        int otherwise = 0;
        for (int resample = 0; resample < Resamples; resample++)
        {
            if (Draw(ref random) is not { } drawn)
            {
                continue;
            }

            var asked = problem(drawn, contents);
            var best = (ThresholdChoice.Optimal)TwoThresholdOptimum.Find(asked);
            int from = starts[best.ReviewFrom], to = starts[best.BlockFrom];
            reviews.Add(ScoreBin.Cut(from));
            blocks.Add(ScoreBin.Cut(to));
            otherwise += Math.Abs(from - Chosen.ReviewFrom) >= SameBins || Math.Abs(to - Chosen.BlockFrom) >= SameBins ? 1 : 0;
            regrets.Add(Math.Max(0, Harm(asked, review, block) - best.Harm) * perContent);
        }

        if (regrets.Count == 0)
        {
            return new(Chosen.Harm * perContent, 0, 0, new(0, 0), new(null, null), new(null, null));
        }

        regrets.Sort();
        return new(
            Chosen.Harm * perContent, regrets.Count, otherwise / (double)regrets.Count,
            new(regrets.Average(), Quantiles.At(regrets.ToArray(), .95)), Limits(reviews), Limits(blocks));
    }

    /// <summary>Null where the draw lacks a class or a verdict's labels.</summary>
    private LabelMasses? Draw(ref SplitMix64 random)
    {
        var times = new int[clusters];
        for (int draw = 0; draw < clusters; draw++)
        {
            times[random.Next(clusters)]++;
        }

        var (before, after) = (new double[3], new double[3]);
        for (int i = 0; i < perRow.Length; i++)
        {
            before[verdictOf[i]] += rows.Rows[i].Weight;
            after[verdictOf[i]] += rows.Rows[i].Weight * times[clusterOf[i]];
        }

        var masses = new LabelMasses(new double[starts.Length - 1], new double[starts.Length - 1]);
        double safe = 0, violating = 0;
        for (int i = 0; i < perRow.Length; i++)
        {
            int verdict = verdictOf[i];
            if (after[verdict] == 0)
            {
                return null;
            }

            // The verdict's contents stay as many as they are, whichever of its labels were drawn.
            double mass = times[clusterOf[i]] * perRow[i] * before[verdict] / after[verdict];
            bool isViolating = rows.Rows[i].Violating;
            (isViolating ? masses.Violating : masses.Safe)[cellOf[i]] += mass;
            (safe, violating) = isViolating ? (safe, violating + mass) : (safe + mass, violating);
        }

        return safe > 0 && violating > 0 ? masses : null;
    }

    private int CellOf(int bin)
    {
        int at = Array.BinarySearch(starts, bin);
        return at >= 0 ? at : ~at - 1;
    }

    private double[] Contents()
    {
        var contents = new double[starts.Length - 1];
        for (int cell = 0; cell < contents.Length; cell++)
        {
            for (int bin = starts[cell]; bin < starts[cell + 1]; bin++)
            {
                contents[cell] += rows.Contents[bin];
            }
        }

        return contents;
    }

    /// <summary>2.5% to 97.5%; the end of the scale means never.</summary>
    private static CutLimits Limits(List<double> cuts)
    {
        double[] sorted = [.. cuts.Order()];
        return new(Cut(Quantiles.At(sorted, .025)), Cut(Quantiles.At(sorted, .975)));
    }

    private static double? Cut(double cut) => cut >= ScoreBin.Cut(ScoreBin.Count) ? null : Math.Min(cut, 1);

    private static double Harm(ThresholdProblem problem, int review, int block)
    {
        double harm = 0;
        for (int cell = 0; cell < problem.Safe.Count; cell++)
        {
            harm += cell >= block ? problem.CostFalseBlock * problem.Safe[cell]
                : cell < review ? problem.CostMissed * problem.Violating[cell]
                : (problem.CostReview * problem.ReviewItems[cell]) + (problem.CostFalseBlock * problem.ErrorOnSafe * problem.Safe[cell])
                    + (problem.CostMissed * problem.ErrorOnViolating * problem.Violating[cell]);
        }

        return harm;
    }

    /// <summary>First bins of the cells, the chosen cuts among them; the number of bins ends them.</summary>
    private static int[] Starts(TuningRows rows, ThresholdChoice.Optimal chosen)
    {
        var labelled = new bool[ScoreBin.Count];
        foreach (var row in rows.Rows)
        {
            labelled[row.Bin] = true;
        }

        int[] fine = [.. Enumerable.Range(0, ScoreBin.Count).Where(bin => bin == 0 || labelled[bin] || labelled[bin - 1])];
        var cells = fine.Length <= MostFineCells ? fine : Enumerable.Range(0, (ScoreBin.Count / CoarseBins) + 1).Select(i => i * CoarseBins);
        return [.. cells.Append(chosen.ReviewFrom).Append(chosen.BlockFrom).Append(ScoreBin.Count).Distinct().Order()];
    }
}
