using System.CommandLine;
using Moderato.Cli.Input;
using Moderato.Cli.Output;
using Moderato.Decisions;
using Moderato.Monitoring;
using Moderato.Pictures;
using Moderato.Statistics.Intervals;
using Spectre.Console;

namespace Moderato.Cli.Commands;

/// <summary><c>moderato estimate DECISIONS</c>: FPR and FNR from partly labelled decisions, or what is missing to know them.</summary>
public static class EstimateCommand
{
    private static readonly string[] UsualGroups = ["language", "surface", "tier", "release"];

    private static readonly Option<string[]> By = new("--by") { Description = "Also for each value of this column; may be repeated.", HelpName = "COLUMN" };
    private static readonly Option<double> FprWithin = Within("--fpr-within", "How near the FPR is to be known.", .01);
    private static readonly Option<double> FnrWithin = Within("--fnr-within", "How near the FNR is to be known.", .05);

    public static Command Create(Terminal terminal)
    {
        var command = new VerbCommand(
            "estimate",
            "Estimate FPR and FNR, with intervals, from decisions of which some are labelled.",
            "moderato estimate decisions.csv --labels random --block-from 0.5",
            "moderato estimate decisions.csv --labelled sheet.csv --by language --json");
        DecisionOptions.AddTo(command);
        foreach (Option option in (Option[])[By, FprWithin, FnrWithin, CommonOptions.ReviewerError, CommonOptions.Json])
        {
            command.Options.Add(option);
        }

        return command.Does((parse, cancel) => Run(parse, terminal, cancel));
    }

    private static int Run(ParseResult parse, Terminal terminal, CancellationToken cancel)
    {
        var (fprWithin, fnrWithin) = (Positive(parse, FprWithin), Positive(parse, FnrWithin));
        double? reviewerError = CommonOptions.ReviewerErrorOf(parse);
        var query = DecisionOptions.Query(parse, terminal);
        var log = DecisionLog.Read(query, cancel);
        foreach (string assumed in log.Report.Assumed)
        {
            terminal.Note(assumed);
        }

        var all = log.Tables.Select(table => EstimateRun.Of(table, new EstimateOptions
        {
            By = Groups(parse.GetValue(By) ?? [], table, query),
            FprWithin = fprWithin,
            FnrWithin = fnrWithin,
            ReviewerError = reviewerError,
        })).OrderByDescending(found => found.Fpr is Rate.Known known ? known.Estimate : -1).ToList();
        var findings = all[0] with { Others = all[1..] };
        if (parse.GetValue(CommonOptions.Json))
        {
            terminal.WriteJson(findings);
        }
        else
        {
            Write(terminal, findings);
        }

        return ExitCode.Done;
    }

    /// <summary>The columns asked for, which must be there; else the usual ones that are.</summary>
    private static IReadOnlyList<string> Groups(string[] asked, DecisionTable table, DecisionQuery query) =>
        asked.FirstOrDefault(name => table.Column(name) is null) is { } missing
            ? throw new InputException(
                "--by", $"no column \"{missing}\" to group by in {query.Files[0].Name}",
                table.Columns.Count == 0 ? "leave --by out: the file has no such column" : $"one of {string.Join(", ", table.Columns.Select(column => column.Name))}")
            : asked.Length > 0 ? asked : [.. UsualGroups.Where(name => table.Column(name) is not null)];

    private static double Positive(ParseResult parse, Option<double> option) => parse.GetValue(option) is > 0 and < 1 and var value
        ? value
        : throw new InputException(option.Name, FormattableString.Invariant($"{parse.GetValue(option)}"), "give a share between 0 and 1: 0.01 is one point");

    private static void Write(Terminal terminal, EstimateFindings findings)
    {
        var console = terminal.Drawn();
        Line(findings.Statement);
        if (findings.By.Count > 0)
        {
            var table = new Table().Border(TableBorder.Simple).AddColumn("").AddColumn("");
            foreach (string name in (string[])["contents", "FPR", "FNR"])
            {
                table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
            }

            foreach (var group in findings.By)
            {
                table.AddRow(new Text(group.By), new Text(group.Value), new Text(Numbers.Count(group.N)), new Text(Numbers.Rate(group.Fpr)), new Text(Numbers.Rate(group.Fnr)));
            }

            console.Write(table);
        }

        foreach (var needed in findings.LabelsNeeded)
        {
            Line($"For {needed.For}: label {Numbers.Count(needed.Additional)} more contents with verdict {needed.Verdict}, drawn at random.");
        }

        foreach (var other in findings.Others)
        {
            Line($"{other.Category}: {other.Statement}");
        }

        Line(findings.LabelsNeeded.Count > 0 ? "Next: moderato sample draws them, with their probabilities." : "Next: moderato investigate says why, moderato tune what to do.");

        void Line(string text)
        {
            console.Write(new Text(text));
            console.WriteLine();
        }
    }

    private static Option<double> Within(string name, string description, double usual) =>
        new(name) { Description = description, HelpName = "SHARE", DefaultValueFactory = _ => usual };
}
