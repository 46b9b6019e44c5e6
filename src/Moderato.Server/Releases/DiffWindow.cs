using System.Globalization;
using Moderato.Decisions;

namespace Moderato.Server.Releases;

/// <summary>Which stored contents two releases are compared on.</summary>
/// <param name="To">Not included.</param>
/// <param name="Sample">At most about so many.</param>
/// <param name="LaterTiers">About at most so many of them later tiers are asked; 0: about none.</param>
/// <param name="Seed">Of the draw of these.</param>
public sealed record DiffWindow(DateTimeOffset From, DateTimeOffset To, int Sample, int LaterTiers, int Seed)
{
    private static readonly string[] Known = ["against", "from", "to", "sample", "laterTiers", "seed"];

    private const int DefaultSample = 2_000;

    private const int MostSample = 100_000;

    /// <summary>Reads a query string; what is wrong is added to <paramref name="errors"/>, all of it.</summary>
    public static DiffWindow Read(IQueryCollection query, List<FieldError> errors)
    {
        foreach (string name in query.Keys.Where(name => !Known.Contains(name)))
        {
            errors.Add(new(name, "an unknown parameter", $"use {string.Join(", ", Known)}"));
        }

        var from = Time(query, "from", DateTimeOffset.UnixEpoch, errors);
        var to = Time(query, "to", new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero), errors);
        if (from >= to)
        {
            errors.Add(new("to", "a time that is not after from", "give a later one, or leave it out"));
        }

        return new(
            from, to, Whole(query, "sample", DefaultSample, 1, MostSample, errors),
            Whole(query, "laterTiers", TierTrials.Default, 0, TierTrials.Most, errors), Whole(query, "seed", 1, 0, int.MaxValue, errors));
    }

    private static DateTimeOffset Time(IQueryCollection query, string name, DateTimeOffset absent, List<FieldError> errors)
    {
        string? value = query[name];
        if (value is null)
        {
            return absent;
        }

        if (DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time;
        }

        errors.Add(new(name, $"\"{value}\"", "give an ISO 8601 time such as 2026-03-01T12:00:00Z (a + as %2B)"));
        return absent;
    }

    private static int Whole(IQueryCollection query, string name, int absent, int least, int most, List<FieldError> errors)
    {
        string? value = query[name];
        if (value is null)
        {
            return absent;
        }

        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most)
        {
            return number;
        }

        errors.Add(new(name, $"\"{value}\"", FormattableString.Invariant($"give a whole number from {least} to {most}")));
        return absent;
    }
}
