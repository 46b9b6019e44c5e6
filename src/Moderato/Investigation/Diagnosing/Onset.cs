using Moderato.Decisions;

namespace Moderato.Investigation.Diagnosing;

/// <summary>When something began, in days.</summary>
public static class Onset
{
    /// <summary>
    /// The day from which marked rows are a larger part of all rows: the change point of the most likely two-step binomial
    /// series over days. Null without times, with fewer than three days, or where the second step is not the higher one.
    /// </summary>
    public static DateTimeOffset? Of(Evidence evidence, bool[] marked)
    {
        if (evidence.Table.Times is not { } times)
        {
            return null;
        }

        var days = new SortedDictionary<long, (long Marked, long All)>();
        for (int row = 0; row < times.Length; row++)
        {
            if (times[row] > 0)
            {
                long day = times[row] / TimeSpan.TicksPerDay;
                var (m, a) = days.GetValueOrDefault(day);
                days[day] = (m + (marked[row] ? 1 : 0), a + 1);
            }
        }

        var series = days.ToArray();
        if (series.Length < 3)
        {
            return null;
        }

        long markedAll = series.Sum(d => d.Value.Marked), rows = series.Sum(d => d.Value.All);
        double best = LogLikelihood(markedAll, rows);
        long? onset = null;
        long markedBefore = 0, rowsBefore = 0;
        for (int d = 0; d + 1 < series.Length; d++)
        {
            markedBefore += series[d].Value.Marked;
            rowsBefore += series[d].Value.All;
            bool rises = (markedAll - markedBefore) / (double)(rows - rowsBefore) > markedBefore / (double)rowsBefore;
            double likelihood = LogLikelihood(markedBefore, rowsBefore) + LogLikelihood(markedAll - markedBefore, rows - rowsBefore);
            if (rises && likelihood > best)
            {
                (best, onset) = (likelihood, series[d + 1].Key);
            }
        }

        return onset is { } day0 ? new DateTimeOffset(day0 * TimeSpan.TicksPerDay, TimeSpan.Zero) : null;
    }

    /// <summary>The day from which more was flagged.</summary>
    public static DateTimeOffset? OfFlags(Evidence evidence) =>
        Of(evidence, [.. evidence.Table.Verdicts.Select(verdict => verdict == Verdict.Violating)]);

    private static double LogLikelihood(long hits, long all)
    {
        double p = hits / (double)all;
        return p is 0 or 1 ? 0 : (hits * Math.Log(p)) + ((all - hits) * Math.Log(1 - p));
    }
}
