using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Moderato.Cli.Input;
using Moderato.Cli.Output;
using Moderato.Decisions;
using Moderato.Investigation;
using Moderato.Investigation.Findings;

namespace Moderato.Cli.Commands;

/// <summary><c>moderato investigate DECISIONS</c>: why is so much flagged, how sure are we, what would each remedy cost.</summary>
public static class InvestigateCommand
{
    private static readonly Option<string?> Out = new("--out") { Description = "Folder for report.html and report.json.", HelpName = "DIR" };
    private static readonly Option<bool> WithTexts = new("--with-texts") { Description = "Put the sampled texts into the report, blurred until asked for." };
    private static readonly Option<double?> PerDay = new("--per-day") { Description = "Contents a day, where the log has no time.", HelpName = "N" };

    public static Command Create(Terminal terminal)
    {
        var command = new VerbCommand(
            "investigate",
            "Find out why content is wrongly flagged: patterns, shift, confidence, then a diagnosis and a plan.",
            "moderato investigate decisions.csv --since 2026-03-01 --out report",
            "moderato investigate decisions.csv --labelled sheet.csv --objective-fpr 0.03 --json");
        DecisionOptions.AddTo(command);
        command.Options.Add(DecisionOptions.Labelled);
        command.Options.Add(Out);
        command.Options.Add(WithTexts);
        command.Options.Add(PerDay);
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

        var findings = Worst(log, new InvestigationOptions
        {
            ObjectiveFpr = parse.GetValue(DecisionOptions.ObjectiveFpr),
            Seed = parse.GetValue(CommonOptions.Seed),
            ContentsPerDay = parse.GetValue(PerDay),
            RejectedRows = log.Report.Rejected,
        });
        if (parse.GetValue(Out) is { } folder)
        {
            Directory.CreateDirectory(folder);
            AtomicFile.Write(Path.Combine(folder, "report.json"), stream => JsonSerializer.Serialize(stream, findings, ContractJson.Options));
        }

        if (parse.GetValue(CommonOptions.Json))
        {
            terminal.WriteJson(findings);
        }
        else
        {
            terminal.Output.WriteLine(findings.Answer);
            foreach (var remedy in findings.Plan)
            {
                terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {remedy.Horizon}: {remedy.Statement}"));
            }
        }

        return ExitCode.Done;
    }

    // Each category is investigated; the one with the most excess comes first and is the report's.
    private static InvestigationFindings Worst(DecisionLog log, InvestigationOptions options) =>
        log.Tables.Select(table => InvestigationRun.Of(table, options))
            .OrderBy(findings => findings.Diagnosis[0].Cause == Causes.None)
            .First();
}
