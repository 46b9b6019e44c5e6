using Moderato.Cli.Output;
using Moderato.Investigation.Findings;
using Moderato.Investigation.Shift;
using Moderato.Pictures;
using Moderato.Statistics.Intervals;

namespace Moderato.Cli.Commands;

/// <summary>What <c>drift</c> says to a person: the answer first, then what shows it.</summary>
internal static class DriftSummary
{
    /// <summary>A smaller shift of texts is real where p says so, and yet no other content.</summary>
    private const double NotableAuc = .55;

    private const double NotableEffect = .1;
    private const double MostQ = .05;
    private const int MostColumns = 6;
    private const int HeadWidth = 10;

    public static void Write(ShiftAnalysis drift, Terminal terminal)
    {
        var finding = drift.Finding;
        foreach (string line in WrappedText.Lines(Answer(finding), terminal.Width))
        {
            terminal.Output.WriteLine(line);
        }

        terminal.Output.WriteLine();
        if (finding.Text is { } text)
        {
            Row("Text", $"AUC {Numbers.Statistic(text.Auc)} [{Numbers.Statistic(text.Low)}, {Numbers.Statistic(text.High)}] of telling it from the reference, p {Numbers.P(text.P)}");
            if (text.Terms.Count > 0)
            {
                Row("", $"given away by: {string.Join(", ", text.Terms)}");
            }
        }

        if (finding.Score is { } score)
        {
            Row("Scores", $"mean {Numbers.Statistic(score.MeanReference)} → {Numbers.Statistic(score.MeanCurrent)}, Wasserstein/σ {Numbers.Statistic(score.Effect)}, KS {Numbers.Statistic(score.Statistic)}, p {Numbers.P(score.P)}");
        }

        foreach (var column in finding.Columns.Where(column => column.Q <= MostQ).Take(MostColumns))
        {
            Row("Column", $"{column.Column}: effect {Numbers.Statistic(column.Effect)}, q {Numbers.P(column.Q)}");
        }

        if (finding.Attribution is { } change)
        {
            Row("FPR", $"{Points(change.Change)}, of which mix {Points(change.Mix)}, rate inside the kinds {Points(change.Rate)} (by {change.By})");
        }

        foreach (var burst in finding.Bursts)
        {
            Row("Burst", $"{string.Join(", ", burst.Terms)}: {burst.From:yyyy-MM-dd} to {burst.To:yyyy-MM-dd}");
        }

        foreach (var flood in finding.Floods)
        {
            Row("Flood", $"{Numbers.Count(flood.Contents)} near-duplicates of {flood.ExampleId}{(flood.From is { } from ? $", {from:yyyy-MM-dd HH:mm} to {flood.To:yyyy-MM-dd HH:mm}" : "")}");
        }

        foreach (var missing in drift.NotAssessed)
        {
            Row("Left out", $"{missing.What}: {missing.Why}");
        }

        void Row(string head, string text)
        {
            foreach (string line in WrappedText.Lines(text, terminal.Width - HeadWidth))
            {
                terminal.Output.WriteLine(WrappedText.Padded(head, HeadWidth) + line);
                head = "";
            }
        }
    }

    private static string Answer(ShiftFinding finding)
    {
        var moved = new List<string>();
        if (finding.Text is { P: <= MostQ } text && text.Auc >= NotableAuc)
        {
            moved.Add("the texts");
        }

        if (finding.Score is { P: <= MostQ, Effect: >= NotableEffect })
        {
            moved.Add("the scores");
        }

        moved.AddRange(finding.Columns
            .Where(column => column.Q <= MostQ && column.Effect >= NotableEffect && !column.Column.StartsWith("score ", StringComparison.Ordinal))
            .Select(column => column.Column));
        string also = finding.Bursts.Count + finding.Floods.Count == 0 ? ""
            : $" {Numbers.Count(finding.Bursts.Count)} bursts and {Numbers.Count(finding.Floods.Count)} floods are in it.";
        return (moved.Count == 0
            ? "This content is like the reference: nothing moved that is worth looking at."
            : $"This content is not like the reference: {string.Join(", ", moved.Distinct())} moved.") + also;
    }

    private static string Points(Rate rate) => Numbers.PointsRate(rate);
}
