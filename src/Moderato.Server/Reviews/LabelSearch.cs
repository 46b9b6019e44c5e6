using System.Globalization;
using Moderato.Decisions;

namespace Moderato.Server.Reviews;

/// <summary>Which labels are asked for, oldest first, a page at a time.</summary>
public sealed record LabelSearch(string? ContentId, string? Category, LabelSource? Source, long After, int Limit)
{
    private const int DefaultLimit = 100;

    private const int MostLimit = 1_000;

    /// <summary>What a label's source is called.</summary>
    public static IReadOnlyList<string> Sources { get; } = [.. Enum.GetValues<LabelSource>().Where(source => source != LabelSource.Unknown).Select(LabelAnswer.SourceName)];

    public static LabelSource SourceOf(string name) => Enum.Parse<LabelSource>(name, ignoreCase: true);

    /// <summary>Reads a query string; what is wrong is added to <paramref name="errors"/>, all of it.</summary>
    public static LabelSearch Read(IQueryCollection query, List<FieldError> errors)
    {
        foreach (string name in query.Keys.Where(name => name is not ("contentId" or "category" or "source" or "after" or "limit")))
        {
            errors.Add(new(name, "an unknown parameter", "use contentId, category, source, after, limit"));
        }

        string? source = query["source"];
        if (source is not null && !Sources.Contains(source))
        {
            errors.Add(new("source", $"\"{source}\"", $"give one of {string.Join(", ", Sources)}"));
            source = null;
        }

        string? category = query["category"];
        if (category is not null && !Policies.Category.IsKnown(category))
        {
            errors.Add(new("category", $"\"{category}\"", $"give one of {string.Join(", ", Policies.Category.All)}"));
        }

        return new(
            query["contentId"], category, source is null ? null : SourceOf(source),
            Whole(query, "after", 0, long.MaxValue, "give the \"next\" of the page before", errors),
            (int)Whole(query, "limit", DefaultLimit, MostLimit, FormattableString.Invariant($"give a whole number from 1 to {MostLimit}"), errors));
    }

    private static long Whole(IQueryCollection query, string name, long missing, long most, string remedy, List<FieldError> errors)
    {
        string? value = query[name];
        if (value is null)
        {
            return missing;
        }

        if (long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number > 0 && number <= most)
        {
            return number;
        }

        errors.Add(new(name, $"\"{value}\"", remedy));
        return missing;
    }
}
