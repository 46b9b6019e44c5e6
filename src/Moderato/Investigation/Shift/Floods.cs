using Moderato.Investigation.Findings;

namespace Moderato.Investigation.Shift;

/// <summary>
/// Near-duplicate clusters of the current period posted over and over: either many within a day while hardly before or after, or,
/// where the text is long enough not to be everybody's "thanks", a share of all contents that it did not have before.
/// </summary>
internal static class Floods
{
    private const int LeastContents = 20;
    private const int Most = 10;

    /// <summary>Contents within 24 hours over contents a day outside of them.</summary>
    private const double LeastJump = 5;

    private const double LeastShare = .005;
    private const double LeastGrowth = 3;

    /// <summary>A text of fewer bytes may be written by many without any of them copying it.</summary>
    private const int LeastBytes = 40;

    /// <summary>Most contents first.</summary>
    public static IReadOnlyList<Flood> Of(Evidence evidence) =>
    [
        .. Clusters(evidence).Select(rows => OfCluster(evidence, rows)).OfType<Flood>()
            .OrderByDescending(flood => flood.Contents).ThenBy(flood => flood.ExampleId, StringComparer.Ordinal).Take(Most),
    ];

    private static IEnumerable<int[]> Clusters(Evidence evidence)
    {
        var sizes = new int[evidence.ClusterCount];
        foreach (int cluster in evidence.Clusters)
        {
            sizes[cluster]++;
        }

        var rowsOf = new Dictionary<int, List<int>>();
        for (int row = 0; row < evidence.Clusters.Length; row++)
        {
            int cluster = evidence.Clusters[row];
            if (sizes[cluster] >= LeastContents)
            {
                if (!rowsOf.TryGetValue(cluster, out var rows))
                {
                    rowsOf.Add(cluster, rows = new(sizes[cluster]));
                }

                rows.Add(row);
            }
        }

        return rowsOf.Values.Select(rows => rows.ToArray());
    }

    private static Flood? OfCluster(Evidence evidence, int[] rows)
    {
        var table = evidence.Table;
        int[] current = Array.FindAll(rows, table.IsCurrent);
        if (current.Length < LeastContents)
        {
            return null;
        }

        if (table.Times is { } times)
        {
            int[] timed = Array.FindAll(rows, row => times[row] > 0);
            long[] at = Array.ConvertAll(timed, row => times[row]);
            Array.Sort(at, timed);
            if (at.Length >= LeastContents && Jump(table.Times, at, timed) is { } run && run.Any(table.IsCurrent))
            {
                return Found(evidence, run);
            }
        }

        return IsNewAndLong(evidence, rows, current) ? Found(evidence, current) : null;
    }

    /// <summary>The posts around the densest 24 hours with no gap of a day between them; null where they are no jump.</summary>
    private static int[]? Jump(long[] allTimes, long[] at, int[] rows)
    {
        int from = 0, bestFrom = 0, best = 0;
        for (int to = 0; to < at.Length; to++)
        {
            while (at[to] - at[from] >= TimeSpan.TicksPerDay)
            {
                from++;
            }

            if (to - from + 1 > best)
            {
                (best, bestFrom) = (to - from + 1, from);
            }
        }

        long first = long.MaxValue, last = 0;
        foreach (long time in allTimes)
        {
            if (time > 0)
            {
                (first, last) = (Math.Min(first, time), Math.Max(last, time));
            }
        }

        double otherDays = Math.Max(1, ((last - first) / (double)TimeSpan.TicksPerDay) - 1);
        if (best < LeastContents || best < LeastJump * (at.Length - best) / otherDays)
        {
            return null;
        }

        int start = bestFrom, end = bestFrom + best - 1;
        while (start > 0 && at[start] - at[start - 1] < TimeSpan.TicksPerDay)
        {
            start--;
        }

        while (end + 1 < at.Length && at[end + 1] - at[end] < TimeSpan.TicksPerDay)
        {
            end++;
        }

        return rows[start..(end + 1)];
    }

    private static bool IsNewAndLong(Evidence evidence, int[] rows, int[] current)
    {
        var table = evidence.Table;
        if (table.Texts is not { } texts || texts.Utf8(current[0]).Length < LeastBytes)
        {
            return false;
        }

        double all = 0, reference = 0;
        for (int row = 0; row < table.Count; row++)
        {
            _ = table.IsCurrent(row) ? all++ : reference++;
        }

        double share = current.Length / all;
        return share >= LeastShare && (reference == 0 || share >= LeastGrowth * (rows.Length - current.Length) / reference);
    }

    private static Flood Found(Evidence evidence, int[] rows)
    {
        var table = evidence.Table;
        long first = 0, last = 0;
        if (table.Times is { } times && rows.Any(row => times[row] > 0))
        {
            first = rows.Where(row => times[row] > 0).Min(row => times[row]);
            last = rows.Max(row => times[row]);
        }

        int authors = table.Authors is { } who ? rows.Select(row => who.Codes[row]).Where(code => code >= 0).Distinct().Count() : 0;
        return new(table.Ids[rows[0]], rows.Length, authors, Utc(first), Utc(last)) { Flagged = table.IsDecided ? rows.LongCount(evidence.IsFlagged) : null };
    }

    private static DateTimeOffset? Utc(long ticks) => ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
}
