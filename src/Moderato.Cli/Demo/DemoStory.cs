using System.Globalization;
using Moderato.Cli.Commands;
using Moderato.Cli.Output;
using Moderato.Decisions;
using Moderato.Drills.Simulation;
using Moderato.Investigation.Report;
using Moderato.Pictures;
using Moderato.Statistics.Intervals;
using Spectre.Console;

namespace Moderato.Cli.Demo;

/// <summary>The demonstration as a story that fits two screens: what people feel, what is seen without a label, why, and what to do.</summary>
internal sealed class DemoStory
{
    private const int Indent = 2;
    private const int EndingHead = 7;
    private readonly IAnsiConsole console;
    private readonly int width;
    private readonly DemoRun run;

    private DemoStory(Terminal terminal, DemoRun run) => (console, width, this.run) = (terminal.Drawn(), terminal.Width, run);

    /// <param name="folder">Where the files are.</param>
    public static void Write(Terminal terminal, DemoRun run, string folder)
    {
        var story = new DemoStory(terminal, run);
        story.Setting();
        story.Felt();
        story.SeenWithoutLabels();
        story.Why();
        story.Fixed();
        story.Revealed();
        story.Ending(folder);
    }

    private void Setting()
    {
        var plan = run.Incident.Plan;
        Say($"A made-up platform: {Numbers.Count(run.Incident.Table.Count)} contents in {plan.ReferenceDays + plan.CurrentDays} days, scored by the classifier that "
            + $"comes with Moderato and blocked from one threshold that somebody set by hand, {Numbers.Cut(run.Today.BlockFrom)}.");
    }

    private void Felt()
    {
        Head("What people feel");
        var (before, after) = (run.Incident.Truth.Before, run.Incident.Truth.After);
        Say($"In the last {run.Incident.Plan.CurrentDays} days {OneIn(after.Fpr)} safe contents was removed; before it was {OneIn(before.Fpr)}. One of them:");
        if (Example() is { } text)
        {
            Say($"“{text}”", Palette.Dark.Muted);
        }

        var (then, now) = Appeals();
        Say($"{Numbers.Count(now)} people appealed in this time, {Numbers.Count(then)} in the same time before.");
    }

    private void SeenWithoutLabels()
    {
        Head("What the team sees without one label");
        var rates = run.Findings.Rates;
        Say($"Flagged: {Numbers.Rate(rates.FlagRate)}, before {Numbers.Rate(rates.ReferenceFlagRate)}. {Sentence(Sentences.FlagRateChange(rates))}");
        Say($"{Numbers.Count(DemoRun.Budgets[0])} contents are drawn, each with a known probability, and labelled by three reviewers who sometimes err."
            + (run.Drawn.Count > DemoRun.Budgets[0] ? $" They cannot tell, and the investigation asks for more: {Numbers.Count(run.Drawn.Count)}." : ""));
    }

    private void Why()
    {
        Head("Why");
        var (first, further) = Sentences.Answer(run.Findings);
        Say(first, bold: true);
        Say(further);
        Say($"False-positive rate {Numbers.Rate(run.Findings.Rates.Fpr)}{Against()}.");
        Say($"How sure: {Sentences.HowSure(run.Findings)}");
    }

    private void Fixed()
    {
        Head("What to do, and what it costs");
        Say(Sentences.DoNow(run.Findings));
        if (run.Fix is not { } fix)
        {
            return;
        }

        Line("");
        Say($"{Numbers.Count(DemoRun.ReviewsPerDay)} reviews a day are possible: let people read what is blocked today before it goes"
            + (fix.BlockFrom is { } cut ? $", up to a score of {Numbers.Cut(cut)}, and block unread only above" : "") + ". On as much further traffic, which nobody looked at, that really does:");
        Line("");
        Line($"{Cell("", 26)}{Cell("today", 22)}with the new cuts", Palette.Dark.Muted);
        Line($"{Cell("false-positive rate", 26)}{Cell(Numbers.Rate(run.Before.Fpr), 22)}{Numbers.Rate(run.After.Fpr)}");
        Line($"{Cell("false-negative rate", 26)}{Cell(Numbers.Rate(run.Before.Fnr), 22)}{Numbers.Rate(run.After.Fnr)}");
        Line($"{Cell("reviews a day", 26)}{Cell(Numbers.Count(run.Before.ReviewsPerDay), 22)}{Numbers.Count(run.After.ReviewsPerDay)}");
    }

