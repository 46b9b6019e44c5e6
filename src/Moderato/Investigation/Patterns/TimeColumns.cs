using Moderato.Decisions;

namespace Moderato.Investigation.Patterns;

/// <summary>Columns that follow from the times of a log: hour, weekday, and whether the author is new.</summary>
internal static class TimeColumns
{
    /// <summary>An author is new for a day from the first content in the log on.</summary>
    private const long NewFor = TimeSpan.TicksPerDay;

    /// <summary>In the first week of a log everybody is new to it, which says nothing.</summary>
    private const long Unknown = 7 * TimeSpan.TicksPerDay;

    private const int HoursPerBand = 3;

    public static IEnumerable<CodedColumn> Of(DecisionTable table)
    {
        if (table.Times is not { } times)
        {
            yield break;
        }

        long first = long.MaxValue, last = 0;
        foreach (long time in times)
        {
            if (time > 0)
            {
                first = Math.Min(first, time);
                last = Math.Max(last, time);
            }
        }

        if (last - first >= TimeSpan.TicksPerDay)
        {
            yield return new("hour", Coded(times, 24 / HoursPerBand, time => time.Hour / HoursPerBand), HourNames());
        }

        if (last - first >= 7 * TimeSpan.TicksPerDay)
        {
            yield return new("weekday", Coded(times, 7, time => (int)time.DayOfWeek), Enum.GetNames<DayOfWeek>());
        }

        if (table.Authors is { } authors && last - first > 2 * Unknown)
        {
            yield return AuthorAge(authors, times, first);
        }
    }

    private static CodedColumn AuthorAge(CodedColumn authors, long[] times, long first)
    {
        var since = new long[authors.Values.Count];
        Array.Fill(since, long.MaxValue);
        for (int row = 0; row < times.Length; row++)
        {
            if (authors.Codes[row] is var author and >= 0 && times[row] > 0)
            {
                since[author] = Math.Min(since[author], times[row]);
            }
        }

        return new("author age", RowCodes.Build(times.Length, 2, Age), ["first day", "known"]);

        int Age(int row)
        {
            int author = authors.Codes[row];
            return author < 0 || times[row] < first + Unknown ? CodedColumn.Missing : times[row] - since[author] < NewFor ? 0 : 1;
        }
    }

    private static RowCodes Coded(long[] times, int values, Func<DateTime, int> codeOf) =>
        RowCodes.Build(times.Length, values, row => times[row] > 0 ? codeOf(new DateTime(times[row])) : CodedColumn.Missing);

    private static string[] HourNames() =>
        [.. Enumerable.Range(0, 24 / HoursPerBand).Select(band => $"{band * HoursPerBand:00}–{(band * HoursPerBand) + HoursPerBand - 1:00} h UTC")];
}
