namespace Moderato.Investigation;

/// <summary>Which columns describe what a content is, and which only how, when or by what it was judged.</summary>
public static class ContentColumns
{
    private static readonly HashSet<string> AboutTheJudging = new(
        [
            "provider", "tier", "policy", "action", "verdict", "queue",
            "author", "author_id", "user", "user_id", "author age", "author_age", "account_age", "hour", "weekday", "day", "date", "week", "month",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Whatever else stands in such a name, it names what judged or who labelled.</summary>
    private static readonly string[] NamesOfJudges = ["release", "model", "version", "classifier", "build", "deploy", "reviewer", "annotator", "labeler", "labeller", "vendor", "batch"];

    /// <summary>Columns that describe content by its nature, so that even a complete replacement of their values is news.</summary>
    private static readonly HashSet<string> Descriptive = new(["surface", "language", "lang", "locale", "platform", "app"], StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> Platforms = new(["surface", "platform", "app", "channel", "source", "site", "product", "community"], StringComparer.OrdinalIgnoreCase);

    public static bool DescribesContent(string column) =>
        !AboutTheJudging.Contains(column) && !NamesOfJudges.Any(part => column.Contains(part, StringComparison.OrdinalIgnoreCase));

    public static bool NamesAPlatform(string column) => Platforms.Contains(column);

    public static bool NamesALanguage(string column) => column.ToUpperInvariant() is "LANGUAGE" or "LANG" or "LOCALE";

    public static bool AlwaysDescribesContent(string column) => Descriptive.Contains(column);

    /// <summary>What judged: a release, a model, a policy.</summary>
    public static bool NamesAVersion(string column) =>
        column.ToUpperInvariant() is "POLICY" or "TIER" or "PROVIDER"
        || ((ReadOnlySpan<string>)["release", "model", "version", "classifier", "build", "deploy"]).ToArray().Any(part => column.Contains(part, StringComparison.OrdinalIgnoreCase));
}
