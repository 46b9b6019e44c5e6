using System.CommandLine;
using Moderato.Cli.Input;
using Moderato.Cli.Output;
using Moderato.Decisions;
using Moderato.Investigation.Patterns;
using Moderato.Investigation.Sampling;
using Moderato.Pictures;
using Spectre.Console;

namespace Moderato.Cli.Commands;

/// <summary><c>moderato sample DECISIONS</c>: which contents to label, as a coding sheet with known probabilities.</summary>
public static class SampleCommand
{
    private static readonly Option<int> Budget = new("--budget")
    {
        Description = "How many contents you can label.",
        DefaultValueFactory = _ => 400,
        HelpName = "N",
    };

    private static readonly Option<string?> Out = new("--out")
    {
        Description = "Where to write the sheet; standard output without it.",
        HelpName = "SHEET",
    };

    public static Command Create(Terminal terminal)
    {
        var command = new VerbCommand(
            "sample", "Which contents to label: a coding sheet with known probabilities.",
            "moderato sample decisions.csv --block-from 0.5 --budget 400 --out sheet.csv",
            "moderato investigate decisions.csv --block-from 0.5 --labelled sheet.csv")
            .Does((parse, cancel) => Run(parse, terminal, cancel));
        DecisionOptions.AddTo(command);
        command.Options.Remove(DecisionOptions.Labelled);
        command.Options.Add(Budget);
        command.Options.Add(Out);
        command.Options.Add(CommonOptions.Seed);
        command.Options.Add(CommonOptions.Json);
        return command;
    }

    private static int Run(ParseResult parse, Terminal terminal, CancellationToken cancel)
    {
        int budget = parse.GetValue(Budget);
        string? path = parse.GetValue(Out);
        bool json = parse.GetValue(CommonOptions.Json);
        var log = DecisionLog.Read(DecisionOptions.Query(parse, terminal), cancel);
        int least = LabellingSample.LeastBudget * log.Tables.Count;
        if (budget < least)
        {
            throw new InputException("--budget", $"{budget}", $"give at least {least}{(log.Tables.Count > 1 ? $" for {log.Tables.Count} categories, or choose one with --category" : "")}");
        }

        var drawn = Draw(log.Tables, budget, parse.GetValue(CommonOptions.Seed), cancel);
        bool compared = log.Tables.Any(table => table.Periods is not null);
        if (path is null && json)
        {
            terminal.WriteJson(new { drawn = drawn.Count, strata = Strata(drawn), contents = drawn.Select(content => Line.Of(content.Table, content.Drawn)) });
            return ExitCode.Done;
        }

        if (path is null)
        {
            using var bytes = terminal.OutputBytes();
            CodingSheet.Write(bytes, drawn, compared);
            return ExitCode.Done;
        }

        AtomicFile.Write(path, stream => CodingSheet.Write(stream, drawn, compared));
        var strata = Strata(drawn);
        if (json)
        {
            terminal.WriteJson(new { sheet = path, drawn = drawn.Count, strata });
        }
        else
        {
            Summarise(terminal, path, drawn.Count, strata, NextCommand.Of(parse, "investigate", "--labelled", path));
        }

        return ExitCode.Done;
    }

    private static List<(DecisionTable Table, DrawnContent Drawn)> Draw(
        IReadOnlyList<DecisionTable> tables, int budget, int seed, CancellationToken cancel)
    {
        var drawn = new List<(DecisionTable, DrawnContent)>();
        for (int i = 0; i < tables.Count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            var table = tables[i];
            int own = (budget / tables.Count) + (i < budget % tables.Count ? 1 : 0);
            int[]? clusters = table.Texts is { } texts ? NearDuplicates.Cluster(texts) : null;
            drawn.AddRange(LabellingSample.Draw(table, clusters, own, seed).Select(content => (table, content)));
        }

        return drawn;
    }

    private sealed record Stratum(string? Category, string? Period, Verdict Verdict, int Drawn, int Contents);

    /// <summary>A line of the sheet, for who asks for JSON and no file.</summary>
    private sealed record Line(
        string Id, int ClusterSize, string? Text, string? Context, string? Category, double? Score, Verdict Verdict, double InclusionProbability, Period? Period)
    {
        public static Line Of(DecisionTable table, DrawnContent drawn) => new(
            table.Ids[drawn.Row], drawn.ClusterSize, table.Texts?[drawn.Row], table.Contexts?[drawn.Row],
            table.Category.Length == 0 ? null : table.Category,
            table.Scores?[drawn.Row] is { } score && !double.IsNaN(score) ? score : null,
            table.Verdicts[drawn.Row], drawn.InclusionProbability, table.Periods?[drawn.Row]);
    }

    private static List<Stratum> Strata(List<(DecisionTable Table, DrawnContent Drawn)> drawn) =>
        [.. drawn
            .GroupBy(content => (
                content.Table.Category,
                Period: content.Table.Periods is null ? null : content.Table.IsCurrent(content.Drawn.Row) ? "current" : "reference",
                Verdict: content.Table.Verdicts[content.Drawn.Row]))
            .OrderBy(group => group.Key.Category, StringComparer.Ordinal).ThenBy(group => group.Key.Period).ThenByDescending(group => group.Key.Verdict)
            .Select(group => new Stratum(
                group.Key.Category.Length == 0 ? null : group.Key.Category, group.Key.Period, group.Key.Verdict,
                group.Count(), group.Sum(content => content.Drawn.ClusterSize)))];

    private static void Summarise(Terminal terminal, string path, int drawn, List<Stratum> strata, string next)
    {
        terminal.Output.WriteLine($"{Numbers.Count(drawn)} contents to label, drawn at random with known probabilities.");
        var table = new Table { Border = TableBorder.None };
        bool named = strata.Any(stratum => stratum.Category is not null || stratum.Period is not null);
        table.AddColumn(new TableColumn(named ? "of" : ""));
        table.AddColumn("verdict");
        table.AddColumn(new TableColumn("to label").RightAligned());
        table.AddColumn(new TableColumn("with near-duplicates").RightAligned());
        foreach (var stratum in strata)
        {
            table.AddRow(
                Spectre.Console.Markup.Escape(string.Join(' ', ((string?[])[stratum.Category, stratum.Period]).Where(part => part is not null))),
                VerdictMark.Markup(stratum.Verdict),
                Numbers.Count(stratum.Drawn),
                Numbers.Count(stratum.Contents));
        }

        terminal.Drawn().Write(table);
        terminal.Output.WriteLine($"Written to {path}.");
        terminal.Output.WriteLine("Label it here or in a spreadsheet (column \"label\": 1 violating, 0 safe), then:");
        foreach (string line in WrappedText.Command($"moderato label {NextCommand.Quoted(path)}", terminal.Width - 2).Concat(WrappedText.Command(next, terminal.Width - 2)))
        {
            terminal.Output.WriteLine("  " + line);
        }

    }
}
