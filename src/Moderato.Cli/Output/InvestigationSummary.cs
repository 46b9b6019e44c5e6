using Moderato.Investigation.Findings;
using Moderato.Investigation.Report;
using Moderato.Pictures;
using Moderato.Statistics.Intervals;
using Spectre.Console;

namespace Moderato.Cli.Output;

/// <summary>An investigation on one screen: answer, numbers, the three steps, the plan, what is open, where the files are.</summary>
public sealed class InvestigationSummary
{
    private const int HeadWidth = 13;
    private const int RemediesShown = 3;

    private readonly IAnsiConsole console;
    private readonly int width;

    private InvestigationSummary(Terminal terminal) => (console, width) = (terminal.Drawn(), terminal.Width);

    /// <param name="zone">The viewer's.</param>
    /// <param name="files">Where the report is; none when none was asked for.</param>
    /// <param name="next">The command that comes next.</param>
    public static void Write(Terminal terminal, InvestigationFindings findings, TimeZoneInfo zone, IReadOnlyList<string> files, string next)
    {
        var summary = new InvestigationSummary(terminal);
        summary.Answer(findings);
        summary.Numbers(findings.Rates);
        summary.Steps(findings, zone);
        summary.Plan(findings.Plan);
        summary.Open(findings);
        summary.Row("Report", string.Join(", ", files), Palette.Dark.Current);
        summary.Lines("Next", WrappedText.Command(next, summary.width - HeadWidth), Palette.Dark.Current);
    }

    private void Answer(InvestigationFindings findings)
    {
        var (first, further) = Sentences.Answer(findings);
        foreach (string line in WrappedText.Lines(first, width, 2))
        {
            Line($"[bold]{Escaped(line)}[/]");
        }

        foreach (string line in WrappedText.Lines(further, width, 3))
        {
            Line(Escaped(line));
        }

        Line("");
        if (Sentences.Others(findings) is { } others)
        {
            Row("Category", $"{findings.Category}, {others}.", most: 2);
        }

        Row("How sure", Sentences.HowSure(findings), most: 3);
        Row("Do now", Sentences.DoNow(findings), most: 3);
        Line("");
    }

    private void Numbers(RatesFinding rates)
    {
        Number("false-positive rate", rates.Fpr ?? new Rate.Unknown("no labels whose sampling is known"), rates.ReferenceFpr, rates.ObjectiveFpr);
        Number("flagged", rates.FlagRate, rates.ReferenceFlagRate);
        if (rates.Fnr is Rate.Known)
        {
            Number("false-negative rate", rates.Fnr, rates.ReferenceFnr);
        }

        if (rates.FalseDiscoveryShare is Rate.Known)
        {
            Number("wrong flags", rates.FalseDiscoveryShare);
        }

        if (rates.Meanings.Count > 0)
        {
            string said = string.Join(", ", rates.Meanings.Select(meaning =>
                $"{meaning.Short} {(meaning.Value is Rate.Known known ? Pictures.Numbers.Percent(known.Estimate) : Pictures.Numbers.Unknown)}{(meaning.Counts.Length > 0 ? $" ({meaning.Counts})" : "")}"));
            Row("Called FPR", rates.Bounds is null ? $"{said}." : $"{said}. {Sentences.Bounds(rates.Bounds)}.", most: 2);
        }

        Line("");
    }

    private void Number(string name, Rate rate, Rate? before = null, double? objective = null)
    {
        string colour = objective is { } limit && rate is Rate.Known known
            ? known.Low > limit ? Palette.Dark.Violating : known.High < limit ? Palette.Dark.Safe : ""
            : "";
        string value = WrappedText.Padded(Pictures.Numbers.Rate(rate), 20);
        string comparison = rate is Rate.Unknown(var why) ? FirstClause(why) : string.Join("; ", Comparisons((Rate.Known)rate, before, objective));
        string remark = WrappedText.Padded(comparison, Math.Max(width - 43, 8)).TrimEnd();
        Line($"{WrappedText.Padded(name, 22)} {(colour.Length > 0 ? $"[{colour}]{Escaped(value)}[/]" : Escaped(value))}{Escaped(remark)}");
    }

    private static IEnumerable<string> Comparisons(Rate.Known rate, Rate? before, double? objective)
    {
        if (objective is { } limit)
        {
            yield return Sentences.Against(rate, limit);
        }
        else if (before is Rate.Known known)
        {
            yield return $"before {Pictures.Numbers.Rate(known)}";
        }

        yield return $"n {Pictures.Numbers.Count(rate.N)}";
    }