    private void Revealed()
    {
        Head("What had been planted");
        string found = run.Findings.Diagnosis[0].Cause;
        Say($"{run.Incident.Truth.Statement} The cause is {run.Incident.Truth.Cause}, and {(found == run.Incident.Truth.Cause ? "the diagnosis found it." : $"the diagnosis says {found}.")}");
    }

    private void Ending(string folder)
    {
        Line("");
        Ending("Files", WrappedText.Lines($"{folder}: {string.Join(", ", DemoFiles.Names)}", width - Indent - EndingHead));
        string objective = run.Incident.Truth.ObjectiveFpr is { } asked ? string.Create(CultureInfo.InvariantCulture, $" --objective-fpr {asked}") : "";
        string next = $"moderato investigate {NextCommand.Quoted(Path.Combine(folder, IncidentFiles.Decisions))} --labelled {NextCommand.Quoted(Path.Combine(folder, DemoFiles.Sheet))}{objective}";
        Ending("Next", WrappedText.Command(next, width - Indent - EndingHead));
    }

    private void Ending(string head, IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            Line(WrappedText.Padded(head, EndingHead) + line, Palette.Dark.Current);
            head = "";
        }
    }

    /// <summary>The mildest text among the false positives that the incident brought, or among all.</summary>
    private string? Example()
    {
        var (table, truth) = (run.Incident.Table, run.Incident.Truth);
        int best = -1;
        for (int row = 0; row < table.Count; row++)
        {
            if (table.IsCurrent(row) && table.Verdicts[row] == Verdict.Violating && !truth.Violating[row] && Rank(row).CompareTo(Rank(best)) < 0)
            {
                best = row;
            }
        }

        return best < 0 ? null : table.Texts![best];

        (bool, double) Rank(int row) => row < 0 ? (true, double.PositiveInfinity) : (!truth.Planted[row], table.Scores![row]);
    }

    /// <summary>Appeals in the current period and in as many days before it.</summary>
    private (int Then, int Now) Appeals()
    {
        var table = run.Incident.Labelled(new LabelRegime.Appeals());
        long since = run.Incident.Plan.Start.AddDays(run.Incident.Plan.ReferenceDays - run.Incident.Plan.CurrentDays).UtcTicks;
        var appealed = Enumerable.Range(0, table.Count).Where(row => table.Labels[row] >= 0 && table.Times![row] >= since).ToArray();
        int now = appealed.Count(table.IsCurrent);
        return (appealed.Length - now, now);
    }

    private string Against() => (run.Findings.Rates.ObjectiveFpr, run.Findings.Rates.ReferenceFpr) switch
    {
        ({ } objective, _) => $"; the objective is {Numbers.Percent(objective)}",
        (_, Rate.Known reference) => $", before {Numbers.Rate(reference)}",
        _ => "",
    };

    private static string OneIn(double rate) => $"one in {Numbers.Count(Math.Round(1 / rate))}";

    private static string Sentence(string? text) => text is null ? "" : char.ToUpperInvariant(text[0]) + text[1..] + ".";

    private static string Cell(string text, int cells) => WrappedText.Padded(text, cells);

    private void Head(string text)
    {
        Line("");
        console.MarkupLine($"[bold]{Spectre.Console.Markup.Escape(text)}[/]");
    }

    private void Say(string text, string? colour = null, bool bold = false)
    {
        foreach (string line in WrappedText.Lines(text, width - Indent))
        {
            Line(line, bold ? "bold" : colour);
        }
    }

    private void Line(string text, string? style = null)
    {
        string escaped = Spectre.Console.Markup.Escape(new string(' ', text.Length == 0 ? 0 : Indent) + text);
        console.MarkupLine(style is null ? escaped : $"[{style}]{escaped}[/]");
    }
}
