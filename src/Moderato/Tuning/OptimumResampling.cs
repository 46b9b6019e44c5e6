using Moderato.Statistics.Curves;
using Moderato.Statistics.Sampling;
using Moderato.Statistics.Thresholds;

namespace Moderato.Tuning;

/// <summary>
/// How sure an optimum is: clusters of labels are drawn with replacement, each draw chooses its own cuts, and the regret of the
/// cuts chosen on all labels is what they cost more than those, on that draw. Bins without a label are taken together: a cut
/// inside such a run is never better than one at its end, which spares reviews.
/// </summary>
internal static class OptimumResampling
{
    private const int Resamples = 200;
    private const ulong Seed = 1;

    /// <summary>Cuts nearer than this decide alike, for a reader.</summary>
    private const int SameBins = 100;

    /// <param name="problem">From masses and contents a bin.</param>
    public static OptimumFinding Of(TuningRows rows, LabelMasses whole, Func<LabelMasses, double[], ThresholdProblem> problem, double perContent)
    {
        double[] contents = rows.Contents;
        int[] starts = Cells(whole);
        double[] cellContents = Sum(contents, starts);
        var chosen = (ThresholdChoice.Optimal)TwoThresholdOptimum.Find(problem(whole, contents));
        var random = new SplitMix64(Seed);
        int[] clusters = Clusters(rows, out int count);
        List<double> reviews = [], blocks = [], regrets = [];
        int otherwise = 0;
        for (int resample = 0; resample < Resamples; resample++)
        {
            var times = new int[count];
            for (int draw = 0; draw < count; draw++)
            {
                times[random.Next(count)]++;
            }

            var drawn = LabelMasses.OfTimes(rows, i => times[clusters[i]]);
            if (!drawn.Safe.AsSpan().ContainsAnyExcept(0) || !drawn.Violating.AsSpan().ContainsAnyExcept(0))
            {
                continue;
            }

            var asked = problem(new(Sum(drawn.Safe, starts), Sum(drawn.Violating, starts)), cellContents);
            var best = (ThresholdChoice.Optimal)TwoThresholdOptimum.Find(asked);
            int review = starts[best.ReviewFrom], block = starts[best.BlockFrom];
            reviews.Add(ScoreBin.Cut(review));
            blocks.Add(ScoreBin.Cut(block));
            otherwise += Math.Abs(review - chosen.ReviewFrom) >= SameBins || Math.Abs(block - chosen.BlockFrom) >= SameBins ? 1 : 0;
            regrets.Add(Math.Max(0, Harm(problem(drawn, contents), chosen) - best.Harm) * perContent);
        }

        if (regrets.Count == 0)
        {
            return new(chosen.Harm * perContent, 0, 0, new(0, 0), new(null, null), new(null, null));
        }

        reviews.Sort();
        blocks.Sort();
        regrets.Sort();
        return new OptimumFinding(
            chosen.Harm * perContent, regrets.Count, otherwise / (double)regrets.Count,
            new(regrets.Average(), Quantiles.At(regrets.ToArray(), .95)), Limits(reviews), Limits(blocks));
    }

    private static int[] Clusters(TuningRows rows, out int count)
    {
        var codes = new Dictionary<int, int>();
        int[] clusters = Array.ConvertAll(rows.Rows, row =>
        {
            if (!codes.TryGetValue(row.Cluster, out int code))
            {
                codes[row.Cluster] = code = codes.Count;
            }

            return code;
        });
        count = codes.Count;
        return clusters;
    }

    /// <summary>2.5% to 97.5%; the end of the scale means never.</summary>
    private static CutLimits Limits(List<double> sorted) => new(Cut(Quantiles.At(sorted.ToArray(), .025)), Cut(Quantiles.At(sorted.ToArray(), .975)));

    private static double? Cut(double cut) => cut >= ScoreBin.Cut(ScoreBin.Count) ? null : Math.Min(cut, 1);

    private static double Harm(ThresholdProblem problem, ThresholdChoice.Optimal cuts)
    {
        double harm = 0;
        for (int bin = 0; bin < problem.Safe.Count; bin++)
        {
            harm += bin >= cuts.BlockFrom ? problem.CostFalseBlock * problem.Safe[bin]
                : bin < cuts.ReviewFrom ? problem.CostMissed * problem.Violating[bin]
                : (problem.CostReview * problem.ReviewItems[bin]) + (problem.CostFalseBlock * problem.ErrorOnSafe * problem.Safe[bin])
                    + (problem.CostMissed * problem.ErrorOnViolating * problem.Violating[bin]);
        }

        return harm;
    }

    /// <summary>First bins of the cells: each labelled bin its own, each run between them one; the number of bins ends them.</summary>
    private static int[] Cells(LabelMasses masses)
    {
        var starts = new List<int>();
        bool before = true;
        for (int bin = 0; bin < ScoreBin.Count; bin++)
        {
            bool labelled = masses.Safe[bin] + masses.Violating[bin] > 0;
            if (labelled || before)
            {
                starts.Add(bin);
            }

            before = labelled;
        }

        return [.. starts, ScoreBin.Count];
    }

    private static double[] Sum(double[] bins, int[] starts)
    {
        var cells = new double[starts.Length - 1];
        for (int cell = 0; cell < cells.Length; cell++)
        {
            for (int bin = starts[cell]; bin < starts[cell + 1]; bin++)
            {
                cells[cell] += bins[bin];
            }
        }

        return cells;
    }
}
