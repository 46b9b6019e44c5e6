using System.Globalization;
using Moderato.Decisions;

namespace Moderato.Server.Decisions;

/// <summary>Which decisions are asked for, newest first, a page at a time.</summary>
public sealed record DecisionSearch
{
    public const int DefaultLimit = 100;

    public const int MostLimit = 1_000;

    private static readonly string[] Verdicts = ["safe", "borderline", "violating"];

    public Verdict? Verdict { get; init; }

    public string? Category { get; init; }

    public string? Author { get; init; }

    public string? Release { get; init; }

    public string? ContentId { get; init; }

    public DateTimeOffset? From { get; init; }

    /// <summary>Not included.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Where the page before ended.</summary>
    public PagePlace? After { get; init; }

    public int Limit { get; init; } = DefaultLimit;

    /// <summary>Reads a query string; what is wrong is added to <paramref name="errors"/>, all of it.</summary>
    public static DecisionSearch Read(IQueryCollection query, List<FieldError> errors)
    {
        foreach (string name in query.Keys.Where(name => name is not ("verdict" or "category" or "author" or "release" or "contentId" or "from" or "to" or "after" or "limit")))
        {
            errors.Add(new(name, "an unknown parameter", "use verdict, category, author, release, contentId, from, to, after, limit"));
        }

        return new()
        {
            Verdict = One(query, "verdict", Verdicts, errors) is { } verdict ? (Verdict)Array.IndexOf(Verdicts, verdict) : null,
            Category = One(query, "category", Policies.Category.All, errors),
            Author = query["author"],
            Release = query["release"],
            ContentId = query["contentId"],
            From = Time(query, "from", errors),
            To = Time(query, "to", errors),
            After = Place(query, errors),
            Limit = LimitOf(query, errors),
        };
    }

    private static string? One(IQueryCollection query, string name, IReadOnlyList<string> values, List<FieldError> errors)
    {
        string? value = query[name];
        if (value is null || values.Contains(value))
        {
            return value;
        }

        errors.Add(new(name, $"\"{value}\"", $"give one of {string.Join(", ", values)}"));
        return null;
    }

    private static DateTimeOffset? Time(IQueryCollection query, string name, List<FieldError> errors)
    {
        string? value = query[name];
        if (value is null)
        {
            return null;
        }

        if (DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time;
        }

        errors.Add(new(name, $"\"{value}\"", "give an ISO 8601 time such as 2026-03-01T12:00:00Z (a + as %2B)"));
        return null;
    }

    private static PagePlace? Place(IQueryCollection query, List<FieldError> errors)
    {
        string? value = query["after"];
        var place = value is null ? null : PagePlace.Parse(value);
        if (value is not null && place is null)
        {
            errors.Add(new("after", $"\"{value}\"", "give the \"next\" of the page before"));
        }

        return place;
    }

    private static int LimitOf(IQueryCollection query, List<FieldError> errors)
    {
        string? value = query["limit"];
        if (value is null)
        {
            return DefaultLimit;
        }

        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int limit) && limit is > 0 and <= MostLimit)
        {
            return limit;
        }

        errors.Add(new("limit", $"\"{value}\"", FormattableString.Invariant($"give a whole number from 1 to {MostLimit}")));
        return DefaultLimit;
    }
}

/// <summary>A place between two decisions in the order of time, then of sequence.</summary>
public sealed record PagePlace(long Milliseconds, long Sequence)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Milliseconds}-{Sequence}");

    /// <returns>Null where it is no place.</returns>
    public static PagePlace? Parse(string text) =>
        text.Split('-') is [var milliseconds, var sequence]
            && long.TryParse(milliseconds, NumberStyles.None, CultureInfo.InvariantCulture, out long time)
            && long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? new(time, number)
            : null;
}
