using System.Text;
using System.Text.Json;
using Moderato.Cli.Input;
using Moderato.Decisions;
using Moderato.Investigation.Findings;
using Moderato.Investigation.Report;
using Moderato.Tuning;

namespace Moderato.Cli.Output;

/// <summary>The report of an investigation as two files: one to read, one for programs.</summary>
internal static class ReportFiles
{
    public const string Html = "report.html";
    public const string Json = "report.json";

    /// <param name="option">The option that named the folder, for the message when it cannot be made.</param>
    /// <param name="withTexts">The decisions, when the report is to show texts; null keeps it free of content.</param>
    /// <returns>The paths of the files.</returns>
    /// <exception cref="InputException">The folder cannot be made or written to.</exception>
    public static IReadOnlyList<string> Write(
        string folder, string option, InvestigationFindings findings, TuningFindings? tuning, DecisionTable? withTexts, TimeProvider time)
    {
        MakeFolder(folder, option);
        string html = Path.Combine(folder, Html), json = Path.Combine(folder, Json);
        var options = new ReportOptions("Why is safe content flagged?", time.GetUtcNow(), time.LocalTimeZone)
        {
            Texts = withTexts is null ? null : TextsShown(withTexts, findings),
        };
        AtomicFile.Write(html, stream => stream.Write(Encoding.UTF8.GetBytes(InvestigationReport.Html(findings, options, tuning))));
        AtomicFile.Write(json, stream => JsonSerializer.Serialize(stream, findings, ContractJson.Options));
        return [html, json];
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
