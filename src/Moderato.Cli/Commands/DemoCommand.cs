using System.CommandLine;
using Moderato.Cli.Demo;
using Moderato.Cli.Output;
using Moderato.Drills.Simulation;
using Moderato.Investigation.Findings;

namespace Moderato.Cli.Commands;

/// <summary><c>moderato demo</c>: a newcomer's first minute.</summary>
public static class DemoCommand
{
    private static readonly Option<string> Incident = new Option<string>("--incident")
    {
        Description = $"The cause to plant: {string.Join(", ", IncidentCatalog.All.Select(known => known.Cause))}.",
        DefaultValueFactory = _ => Causes.NewContent,
        HelpName = "CAUSE",
    }.OneOf([.. IncidentCatalog.All.Select(known => known.Cause)]);

    private static readonly Option<string> Keep = new("--keep")
    {
        Description = "Folder for the report, the decisions, the filled sheet and the truth.",
        DefaultValueFactory = _ => "demo",
        HelpName = "DIR",
    };

    public static Command Create(Terminal terminal)
    {
        var command = new VerbCommand(
            "demo",
            "Plant an incident in simulated traffic, find out why, mend it: a newcomer's first minute.",
            "moderato demo",
            "moderato demo --incident calibration --seed 7 --keep drill");
        command.Options.Add(Incident);
        command.Options.Add(Keep);
        command.Options.Add(CommonOptions.Seed);
        command.Options.Add(CommonOptions.Json);
        return command.Does((parse, cancel) => Run(parse, terminal, cancel));
    }

    private static int Run(ParseResult parse, Terminal terminal, CancellationToken cancel)
    {
        string folder = parse.GetValue(Keep)!;
        ReportFiles.MakeFolder(folder, "--keep");
        var run = DemoRun.Of(parse.GetValue(Incident)!, parse.GetValue(CommonOptions.Seed), cancel);
        DemoFiles.Write(folder, run, terminal.Time);
        if (parse.GetValue(CommonOptions.Json))
        {
            terminal.WriteJson(new
            {
                Planted = run.Incident.Truth.Cause,
                Diagnosed = run.Findings.Diagnosis[0].Cause,
                Before = new { run.Before.Fpr, run.Before.Fnr },
                After = new { run.After.Fpr, run.After.Fnr },
            });
        }
        else
        {
            DemoStory.Write(terminal, run, folder);
        }

        return ExitCode.Done;
    }
}
