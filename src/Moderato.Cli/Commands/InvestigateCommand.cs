using System.CommandLine;
using Moderato.Cli.Input;
using Moderato.Cli.Output;
using Moderato.Decisions;
using Moderato.Investigation;
using Moderato.Investigation.Findings;
using Moderato.Investigation.Patterns;
using Moderato.Statistics.Intervals;
using Moderato.Tuning;

namespace Moderato.Cli.Commands;

/// <summary><c>moderato investigate DECISIONS</c>: why is so much flagged, how sure are we, what would each remedy cost.</summary>
public static class InvestigateCommand
{
    private static readonly Option<string?> Out = new("--out") { Description = "Folder for report.html, report.json and false-positives.csv, a sheet to code.", HelpName = "DIR" };
    private static readonly Option<bool> WithTexts = new("--with-texts") { Description = "Put the sampled texts into these files; in the report they are blurred until asked for." };

    private static readonly Option<int?> TopSlices = new("--top-slices")
    {
        Description = "Also list SliceLine's exact top N slices of the false positives, neither tested nor held out.",
        HelpName = "N",
    };

    public static Command Create(Terminal terminal)
    {
        var command = new VerbCommand(
            "investigate",
            "Find out why content is wrongly flagged: patterns, shift, confidence, then a diagnosis and a plan.",
            "moderato investigate decisions.csv --since 2026-03-01 --out report",
            "moderato investigate log.csv --labelled sheet.csv --objective-fpr 0.03 --json",
            "moderato investigate --data ./moderato-data");
        DecisionOptions.AddTo(command);
        command.Options.Add(Out);
        command.Options.Add(WithTexts);
        command.Options.Add(TopSlices);
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
            TopSlices = TopSlicesAsked(parse),
            RejectedRows = log.Report.Rejected,
        });
        foreach (var gap in findings.NotAssessed.Where(gap => gap.IsOfLabels))
        {
            terminal.Note($"Not assessed: {gap.What}: {gap.Why}.");
        }

        IReadOnlyList<string> files = parse.GetValue(Out) is { } folder
            ? ReportFiles.Write(folder, "--out", findings, TuningOf(table, parse), table, parse.GetValue(WithTexts), terminal.Time)
            : [];
        if (parse.GetValue(CommonOptions.Json))
        {
            terminal.WriteJson(findings);
        }
        else
        {
            InvestigationSummary.Write(terminal, findings, terminal.Time.LocalTimeZone, files, Next(findings, parse));
        }

        return ExitCode.Done;
    }

    private static int? TopSlicesAsked(ParseResult parse) => parse.GetValue(TopSlices) is not { } asked ? null
        : asked is >= 1 and <= 1000 ? asked : throw new InputException("--top-slices", $"{asked}", "give a number from 1 to 1000");

    /// <summary>The trade-off of the thresholds, for the report's pictures; nothing can be moved without scores.</summary>
    private static TuningFindings? TuningOf(DecisionTable table, ParseResult parse) => table.Scores is null
        ? null
        : TuningRun.Of(table, new TuningOptions { ContentsPerDay = CommonOptions.ContentsPerDay(parse) });

    private static string Next(InvestigationFindings findings, ParseResult parse) => findings.LabelNext.Count > 0
        ? NextCommand.Of(parse, "sample", "--budget", $"{findings.LabelNext.Sum(next => next.Additional)}", "--out", "sheet.csv")
        : NextCommand.Of(parse, "tune", NextCommand.Sheet(parse));

    // Each category is investigated; the one with the most false positives to explain comes first and is the report's.
    private static (DecisionTable Table, InvestigationFindings Findings) Worst(DecisionLog log, InvestigationOptions options)
    {
        // The report's trade-off counts near-duplicates too: they are worked out once.
        var all = log.Tables.Select(table => table.Texts is null ? table : table with { Clusters = ContentClusters.In(table).Of })
            .Select(table => (Table: table, Findings: InvestigationRun.Of(table, options)))
            .OrderBy(one => one.Findings.Diagnosis[0].Cause == Causes.None)
            .ThenByDescending(one => one.Findings.Rates.Fpr is Rate.Known fpr ? fpr.Estimate : 0)
            .ThenByDescending(one => one.Findings.Rates.FlagRate is Rate.Known flags ? flags.Estimate : 0)
            .ToList();
        var others = all.Skip(1).Select(one => one.Findings).ToList();
        return (all[0].Table, others.Count == 0 ? all[0].Findings : all[0].Findings with { Others = others });
    }
}
