namespace Moderato.Investigation.Report;

/// <param name="Title">Name of the file in a browser's tab and on paper.</param>
/// <param name="GeneratedAt">When the investigation ran.</param>
/// <param name="Zone">The reader's zone; every time is shown in it, and it is named.</param>
public sealed record ReportOptions(string Title, DateTimeOffset GeneratedAt, TimeZoneInfo Zone)
{
    /// <summary>
    /// Texts by content id, blurred until asked for. Null (the default): the report holds no content, so that it can be mailed around.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Texts { get; init; }
}
