using System.Globalization;
using System.Text;
using Moderato.Cli.Input;
using Moderato.Decisions;
using Moderato.Investigation.Sampling;

namespace Moderato.Cli.Output;

/// <summary>Writes contents to label as CSV (CONTRACT, "sample"): UTF-8 without byte order mark, safe to open in a spreadsheet.</summary>
internal static class CodingSheet
{
    private const string Columns =
        "id,cluster_size,text,context,category,score,verdict,inclusion_probability,label,votes,second_label,code,comment";

    /// <param name="filled">What people answered, a line a content; null for a sheet to fill in.</param>
    public static void Write(
        Stream stream, IEnumerable<(DecisionTable Table, DrawnContent Drawn)> contents, bool compared, IReadOnlyList<FilledLine>? filled = null)
    {
        int line = 0;
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(compared ? Columns + ",period" : Columns);
        foreach (var (table, drawn) in contents)
        {
            int row = drawn.Row;
            double score = table.Scores?[row] ?? double.NaN;
            var answer = filled?[line++];
            string[] fields =
            [
                SheetCell.Guarded(table.Ids[row]),
                drawn.ClusterSize.ToString(CultureInfo.InvariantCulture),
                SheetCell.Guarded(table.Texts?[row] ?? ""),
                SheetCell.Guarded(table.Contexts?[row] ?? ""),
                SheetCell.Guarded(table.Category),
                double.IsNaN(score) ? "" : score.ToString("R", CultureInfo.InvariantCulture),
                table.Verdicts[row].ToString().ToLowerInvariant(),
                drawn.InclusionProbability.ToString("R", CultureInfo.InvariantCulture),
                Label(answer?.Label),
                answer is { Votes.Known: true } ? string.Create(CultureInfo.InvariantCulture, $"{answer.Votes.Violating}/{answer.Votes.All}") : "",
                Label(answer?.SecondLabel),
                SheetCell.Guarded(answer?.Code ?? ""),
                "",
            ];
            writer.Write(string.Join(',', fields.Select(Quoted)));
            writer.WriteLine(compared ? "," + (table.IsCurrent(row) ? "current" : "reference") : "");
        }
    }

    /// <summary>
    /// False positives to be coded: columns <c>code</c> and <c>comment</c> to fill in, and no <c>inclusion_probability</c>, which tells this
    /// sheet from one of labels.
    /// </summary>
    public static void WriteToCode(Stream stream, DecisionTable table, IEnumerable<int> rows, bool withTexts)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("id,text,context,category,score,verdict,code,comment");
        foreach (int row in rows)
        {
            double score = table.Scores?[row] ?? double.NaN;
            string[] fields =
            [
                SheetCell.Guarded(table.Ids[row]),
                SheetCell.Guarded(withTexts ? table.Texts?[row] ?? "" : ""),
                SheetCell.Guarded(withTexts ? table.Contexts?[row] ?? "" : ""),
                SheetCell.Guarded(table.Category),
                double.IsNaN(score) ? "" : score.ToString("R", CultureInfo.InvariantCulture),
                table.Verdicts[row].ToString().ToLowerInvariant(),
                SheetCell.Guarded(table.Codes?[row] ?? ""),
                "",
            ];
            writer.WriteLine(string.Join(',', fields.Select(Quoted)));
        }
    }

    private static string Label(sbyte? label) => label is 0 or 1 ? label.Value.ToString(CultureInfo.InvariantCulture) : "";

    private static string Quoted(string field) =>
        field.AsSpan().IndexOfAny(",\"\r\n;\t|") >= 0 || (field.Length > 0 && (field[0] == ' ' || field[^1] == ' '))
            ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : field;
}
