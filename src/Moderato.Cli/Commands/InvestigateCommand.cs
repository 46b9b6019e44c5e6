using System.CommandLine;
using System.Text;
using System.Text.Json;
using Moderato.Cli.Input;
using Moderato.Cli.Output;
using Moderato.Decisions;
using Moderato.Investigation;
using Moderato.Investigation.Findings;
using Moderato.Investigation.Report;
using Moderato.Statistics.Intervals;
using Moderato.Tuning;

namespace Moderato.Cli.Commands;

/// <summary><c>moderato investigate DECISIONS</c>: why is so much flagged, how sure are we, what would each remedy cost.</summary>
public static class InvestigateCommand
{
    private static readonly Option<string?> Out = new("--out") { Description = "Folder for report.html and report.json.", HelpName = "DIR" };
    private static readonly Option<bool> WithTexts = new("--with-texts") { Description = "Put the sampled texts into the report, blurred until asked for." };

    public static Command Create(Terminal terminal)
    {
        var command = new VerbCommand(
            "investigate",
            "Find out why content is wrongly flagged: patterns, shift, confidence, then a diagnosis and a plan.",
            "moderato investigate decisions.csv --since 2026-03-01 --out report",
            "moderato investigate decisions.csv --labelled sheet.csv --objective-fpr 0.03 --json");
        DecisionOptions.AddTo(command);
        command.Options.Add(Out);
        command.Options.Add(WithTexts);
        command.Options.Add(CommonOptions.PerDay);
        command.Options.Add(CommonOptions.Seed);
        command.Options.Add(CommonOptions.Json);
        return command.Does((parse, cancel) => Run(parse, terminal, cancel));
    }

    private static int Run(ParseResult parse, Terminal terminal, CancellationToken cancel)
    {
        var log = DecisionLog.Read(DecisionOptions.Query(parse, terminal), cancel);
        foreach (string assumed in log.Report.Assumed)
        {
            terminal.Note(assumed);
        }

        var (table, findings) = Worst(log, new InvestigationOptions
        {
            ObjectiveFpr = parse.GetValue(DecisionOptions.ObjectiveFpr),
            Seed = parse.GetValue(CommonOptions.Seed),
            ContentsPerDay = CommonOptions.ContentsPerDay(parse),
            RejectedRows = log.Report.Rejected,
        });
        IReadOnlyList<string> files = parse.GetValue(Out) is { } folder
            ? WriteReport(folder, findings, TuningOf(table, parse), parse.GetValue(WithTexts) ? table : null, terminal.Time)
            : [];
        if (parse.GetValue(CommonOptions.Json))
        {
            terminal.WriteJson(findings);
        }
        else
        {
            string decisions = string.Join(' ', parse.GetValue(DecisionOptions.Decisions)!);
            InvestigationSummary.Write(terminal, findings, terminal.Time.LocalTimeZone, files, Next(findings, decisions));
        }

        return ExitCode.Done;
    }

    /// <summary>The trade-off of the thresholds, for the report's pictures; nothing can be moved without scores.</summary>
    private static TuningFindings? TuningOf(DecisionTable table, ParseResult parse) => table.Scores is null
        ? null
        : TuningRun.Of(table, new TuningOptions { ContentsPerDay = CommonOptions.ContentsPerDay(parse) });

    private static string[] WriteReport(string folder, InvestigationFindings findings, TuningFindings? tuning, DecisionTable? withTexts, TimeProvider time)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new InputException("--out", $"the folder {folder} cannot be made", "name a folder that you may write to, and that is not a file");
        }

        string html = Path.Combine(folder, "report.html"), json = Path.Combine(folder, "report.json");
        var options = new ReportOptions("Why is safe content flagged?", time.GetUtcNow(), time.LocalTimeZone)
        {
            Texts = withTexts is null ? null : TextsShown(withTexts, findings),
        };
        AtomicFile.Write(html, stream => stream.Write(Encoding.UTF8.GetBytes(InvestigationReport.Html(findings, options, tuning))));
        AtomicFile.Write(json, stream => JsonSerializer.Serialize(stream, findings, ContractJson.Options));
        return [html, json];
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

    private static string Next(InvestigationFindings findings, string decisions) => findings.LabelNext.Count > 0
        ? $"moderato sample {decisions} --budget {findings.LabelNext.Sum(next => next.Additional)} --out sheet.csv"
        : $"moderato tune {decisions}";

    // Each category is investigated; the one with the most false positives to explain comes first and is the report's.
    private static (DecisionTable Table, InvestigationFindings Findings) Worst(DecisionLog log, InvestigationOptions options)
    {
        var all = log.Tables.Select(table => (Table: table, Findings: InvestigationRun.Of(table, options)))
            .OrderBy(one => one.Findings.Diagnosis[0].Cause == Causes.None)
            .ThenByDescending(one => one.Findings.Rates.Fpr is Rate.Known fpr ? fpr.Estimate : 0)
            .ThenByDescending(one => one.Findings.Rates.FlagRate is Rate.Known flags ? flags.Estimate : 0)
            .ToList();
        var others = all.Skip(1).Select(one => one.Findings).ToList();
        return (all[0].Table, others.Count == 0 ? all[0].Findings : all[0].Findings with { Others = others });
    }
}
