using System.Text;
using System.Text.Json;
using Moderato.Cli.Input;
using Moderato.Decisions;
using Moderato.Investigation.Findings;
using Moderato.Investigation.Report;
using Moderato.Tuning;

namespace Moderato.Cli.Output;

/// <summary>The report of an investigation: one file to read, one for programs, and the sample of false positives as a sheet to code.</summary>
internal static class ReportFiles
{
    public const string Html = "report.html";
    public const string Json = "report.json";
    public const string ToCode = "false-positives.csv";

    /// <param name="option">The option that named the folder, for the message when it cannot be made.</param>
    /// <param name="withTexts">Whether the files may hold content; without, ids only.</param>
    /// <returns>The paths of the files.</returns>
    /// <exception cref="InputException">The folder cannot be made or written to.</exception>
    public static IReadOnlyList<string> Write(
        string folder, string option, InvestigationFindings findings, TuningFindings? tuning, DecisionTable table, bool withTexts, TimeProvider time)
    {
        MakeFolder(folder, option);
        string html = Path.Combine(folder, Html), json = Path.Combine(folder, Json);
        var options = new ReportOptions("Why is safe content flagged?", time.GetUtcNow(), time.LocalTimeZone)
        {
            Texts = withTexts ? TextsShown(table, findings) : null,
        };
        AtomicFile.Write(html, stream => stream.Write(Encoding.UTF8.GetBytes(InvestigationReport.Html(findings, options, tuning))));
        AtomicFile.Write(json, stream => JsonSerializer.Serialize(stream, findings, ContractJson.Options));
        if (!findings.Patterns.SampleIsOfFalsePositives || findings.Patterns.Sample.Count == 0)
        {
            return [html, json];
        }

        string toCode = Path.Combine(folder, ToCode);
        AtomicFile.Write(toCode, stream => CodingSheet.WriteToCode(stream, table, RowsOf(table, findings.Patterns.Sample), withTexts));
        return [html, json, toCode];
    }

    /// <summary>In the order of the sample, which is random.</summary>
    private static IEnumerable<int> RowsOf(DecisionTable table, IReadOnlyList<SampledContent> sample)
    {
        var wanted = sample.Select(content => content.Id).ToHashSet();
        var rows = new Dictionary<string, int>();
        for (int row = 0; row < table.Count && rows.Count < wanted.Count; row++)
        {
            if (table.IsCurrent(row) && table.Verdicts[row] == Verdict.Violating && table.Ids[row] is var id && wanted.Contains(id))
            {
                rows.TryAdd(id, row);
            }
        }

        return sample.Select(content => rows[content.Id]);
    }

    public static void MakeFolder(string folder, string option)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new InputException(option, $"the folder {folder} cannot be made", "name a folder that you may write to, and that is not a file");
        }
    }

    private static Dictionary<string, string> TextsShown(DecisionTable table, InvestigationFindings findings)
    {
        var texts = new Dictionary<string, string>();
        if (table.Texts is null)
        {
            return texts;
        }

        var shown = findings.Patterns.Sample.Select(content => content.Id).Concat(findings.Patterns.Slices.SelectMany(slice => slice.Examples)).ToHashSet();
        for (int row = 0; row < table.Count && shown.Count > 0; row++)
        {
            if (table.Ids[row] is var id && shown.Remove(id))
            {
                texts[id] = table.Texts[row];
            }
        }

        return texts;
    }
}
