using System.CommandLine;
using Moderato.Cli.Input;
using Moderato.Cli.Output;
using Moderato.Decisions;
using Moderato.Investigation;
using Moderato.Investigation.Findings;
using Moderato.Investigation.Patterns;
using Moderato.Investigation.Shift;
using Moderato.Releases;

namespace Moderato.Cli.Commands;

/// <summary><c>moderato drift CURRENT</c>: is this content what it was, or what the release was made for?</summary>
public static class DriftCommand
{
    private static readonly Argument<string[]> Current = new("CURRENT")
    {
        Description = "Decisions or contents: CSV, JSONL or Parquet, also .gz or .zst; a glob in quotes, or - for standard input.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> ReleaseFolder = new("--release")
    {
        Description = "Release whose profile is compared with where there is no reference; the shipped one by default.",
        HelpName = "DIR",
    };

    public static Command Create(Terminal terminal)
    {
        var command = new VerbCommand(
            "drift",
            "Tell whether content changed: against a reference, or against what the release was trained and evaluated on.",
            "moderato drift today.jsonl --reference last-month.jsonl",
            "moderato drift today.csv --map text=body --json");
        command.Arguments.Add(Current);
        foreach (Option option in (Option[])
            [DecisionOptions.Reference, DecisionOptions.Since, ReleaseFolder, DecisionOptions.Category, DecisionOptions.ReviewFrom, DecisionOptions.BlockFrom, DecisionOptions.Labels, DecisionOptions.Map, DecisionOptions.MaxBadRows, CommonOptions.Seed, CommonOptions.Json])
        {
            command.Options.Add(option);
        }

        return command.Does((parse, cancel) => Run(parse, terminal, cancel));
    }

    private static int Run(ParseResult parse, Terminal terminal, CancellationToken cancel)
    {
        var query = DecisionOptions.Query(parse, terminal, Current) with { VerdictsNeeded = false };
        var log = DecisionLog.Read(query, cancel);
        foreach (string assumed in log.Report.Assumed)
        {
            terminal.Note(assumed);
        }

        ulong seed = (ulong)parse.GetValue(CommonOptions.Seed);
        var drifts = log.Tables.Select(table => Drift(table, parse.GetValue(ReleaseFolder), query.Files[0].Name, seed)).ToList();

        // Of several categories the one whose scores moved most; the contents are the same.
        var (worst, guarantee) = drifts.MaxBy(drift => drift.Shift.Finding.Score?.Effect ?? 0);
        if (parse.GetValue(CommonOptions.Json))
        {
            terminal.WriteJson(DriftFinding.Of(worst.Finding, worst.NotAssessed, guarantee));
        }
        else
        {
            new DriftSummary(terminal).Write(worst, guarantee);
        }

        return ExitCode.Done;
    }

    private static (ShiftAnalysis Shift, GuaranteeStanding? Guarantee) Drift(DecisionTable table, string? releaseFolder, string file, ulong seed)
    {
        int[] clusters = table.Clusters ?? (table.Texts is { } texts ? NearDuplicates.Cluster(texts) : [.. Enumerable.Range(0, table.Count)]);
        var evidence = Evidence.Of(table, clusters, clusters.DefaultIfEmpty(-1).Max() + 1, SliceColumns.Of(table).Columns);
        if (evidence.HasReference)
        {
            var shift = ShiftAnalysis.Of(evidence, seed);
            return (shift, MovedContent.Guarantee(evidence, shift.Finding));
        }

        if (table.Texts is null)
        {
            throw new InputException(file, "no column \"text\", and no reference", "a release is compared with by text: map the column with --map text=COLUMN, or give --reference FILE");
        }

        var release = releaseFolder is null ? ReleaseFile.LoadShipped() : ReleaseFile.Load(releaseFolder);
        return release.Release.Profile is null
            ? throw new InputException(
                releaseFolder ?? "the shipped release", "it carries no profile of the content that it was made for",
                "give a release that this version's `moderato train` wrote, or --reference FILE")
            : (ProfileComparison.Of(evidence, release, seed), null);
    }
}
