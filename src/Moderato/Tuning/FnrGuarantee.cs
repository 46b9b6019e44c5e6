using System.Globalization;
using Moderato.Decisions;
using Moderato.Pictures;
using Moderato.Statistics.Curves;
using Moderato.Statistics.Thresholds;

namespace Moderato.Tuning;

/// <summary>
/// The highest review cut (the one threshold, where there is no queue) whose FNR is at most a target with a stated confidence:
/// fixed-sequence Learn-then-Test over all cuts from the lowest up, misses among the labelled violating contents counted, a
/// near-duplicate cluster once. Labels must be a simple random sample.
/// </summary>
internal static class FnrGuarantee
{
    /// <summary>The cuts, or why there are none.</summary>
    public static (Cuts? Cuts, string? Why) Of(TuningRows rows, Cuts? today, double maxFnr, double confidence)
    {
        if (Refused(rows) is { } why)
        {
            return (null, why);
        }

        // One row a cluster, its lowest score: the one that is missed first.
        var lowest = new Dictionary<int, int>();
        foreach (var row in rows.Rows)
        {
            if (row.Violating)
            {
                lowest[row.Cluster] = Math.Min(lowest.GetValueOrDefault(row.Cluster, ScoreBin.Count), row.Bin);
            }
        }

        var missedFrom = lowest.Values.Order().ToArray();
        long n = missedFrom.Length;
        int[] candidates = [.. Enumerable.Range(0, ScoreBin.Count).Where(bin => rows.Contents[bin] > 0)];
        var misses = new long[candidates.Length];
        for (int i = 0, missed = 0; i < candidates.Length; i++)
        {
            while (missed < n && missedFrom[missed] < candidates[i])
            {
                missed++;
            }

            misses[i] = missed;
        }

        return LearnThenTest.Choose(misses, n, maxFnr, 1 - confidence) switch
        {
            GuaranteedChoice.Certified(var index, _) => (CutsFrom(candidates[index], today), null),
            GuaranteedChoice.Infeasible infeasible => (null, string.Create(CultureInfo.InvariantCulture,
                $"infeasible: with {Numbers.Count(n)} labelled violating contents not even a threshold that misses none of them is certified; {Numbers.Count(infeasible.LabelsForNoError)} would do")),
            _ => throw new InvalidOperationException(),
        };
    }

    private static string? Refused(TuningRows rows)
    {
        if (rows.Evidence.WhyNoRates is { } why)
        {
            return $"refused: {why}";
        }

        double least = double.PositiveInfinity, most = 0;
        foreach (var row in rows.Rows)
        {
            (least, most) = (Math.Min(least, row.Weight), Math.Max(most, row.Weight));
        }

        return most > least * (1 + 1e-9)
            ? "refused: the labels have unequal inclusion probabilities, and a guarantee needs a simple random sample; label some contents at random"
            : null;
    }

    /// <summary>With a queue only its lower cut moves (the upper one with it where it would be passed), else the one threshold.</summary>
    private static Cuts CutsFrom(int review, Cuts? today)
    {
        double cut = ScoreBin.Cut(review);
        return today is { HasQueue: true } queue
            ? review < queue.BlockBin ? queue with { ReviewFrom = cut } : new Cuts(null, cut)
            : new Cuts(null, cut);
    }
}
