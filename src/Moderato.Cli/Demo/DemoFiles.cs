using Moderato.Cli.Output;

namespace Moderato.Cli.Demo;

/// <summary>What a demonstration leaves: everything to run each command on it again, and the truth.</summary>
public static class DemoFiles
{
    public const string Sheet = "sheet.csv";

    public static IReadOnlyList<string> Names { get; } = [ReportFiles.Html, ReportFiles.Json, ReportFiles.ToCode, IncidentFiles.Decisions, Sheet, IncidentFiles.Truth];

    public static void Write(string folder, DemoRun run, TimeProvider time)
    {
        ReportFiles.MakeFolder(folder, "--keep");
        IncidentFiles.WriteDecisions(run.Incident, Path.Combine(folder, IncidentFiles.Decisions));
        IncidentFiles.WriteTruth(run.Incident, Path.Combine(folder, IncidentFiles.Truth));
        AtomicFile.Write(Path.Combine(folder, Sheet), stream =>
            CodingSheet.Write(stream, run.Drawn.Select(content => (run.Incident.Table, content)), compared: true, run.Sheet));
        // The texts are made up, so that this report may show them.
        ReportFiles.Write(folder, "--keep", run.Findings, run.Tuning, run.Labelled, withTexts: true, time);
    }
}
