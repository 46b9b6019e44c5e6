namespace Moderato.Investigation;

/// <summary>Which columns describe what a content is, and which only how, when or by what it was judged.</summary>
public static class ContentColumns
{
    private static readonly HashSet<string> AboutTheJudging = new(
        [
            "release", "model", "model_version", "model_id", "provider", "version", "tier", "policy", "action", "verdict", "reviewer", "queue",
            "author", "author_id", "user", "user_id", "author age", "author_age", "account_age", "hour", "weekday", "day", "date", "week", "month",
        ],
        StringComparer.Ordinal);

    /// <summary>Columns that describe content by its nature, so that even a complete replacement of their values is news.</summary>
    private static readonly HashSet<string> Descriptive = new(["surface", "language", "locale", "platform", "app"], StringComparer.Ordinal);

    public static bool DescribesContent(string column) => !AboutTheJudging.Contains(column);

    public static bool NamesAPlatform(string column) => column is "surface" or "platform" or "app";

    public static bool AlwaysDescribesContent(string column) => Descriptive.Contains(column);
}
