using System.Globalization;
using Moderato.Cli.Output;
using Moderato.Pictures;
using Moderato.Statistics.Intervals;
using Moderato.Tuning;
using Spectre.Console;

namespace Moderato.Cli.Commands;

/// <summary>A tuning as a person reads it: the answer, today against best, the curve around today, what a capacity is worth.</summary>
internal static class TuneView
{
    private const int CurveRows = 9;

    public static void Write(Terminal terminal, TuningFindings findings)
    {
        var console = terminal.Drawn();
        console.Write(new Text(findings.Statement));
        console.WriteLine();
        Choices(console, findings);
        Curve(console, findings);
        Frontier(console, findings);
        foreach (var missing in findings.NotAssessed)
        {
            console.Write(new Text($"Not assessed: {missing.What}: {missing.Why.TrimEnd('.')}."));
            console.WriteLine();
        }

        if (findings.Others.Count > 0)
        {
            console.Write(new Text($"Other categories in this file: {string.Join(", ", findings.Others.Select(other => other.Category))}; choose with --category."));
            console.WriteLine();
        }

        console.Write(new Text(findings.Curve.Any(point => point.Fpr is Rate.Known)
            ? "Next: moderato investigate says whether thresholds are the cause at all."
            : "Next: moderato sample draws the contents whose labels would tell most."));
        console.WriteLine();
    }

    private static void Choices(IAnsiConsole console, TuningFindings findings)
    {
        var choices = new[] { ("today", findings.Current), ("best", findings.Best), ("guaranteed", findings.Guarantee?.Choice) }
            .Where(row => row.Item2 is not null).ToArray();
        if (choices.Length < 2)
        {
            return;
        }

        var table = Table("", "cuts", "false positives", "false negatives", "reviews");
        foreach (var (name, choice) in choices)
        {
            bool today = name == "today";
            Row(
                table, name, Pair(choice!.ReviewFrom, choice.BlockFrom), today ? "" : Numbers.ChangePercent(choice.FalsePositives),
                today ? "" : Numbers.ChangePercent(choice.FalseNegatives), Reviews(choice.ReviewsPerDay));
        }

        console.WriteLine();
        console.Write(table);
    }

    private static void Curve(IAnsiConsole console, TuningFindings findings)
    {
        var both = findings.Curve.Where(point => point.Cuts == MovingCuts.Both && point.BlockFrom is not null).ToArray();
        if (both.Length == 0 || both[0].Fpr is Rate.Unknown)
        {
            return;
        }

        bool queue = both.Any(point => point.ReviewShare > 0);
        var table = queue ? Table("review–block", "FPR", "FNR", "precision", "reviews") : Table("threshold", "FPR", "FNR", "precision");
        foreach (var point in Around(both, findings.Current?.BlockFrom))
        {
            bool today = point.BlockFrom == findings.Current?.BlockFrom && point.ReviewFrom == findings.Current?.ReviewFrom;
            string[] cells =
            [
                Pair(point.ReviewFrom, point.BlockFrom) + (today ? " today" : ""), Numbers.Rate(point.Fpr), Numbers.Rate(point.Fnr), Numbers.Rate(point.Precision),
            ];
            Row(table, queue ? [.. cells, Reviews(point.ReviewsPerDay)] : cells);
        }

        console.WriteLine();
        console.Write(new Text(findings.Current?.ReviewFrom is null ? "When the one threshold moves:" : "When both cuts move together:"));
        console.WriteLine();
        console.Write(table);
    }

    /// <summary>Today's point and points spread evenly over the rest.</summary>
    private static IEnumerable<CurvePoint> Around(CurvePoint[] points, double? today)
    {
        if (points.Length <= CurveRows)
        {
            return points;
        }

        int step = (points.Length + CurveRows - 1) / CurveRows;
        return points.Where((point, i) => i % step == step / 2 || point.BlockFrom == today);
    }

    private static void Frontier(IAnsiConsole console, TuningFindings findings)
    {
        if (findings.Frontier.Count < 2)
        {
            return;
        }

        var table = Table("reviews a day", "harm", "one more saves", "review–block");
        foreach (var point in findings.Frontier.Where((_, i) => i % 2 == 0 || i == findings.Frontier.Count - 1))
        {
            Row(table, Numbers.Count(point.CapacityPerDay), Numbers.Count(point.Harm), Amount(point.ShadowPrice), Pair(point.ReviewFrom, point.BlockFrom));
        }

        console.WriteLine();
        console.Write(new Text("What a review capacity is worth (both cuts move):"));
        console.WriteLine();
        console.Write(table);
    }

    /// <summary>"0.30–0.80" with a queue between, "0.50" for one threshold, "never".</summary>
    private static string Pair(double? reviewFrom, double? blockFrom) =>
        reviewFrom is null ? Numbers.Cut(blockFrom) : $"{Numbers.Cut(reviewFrom)}–{Numbers.Cut(blockFrom)}";

    private static string Amount(double harm) => Math.Round(harm, 2) is > 0 and < 9.95 ? harm.ToString("0.0#", CultureInfo.InvariantCulture) : Numbers.Count(Math.Round(harm, 2));

    private static string Reviews(double? perDay) => perDay is { } reviews ? Numbers.Count(reviews) : Numbers.Unknown;

    // As text, not markup: an interval's brackets are no tags.
    private static void Row(Table table, params string[] cells) => table.AddRow(cells.Select(cell => new Text(cell)));

    private static Table Table(string first, params string[] others)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn(first).NoWrap().PadLeft(0));
        foreach (string name in others)
        {
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap().PadLeft(0));
        }

        return table;
    }
}
