using Moderato.Decisions;
using Moderato.Investigation.Findings;
using Moderato.Statistics.Intervals;

namespace Moderato.Investigation.Shift;

/// <summary>The log day by day, for the picture of when it began: contents, and how many of them were flagged.</summary>
internal static class DaySeries
{
    /// <summary>Later days than this after the first are left out: a wrong year in one row is no series.</summary>
    private const int MostDays = 3_660;

    private const double Confidence = 0.95;

    /// <summary>UTC days from the first to the last; a day without contents has no flag rate. Empty without times.</summary>
    public static IReadOnlyList<DayFinding> Of(DecisionTable table)
    {
        if (table.Times is not { } times)
        {
            return [];
        }

        long first = long.MaxValue, last = 0;
        foreach (long time in times)
        {
            if (time > 0)
            {
                first = Math.Min(first, time / TimeSpan.TicksPerDay);
                last = Math.Max(last, time / TimeSpan.TicksPerDay);
            }
        }

        if (last == 0)
        {
            return [];
        }

        int days = (int)Math.Min(last - first + 1, MostDays);
        long[] contents = new long[days], flagged = new long[days], reference = new long[days];
        for (int row = 0; row < times.Length; row++)
        {
            long day = (times[row] / TimeSpan.TicksPerDay) - first;
            if (times[row] > 0 && day < days)
            {
                contents[day]++;
                flagged[day] += table.Verdicts[row] == Verdict.Violating ? 1 : 0;
                reference[day] += table.IsCurrent(row) ? 0 : 1;
            }
        }

        return [.. Enumerable.Range(0, days).Select(day => new DayFinding(
            DateOnly.FromDayNumber((int)first + day), contents[day],
            contents[day] == 0 || !table.IsDecided ? null : WilsonInterval.Rate(flagged[day], contents[day], "contents of the day", "all rows", Confidence))
            {
                IsReference = reference[day] * 2 > contents[day],
            })];
    }
}
