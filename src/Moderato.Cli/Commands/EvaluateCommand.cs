using System.CommandLine;
using System.Text.Json;
using Moderato.Cli.Input;
using Moderato.Cli.Output;
using Moderato.Decisions;
using Moderato.Improvement.Evaluation;
using Moderato.Pictures;
using Moderato.Releases;
using Moderato.Statistics.Curves;
using Moderato.Statistics.Intervals;
using Spectre.Console;

namespace Moderato.Cli.Commands;

/// <summary><c>moderato evaluate SET…</c>: a release's quality on labelled sets, with intervals; or another system's, from recorded scores.</summary>
public static class EvaluateCommand
{
    private static readonly Argument<string[]> Sets = new("SET")
    {
        Description = "Labelled content sets (JSONL, CSV, Parquet, also .gz or .zst; globs).",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> Split = new("--split") { Description = "Only rows of this split, as in --split test.", HelpName = "NAME" };
    private static readonly Option<string?> By = new("--by") { Description = "Also by group, as in --by meta.functionality; a list puts a row into several.", HelpName = "COLUMN" };
    private static readonly Option<string?> Cluster = new("--cluster") { Description = "What belongs together and is resampled together; the author without it.", HelpName = "COLUMN" };
    private static readonly Option<string?> Score = new("--score") { Description = "Measure scores that the set has recorded, as in --score meta.perspective_api.", HelpName = "COLUMN" };
    private static readonly Option<double?> Threshold = new("--threshold") { Description = "Flagged from this score on, in place of the release's threshold.", HelpName = "SCORE" };
    private static readonly Option<string?> GateFile = new("--gate") { Description = "Bars to reach, as in {\"bars\": [{\"metric\": \"fpr\", \"atMost\": 0.05}]}; ends with 3 when one is missed.", HelpName = "FILE" };

    private static readonly Option<string> At = new Option<string>("--at")
    {
        Description = "Which threshold: review (flagged is all that is not safe) or block.",
        DefaultValueFactory = _ => "review",
    }.OneOf("review", "block");

    public static Command Create(Terminal terminal)
    {
        var command = new VerbCommand(
            "evaluate", "A release's quality on labelled sets, with intervals.",
            "moderato evaluate hatecheck.jsonl.gz --category hate --by meta.functionality",
            "moderato evaluate set.jsonl.gz --score meta.perspective_api --threshold 0.5")
            .Does((parse, cancel) => Run(parse, terminal, cancel));
        command.Arguments.Add(Sets);
        foreach (Option option in (Option[])[
            DecisionOptions.Category, Split, By, At, Threshold, Score, Cluster, GateFile, CommonOptions.Release,
            DecisionOptions.Map, DecisionOptions.MaxBadRows, CommonOptions.Seed, CommonOptions.Json])
        {
            command.Options.Add(option);
        }

        return command;
    }

    private static int Run(ParseResult parse, Terminal terminal, CancellationToken cancel)
    {
        var query = new EvaluateQuery(
            ColumnMap.Parse(parse.GetValue(DecisionOptions.Map) ?? []), parse.GetValue(DecisionOptions.Category), parse.GetValue(Split),
            parse.GetValue(By), parse.GetValue(Score), parse.GetValue(Cluster), parse.GetValue(At) == "block", parse.GetValue(Threshold));
        if (query is { Score: not null, Threshold: null })
        {
            throw new InputException("--score", "no --threshold", "say from which recorded score on content was flagged, as in --threshold 0.5");
        }

        if (query.Threshold is { } cut && !(cut >= 0 && cut <= 1))
        {
            throw new InputException("--threshold", FormattableString.Invariant($"{cut}"), "give a number from 0 to 1");
        }

        var cascade = query.Score is null ? CommonOptions.CascadeOf(parse) : null;
        var options = new BootstrapOptions((ulong)parse.GetValue(CommonOptions.Seed));
        var gate = parse.GetValue(GateFile) is { } path ? ReadGate(path) : null;
        var sets = new List<SetFinding>();
        foreach (var file in parse.GetValue(Sets)!.SelectMany(set => InputFile.Find(set, terminal.Input)))
        {
            foreach (var rows in Read(file, query, cascade, DecisionOptions.MaxBadShare(parse), terminal, cancel))
            {
                cancel.ThrowIfCancellationRequested();
                sets.Add(SetEvaluation.Of(rows, options));
            }
        }

        var findings = new EvaluationFindings(cascade?.Release.Id ?? $"recorded scores {query.Score}", sets);
        if (gate is not null)
        {
            findings = findings with { Gate = Check(gate, findings, parse.GetValue(GateFile)!) };
        }

        if (parse.GetValue(CommonOptions.Json))
        {
            terminal.WriteJson(findings);
        }
        else
        {
            Print(terminal, findings, query);
        }

        return findings.Gate is { } outcomes && outcomes.Any(outcome => !outcome.Met) ? ExitCode.AnswerIsNo : ExitCode.Done;
    }

    private static IReadOnlyList<EvaluatedRows> Read(
        InputFile file, EvaluateQuery query, Cascade? cascade, double maxBadRows, Terminal terminal, CancellationToken cancel)
    {
        // One thread reads and another collects, so each counts its own.
        var unread = new BadRows();
        var refused = new BadRows();
        var set = new EvaluatedSet(file, query, cascade);
        var marks = new RowMarks(refused);
        var columns = EvaluateColumns.None;
        long done = 0;
        using var source = RowSource.Open(file, keepArrays: query.By is not null);
        using var progress = new CountLine(terminal, $"of {LabelledSet.NameOf(file)} classified");
        OrderedWork.Run(
            () => new EvaluateBatch(cascade),
            batch =>
            {
                if (!source.Read(batch.Chunk, unread, cancel: default))
                {
                    return false;
                }

                if (source.Columns.Count != columns.Count)
                {
                    query.Map.Check(file.Name, source.Columns);
                    columns = EvaluateColumns.Of(source.Columns, query);
                    if (cascade is not null && columns.Text < 0)
                    {
                        throw new InputException(file.Name, $"no column \"text\"; there are {ColumnNames.List(source.Columns)}", "name the column that holds the text: --map text=COLUMN");
                    }
                }

                batch.Columns = columns;
                return true;
            },
            batch => batch.Classify(),
            batch =>
            {
                set.Add(batch, marks);
                progress.Show(done += batch.Chunk.Rows);
            },
            cancel).GetAwaiter().GetResult();
        long rows = done + unread.Count;
        unread.Add(refused);
        unread.Check(file.Name, rows, maxBadRows);
        return set.Build(columns, source.Columns);
    }

    private static Gate ReadGate(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException("--gate", $"there is no file {path}", "give a file with bars: {\"bars\": [{\"metric\": \"averagePrecision\", \"atLeast\": 0.8}]}");
        }

        try
        {
            return JsonSerializer.Deserialize<Gate>(File.ReadAllBytes(path), ContractJson.Options) ?? new Gate([]);
        }
        catch (JsonException broken)
        {
            throw new InputException($"{path}, line {broken.LineNumber + 1}", "this is no file of bars", "write {\"bars\": [{\"set\": \"hatecheck\", \"category\": \"hate\", \"metric\": \"averagePrecision\", \"atLeast\": 0.8}]}");
        }
    }

