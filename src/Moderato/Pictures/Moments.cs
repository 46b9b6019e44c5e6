using System.Globalization;

namespace Moderato.Pictures;

/// <summary>How times and durations are written: in the viewer's zone with the zone named, durations as people say them.</summary>
public static class Moments
{
    /// <summary>"4 Nov".</summary>
    public static string ShortDay(DateOnly day) => day.ToString("d MMM", CultureInfo.InvariantCulture);

    /// <summary>"Tue 4 Nov 2025".</summary>
    public static string Day(DateOnly day) => day.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>"Tue 4 Nov 2025, 14:05 UTC"; without the time at midnight.</summary>
    public static string At(DateTimeOffset moment, TimeZoneInfo zone)
    {
        var there = TimeZoneInfo.ConvertTime(moment, zone);
        string day = there.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture);
        return there.TimeOfDay == TimeSpan.Zero
            ? $"{day} {Zone(zone)}"
            : $"{day}, {there.ToString("HH:mm", CultureInfo.InvariantCulture)} {Zone(zone)}";
    }

    /// <summary>"4 Nov to 9 Nov 2025", one day as itself.</summary>
    public static string Between(DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone)
    {
        DateOnly first = DayOf(from, zone), last = DayOf(to, zone);
        return first == last ? Day(first)
            : first.Year == last.Year ? $"{ShortDay(first)} to {ShortDay(last)} {last.Year}"
            : $"{ShortDay(first)} {first.Year} to {ShortDay(last)} {last.Year}";
    }

    public static DateOnly DayOf(DateTimeOffset moment, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);

    /// <summary>"3 days", "2 h 10 min", "45 s", "120 ms".</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalDays: >= 2 } => $"{Math.Round(span.TotalDays):0} days",
        { TotalHours: >= 1 } => span.Minutes == 0 ? $"{(int)span.TotalHours} h" : $"{(int)span.TotalHours} h {span.Minutes} min",
        { TotalMinutes: >= 1 } => span.Seconds == 0 ? $"{span.Minutes} min" : $"{span.Minutes} min {span.Seconds} s",
        { TotalSeconds: >= 1 } => span.TotalSeconds < 10 ? span.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture) + " s" : $"{span.TotalSeconds:0} s",
        _ => $"{span.TotalMilliseconds:0} ms",
    };

    private static string Zone(TimeZoneInfo zone) => zone.Id is "UTC" or "Etc/UTC" ? "UTC" : zone.Id;
}
