using Moderato.Releases;
using Moderato.Statistics.Curves;
using Moderato.Statistics.Intervals;

namespace Moderato.Improvement.Training;

/// <summary>Chooses the two cuts of a category on contents judged by models that never saw them.</summary>
public static class CutChoice
{
    /// <summary>A set with fewer contents of either class says too little on where to cut.</summary>
    private const int LeastOfEach = 30;

    /// <summary>What is blocked without a person must be right at least this often, at natural prevalence.</summary>
    private const double LeastPrecision = .9;

    /// <summary>
    /// The least score that is not told from the best: the best has the greatest mean over the sets of their macro-F1, and from it
    /// downwards a cut counts as good while the mean of the sets' paired differences is within its standard error (the rule of one
    /// standard error, Breiman et al. 1984). What is flagged here goes to a person, so that among equals the cut that misses less is
    /// taken; and a few sets say where the best stretch is, not where its top is.
    /// </summary>
    public static double ReviewFrom(JudgedContents contents, CalibrationMap map)
    {
        var sets = Enumerable.Range(0, contents.Raw.Length)
            .GroupBy(i => contents.Groups[i])
            .Select(group => contents.At(group))
            .Where(set => set.Positives >= LeastOfEach && set.Raw.Length - set.Positives >= LeastOfEach)
            .Select(set => MacroF1ByCut(set, map))
            .ToList();
        if (sets.Count == 0)
        {
            sets = [MacroF1ByCut(contents, map)];
        }

        int best = Enumerable.Range(1, ScoreBin.Count - 1).MaxBy(bin => sets.Sum(set => set[bin]));
        int least = best;
        while (least > 1 && IsAsGood(sets, least - 1, best))
        {
            least--;
        }

        return ScoreBin.Cut(least);
    }

    private static bool IsAsGood(List<double[]> sets, int bin, int best)
    {
        double[] worse = [.. sets.Select(set => set[best] - set[bin])];
        double mean = worse.Average();
        double variance = worse.Sum(difference => (difference - mean) * (difference - mean)) / Math.Max(worse.Length - 1, 1);
        return mean <= Math.Sqrt(variance / worse.Length);
    }

    /// <summary>
    /// The least score from which the lower 95% limit (Clopper–Pearson, one-sided) of precision is at least .9; null when there is none
    /// and nothing may be blocked by this model alone.
    /// </summary>
    /// <param name="natural">A random sample of natural traffic; without one no precision is known.</param>
    public static double? BlockFrom(JudgedContents? natural, CalibrationMap map)
    {
        if (natural is null)
        {
            return null;
        }

        var order = Enumerable.Range(0, natural.Raw.Length).Select(i => (Bin: ScoreBin.Of(map.Score(natural.Raw[i])), Violating: natural.Violating[i]))
            .OrderByDescending(content => content.Bin).ToList();
        double? least = null;
        int right = 0;
        for (int i = 0; i < order.Count; i++)
        {
            right += order[i].Violating ? 1 : 0;
            bool ends = i + 1 == order.Count || order[i + 1].Bin < order[i].Bin;
            if (ends && ClopperPearsonInterval.LowerBound(right, i + 1) >= LeastPrecision)
            {
                least = ScoreBin.Cut(order[i].Bin);
            }
        }

        return least;
    }

    private static double[] MacroF1ByCut(JudgedContents set, CalibrationMap map)
    {
        var violating = new double[ScoreBin.Count];
        var safe = new double[ScoreBin.Count];
        for (int i = 0; i < set.Raw.Length; i++)
        {
            (set.Violating[i] ? violating : safe)[ScoreBin.Of(map.Score(set.Raw[i]))]++;
        }

        double positives = violating.Sum(), negatives = safe.Sum();
        double caught = 0, wrong = 0;
        var macro = new double[ScoreBin.Count];
        for (int bin = ScoreBin.Count - 1; bin >= 0; bin--)
        {
            caught += violating[bin];
            wrong += safe[bin];
            macro[bin] = (caught / (positives + caught + wrong)) + ((negatives - wrong) / ((2 * negatives) - wrong + positives - caught));
        }

        return macro;
    }
}