    private void Steps(InvestigationFindings findings, TimeZoneInfo zone)
    {
        string? flagged = Sentences.FlagRateChange(findings.Rates);
        Step("1 Patterns", findings.Patterns.Slices.Count > 0 ? null : flagged, Sentences.Slices(findings), Sentences.Codes(findings.Patterns), flagged);
        Step("2 Shift",
            findings.Shift.Bursts.Count > 0 ? Sentences.Burst(findings.Shift.Bursts[0], zone) : null,
            Sentences.Attribution(findings.Shift.Attribution), Sentences.Text(findings.Shift.Text),
            findings.Shift.Floods.Count > 0 ? Sentences.Flood(findings.Shift.Floods[0], zone) : null,
            Sentences.Score(findings.Shift.Score));
        Step("3 Confidence", Sentences.Resolution(findings.Confidence.Resolution), Sentences.Margins(findings.Confidence), Sentences.Removable(findings.Confidence), Sentences.Calibration(findings.Confidence));
        Line("");
    }

    // The first two findings of a step, so that all three steps fit a screen; the report has the rest.
    private void Step(string head, params string?[] findings)
    {
        string[] known = [.. findings.OfType<string>().Distinct().Take(2)];
        if (known.Length == 0)
        {
            Row(head, "not assessed, see below");
        }

        for (int i = 0; i < known.Length; i++)
        {
            Row(i == 0 ? head : "", known[i] + ".", most: 2);
        }
    }

    private void Plan(IReadOnlyList<Remedy> plan)
    {
        if (plan.Count == 0)
        {
            return;
        }

        int remedy = Math.Max(width - 59, 12);
        Line($"{Muted(WrappedText.Padded("Plan", 8))}{Muted(WrappedText.Padded(plan.Count > RemediesShown ? $"{RemediesShown} of {plan.Count}" : "", remedy))}{Muted(WrappedText.Padded(" false positives", 18))}{Muted(WrappedText.Padded(" false negatives", 18))}{Muted(" reviews a day")}");
        string horizon = "";
        foreach (var item in plan.Take(RemediesShown))
        {
            string shown = item.Horizon == horizon ? "" : item.Horizon;
            horizon = item.Horizon;
            var name = WrappedText.Lines(item.Name, remedy, 2);
            Line($"{Muted(WrappedText.Padded(shown, 8))}{Escaped(WrappedText.Padded(name[0], remedy))} {Escaped(WrappedText.Padded(Relative(item.FalsePositives), 18))}{Escaped(WrappedText.Padded(Relative(item.FalseNegatives), 18))}{Escaped(Reviews(item.ReviewsPerDay))}");
            if (name.Count > 1)
            {
                Line($"        {Escaped(name[1])}");
            }
        }
    }

    private void Open(InvestigationFindings findings)
    {
        if (findings.NotAssessed.Count > 0)
        {
            Row("Not assessed", string.Join("; ", findings.NotAssessed.Select(gap => gap.What)) + ".", most: 2);
        }

        if (findings.LabelNext.Count > 0)
        {
            Row("Label next", string.Join("; ", findings.LabelNext.Select(next => $"{Pictures.Numbers.Count(next.Additional)} {next.What}")) + ".");
        }
    }

    private void Row(string head, string text, string? colour = null, int most = 1) =>
        Lines(head, WrappedText.Lines(text, width - HeadWidth, most), colour);

    private void Lines(string head, IEnumerable<string> lines, string? colour)
    {
        bool isFirst = true;
        foreach (string line in lines)
        {
            string body = colour is null ? Escaped(line) : $"[{colour}]{Escaped(line)}[/]";
            Line(Muted(WrappedText.Padded(isFirst ? head : "", HeadWidth)) + body);
            isFirst = false;
        }
    }

    /// <summary>"no content is labelled": what to do about it stands elsewhere on the screen.</summary>
    private static string FirstClause(string why) => why.Split(["; ", ". "], 2, StringSplitOptions.None)[0].TrimEnd('.');

    private static string Relative(Change change) => change switch
    {
        Change.Known { Percent: 0, Absolute: 0, High: > 0 and { } high } => $"≤ {Pictures.Numbers.Percent(high / 100)} more",
        Change.Known { Percent: null or 0, Absolute: 0 } => "no change",
        _ => Pictures.Numbers.ChangePercent(change),
    };

    private static string Reviews(Change change) => change is Change.Known known
        ? known.Absolute == 0 ? "no change" : Pictures.Numbers.MoreOrFewer(known.Absolute, "").TrimEnd()
        : Pictures.Numbers.Unknown;

    private static string Muted(string text) => $"[{Palette.Dark.Muted}]{Escaped(text)}[/]";

    private static string Escaped(string text) => Spectre.Console.Markup.Escape(text);

    private void Line(string markup) => console.MarkupLine(markup);
}
