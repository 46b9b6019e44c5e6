using System.Text;
using Moderato.Decisions;
using Moderato.Releases;

namespace Moderato.Cli.Input;

/// <summary>
/// A log with a row a content and a score a category (<c>scores.hate</c>, <c>scores.toxicity</c>), as <c>classify</c> writes it:
/// read as the decisions on one of the categories. The content's own verdict is over all categories and is left aside.
/// </summary>
internal sealed record WideScores(string Category)
{
    private const string ScorePrefix = "scores.";
    private const string LabelPrefix = "labels.";

    /// <summary>The categories that have a score column, if that is how the log has its scores.</summary>
    public static IReadOnlyList<string> Categories(IReadOnlyList<string> columns, ColumnMap map) =>
        columns.Any(column => map.Ours(column).Contains("score"))
            ? []
            : [.. columns.Where(column => column.StartsWith(ScorePrefix, StringComparison.Ordinal)).Select(column => column[ScorePrefix.Length..])];

    /// <summary>What a column is to decisions on the category; scores and labels of the others are nothing to them.</summary>
    public IReadOnlyList<string> Ours(string theirs, ColumnMap map) => theirs switch
    {
        _ when theirs == ScorePrefix + Category => ["score"],
        _ when theirs == LabelPrefix + Category && !map.Names("label") => ["label"],
        _ when theirs.StartsWith(ScorePrefix, StringComparison.Ordinal) || theirs.StartsWith(LabelPrefix, StringComparison.Ordinal) => [],
        "verdict" or "category" or "latencyMs" => [],
        "lang" => ["language"],
        _ => map.Ours(theirs),
    };

    /// <summary>The cuts that the shipped release has for the category, when that release decided.</summary>
    public Cuts? ShippedCuts(RowChunk chunk, int releaseColumn)
    {
        if (releaseColumn < 0 || chunk.Rows == 0)
        {
            return null;
        }

        var shipped = ReleaseFile.LoadShipped().Release;
        return Encoding.UTF8.GetString(chunk[0, releaseColumn]) == shipped.Id && shipped.Thresholds.TryGetValue(Category, out var thresholds)
            ? thresholds.Cuts
            : null;
    }
}
