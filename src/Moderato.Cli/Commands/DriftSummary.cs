using System.Globalization;
using Moderato.Cli.Output;
using Moderato.Investigation.Findings;
using Moderato.Investigation.Shift;
using Moderato.Pictures;

namespace Moderato.Cli.Commands;

/// <summary>What <c>drift</c> says to a person: the answer first, then what shows it.</summary>
internal sealed class DriftSummary(Terminal terminal)
{
    private const double MostQ = .05;
    private const int MostColumns = 6;
    private const int LabelWidth = 10;

    public void Write(ShiftAnalysis drift, GuaranteeStanding? guarantee)
    {
        var finding = drift.Finding;
        Say("", Answer(finding) + (guarantee is null ? "" : " " + Standing(guarantee)));
        terminal.Output.WriteLine();
        if (finding.Text is { } text)
        {
            Say("Text", $"AUC {Numbers.Statistic(text.Auc)} [{Numbers.Statistic(text.Low)}, {Numbers.Statistic(text.High)}] of telling it from the reference, p {Numbers.P(text.P)}");
            if (text.Terms.Count > 0)
            {
                Say(" ", $"given away by: {string.Join(", ", text.Terms)}");
            }
        }

        if (finding.Score is { } score)
        {
            Say("Scores", $"mean {Numbers.Statistic(score.MeanReference)} → {Numbers.Statistic(score.MeanCurrent)}, Wasserstein/σ {Numbers.Statistic(score.Effect)}, KS {Numbers.Statistic(score.Statistic)}, p {Numbers.P(score.P)}");
        }

        foreach (var column in finding.Columns.Where(column => column.Q <= MostQ).Take(MostColumns))
        {
            Say("Column", $"{column.Column}: effect {Numbers.Statistic(column.Effect)}, q {Numbers.P(column.Q)}");
        }

        if (finding.Attribution is { } change)
        {
            Say("FPR", $"{Numbers.PointsRate(change.Change)}, of which mix {Numbers.PointsRate(change.Mix)}, rate inside the kinds {Numbers.PointsRate(change.Rate)} (by {change.By})");
        }

        foreach (var burst in finding.Bursts)
        {
            Say("Burst", $"{string.Join(", ", burst.Terms)}: {burst.From:yyyy-MM-dd} to {burst.To:yyyy-MM-dd}");
        }

        foreach (var flood in finding.Floods)
        {
            Say("Flood", $"{Numbers.Count(flood.Contents)} near-duplicates of {flood.ExampleId}{(flood.From is { } from ? $", {from:yyyy-MM-dd HH:mm} to {flood.To:yyyy-MM-dd HH:mm}" : "")}");
        }

        foreach (var missing in drift.NotAssessed)
        {
            Say("Left out", $"{missing.What}: {missing.Why}");
        }
    }

    private static string Answer(ShiftFinding finding)
    {
        var moved = MovedContent.Of(finding);
        string also = finding.Bursts.Count + finding.Floods.Count == 0 ? ""
            : $" {Numbers.Count(finding.Bursts.Count)} bursts and {Numbers.Count(finding.Floods.Count)} floods are in it.";
        return (moved.Count == 0
            ? "This content is like the reference: nothing moved that is worth looking at."
            : $"This content is not like the reference: {string.Join(", ", moved)} moved.") + also;
    }

    private static string Standing(GuaranteeStanding guarantee) => guarantee switch
    {
        { Holds: true } => "A guarantee that tune made on the reference still holds for it.",
        { EndedOn: { } day } => string.Create(
            CultureInfo.InvariantCulture, $"A guarantee that tune made on the reference ended on {day:yyyy-MM-dd}: label this content and tune again."),
        _ => "A guarantee that tune made on the reference does not hold for it: label this content and tune again.",
    };

    /// <summary>A label and its text, wrapped beside it; without a label over the whole width.</summary>
    private void Say(string label, string text)
    {
        int indent = label.Length == 0 ? 0 : LabelWidth;
        foreach (string line in WrappedText.Lines(text, terminal.Width - indent))
        {
            terminal.Output.WriteLine(label.Trim().PadRight(indent) + line);
            label = "";
        }
    }
}