    private static IReadOnlyList<GateOutcome> Check(Gate gate, EvaluationFindings findings, string path)
    {
        var errors = gate.Errors(findings);
        return errors.Count == 0 ? gate.Check(findings) : throw new InputException(path, string.Join("; ", errors), "mend these bars, or evaluate what they are about");
    }

    private static void Print(Terminal terminal, EvaluationFindings findings, EvaluateQuery query)
    {
        var console = terminal.Drawn();
        terminal.Output.WriteLine($"{findings.Release}, {(query.AtBlock ? "flagged is what is violating" : "flagged is what is not safe")}; intervals are 95%.");
        foreach (var set in findings.Sets)
        {
            terminal.Output.WriteLine();
            terminal.Output.WriteLine($"{set.Set} · {set.Category}: {Numbers.Count(set.N)} contents, {Numbers.Count(set.Positives)} violating, flagged from {Numbers.Cut(set.Threshold)}");
            if (set.NotJudged > 0)
            {
                terminal.Output.WriteLine($"  {Numbers.Count(set.NotJudged)} more could not be judged (not fit for their language, or no score)");
            }

            var table = new Table { Border = TableBorder.None, ShowHeaders = false };
            table.AddColumns("", "");
            table.AddRow("macro-F1", Statistic(set.MacroF1));
            table.AddRow("average precision", Statistic(set.AveragePrecision));
            table.AddRow("ROC AUC", Statistic(set.RocAuc));
            table.AddRow("TPR at 5% FPR", Statistic(set.TprAtFpr05));
            table.AddRow("FPR", Share(set.Fpr));
            table.AddRow("FNR", Share(set.Fnr));
            table.AddRow("debiased ECE", Statistic(set.DebiasedEce));
            table.AddRow("calibration slope", Statistic(set.CalibrationSlope));
            console.Write(table);
            terminal.Output.WriteLine($"  Calibration is that of these contents, {Numbers.Percent((double)set.Positives / set.N)} violating{(set.StatedPrior is { } prior ? $"; the scores state {Numbers.Percent(prior)}" : "")}.");
            PrintGroups(console, set);
        }

        foreach (var outcome in findings.Gate ?? [])
        {
            terminal.Output.WriteLine($"{(outcome.Met ? "met" : "MISSED")}: {outcome.Where}: {outcome.Bar}, measured {(outcome.Rate is Rate.Unknown ? Numbers.RateOrWhy(outcome.Rate) : Numbers.Statistic(outcome.Rate))}");
        }
    }

    private static void PrintGroups(IAnsiConsole console, SetFinding set)
    {
        if (set.Groups.Count == 0)
        {
            return;
        }

        var table = new Table { Border = TableBorder.None };
        table.AddColumn(Plain(set.Groups[0].By));
        foreach (string name in (string[])["n", "macro-F1", "FPR", "FNR"])
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }

        foreach (var group in set.Groups)
        {
            table.AddRow(
                Plain(group.Value), Numbers.Count(group.N), Plain(Numbers.Statistic(group.MacroF1)),
                Plain(Numbers.Rate(group.Fpr)), Plain(Numbers.Rate(group.Fnr)));
        }

        console.Write(table);
    }

    private static string Statistic(Rate rate) => Plain(rate is Rate.Unknown ? Numbers.RateOrWhy(rate) : Numbers.Statistic(rate));

    private static string Share(Rate rate) => Plain(Numbers.RateOrWhy(rate));

    /// <summary>Text in which brackets are brackets.</summary>
    private static string Plain(string text) => Spectre.Console.Markup.Escape(text);
}
