using System.Globalization;
using Moderato.Investigation.Findings;
using Moderato.Pictures;

namespace Moderato.Investigation.Report;

/// <summary>Step 2: whether the content is another than before.</summary>
internal static class ShiftPart
{
    public static Markup Render(InvestigationFindings findings, ReportOptions options)
    {
        var shift = findings.Shift;
        List<Block> blocks = [];
        if (shift.Days.Count > 1 || shift.Bursts.Count > 0 || shift.Floods.Count > 0)
        {
            blocks.Add(Time(findings, options));
        }

        if (shift.Text is not null || shift.Columns.Count > 0)
        {
            blocks.Add(Content(shift));
        }

        if (shift.Score is { } score)
        {
            blocks.Add(Scores(score, findings.Input));
        }

        if (shift.Attribution is { } attribution)
        {
            blocks.Add(Attribution(attribution));
        }

        return Block.Section("shift", "2. Shift", "Is the content another than before?",
            blocks, [.. findings.NotAssessed.Where(gap => gap.Step == Steps.Shift)]);
    }

    private static Block Time(InvestigationFindings findings, ReportOptions options)
    {
        var shift = findings.Shift;
        var trigger = findings.Diagnosis.Select(cause => cause.Trigger).FirstOrDefault(changed => changed?.Since is not null);
        string[] events =
        [
            .. shift.Bursts.Select(burst => Sentences.Burst(burst, options.Zone)),
            .. shift.Floods.Select(flood => Sentences.Flood(flood, options.Zone)),
        ];
        var words = events.Length switch
        {
            0 => Block.Paragraph("No burst and no flood was found"),
            1 => Block.Paragraph(events[0]),
            _ => Markup.Of($"<ul>{Markup.Join(events.Take(8), item => Markup.Of($"<li>{item}.</li>"))}</ul>"),
        };
        if (shift.Days.Count < 2)
        {
            return new Block("When did it begin?", words);
        }

        string finding = trigger is { Since: { } since } ? $"{Sentences.Capital(trigger.What)}: {Moments.Day(Moments.DayOf(since, options.Zone))}"
            : events.Length > 0 ? events[0]
            : "No day stands out by a burst or a flood";
        List<DailyMark> marks =
        [
            .. trigger is { Since: { } began } ? new[] { new DailyMark(Moments.DayOf(began, options.Zone), Moments.DayOf(began, options.Zone), trigger.What) } : [],
            .. shift.Bursts.Select(burst => new DailyMark(Moments.DayOf(burst.From, options.Zone), Moments.DayOf(burst.To, options.Zone), "burst: " + string.Join(", ", burst.Terms.Take(2)))),
            .. shift.Floods.Where(flood => flood is { From: not null, To: not null }).Select(flood =>
                new DailyMark(Moments.DayOf(flood.From!.Value, options.Zone), Moments.DayOf(flood.To!.Value, options.Zone), "flood")),
        ];
        var first = shift.Days[0];
        var last = shift.Days[^1];
        string description = $"{finding}. Flagged share on {Moments.Day(first.Day)}: {Numbers.RateOrWhy(first.FlagRate)}; on {Moments.Day(last.Day)}: {Numbers.RateOrWhy(last.FlagRate)}.";
        var picture = DailyPlot.Draw("days", finding, description, "flagged, of the day's content",
            [.. shift.Days.Select(day => new DailyPoint(day.Day, day.Contents, day.FlagRate, day.IsReference))], marks);
        return new Block("When did it begin?", words, picture);
    }

    private static Block Content(ShiftFinding shift)
    {
        var terms = shift.Text is { Terms.Count: > 0 } text
            ? Markup.Of($"<p>What gives the current content away: {Markup.Join(text.Terms.Take(16), term => Markup.Of($"<code><bdi>{term}</bdi></code> "))}</p>")
            : Markup.None;
        var table = shift.Columns.Count == 0 ? Markup.None : new DataTable("Columns, current against reference, by effect",
            ["Column", Column.Number("Effect"), Column.Number("Statistic"), Column.Number("p"), Column.Number("q")],
            [.. shift.Columns.OrderByDescending(column => column.Effect).Select(column => (IReadOnlyList<string>)[column.Column,
                Numbers.Statistic(column.Effect), column.Statistic.ToString("0.###", CultureInfo.InvariantCulture), Numbers.P(column.P), Numbers.P(column.Q)])])
            .Folded("Columns by effect");
        var most = shift.Columns.Where(column => column.Q < 0.1).MaxBy(column => column.Effect);
        string columns = most is not null ? $"The column that moved most is {most.Column} (effect {Numbers.Statistic(most.Effect)})"
            : shift.Columns.Count > 0 ? "No column moved" : "";
        return new Block("Is the content another?", Markup.Of($"{(Sentences.Text(shift.Text) is { } told ? Block.Finding(told) : Markup.None)}{terms}{Block.Paragraph(columns)}{table}"));
    }

    private static Block Scores(ScoreShift score, InputFinding input)
    {
        string finding = Sentences.Score(score)!;
        var words = Markup.Of($"<p>Kolmogorov–Smirnov D {Numbers.Statistic(score.Statistic)}, p {Numbers.P(score.P)}; the distance is Wasserstein’s over the reference’s standard deviation.</p>{Block.Paragraph(Sentences.Flags(score.Flags))}");
        return score.Bands.Count == 0
            ? new Block("Have the scores moved?", Markup.Of($"{Block.Finding(finding)}{words}"))
            : new Block("Have the scores moved?", words, ScoreHistogram.Draw("scores", finding, finding + ".", "all content",
                [.. score.Bands.Select(band => new ScoreShare(band.From, band.To, band.Share, band.ReferenceShare))], input.ReviewFrom, input.BlockFrom));
    }

    private static Block Attribution(FprAttribution attribution)
    {
        string finding = Sentences.Attribution(attribution) ?? "The change could not be divided into mix and rate";
        var picture = AttributionPlot.Draw("attribution", finding,
            $"{finding}. Change {Numbers.PointsRate(attribution.Change)}, mix {Numbers.PointsRate(attribution.Mix)}, rate {Numbers.PointsRate(attribution.Rate)}.",
            attribution.Change, attribution.Mix, attribution.Rate, attribution.By,
            [.. attribution.Slices.Select(slice => new AttributionRow(Sentences.Where(slice.Where), slice.Mix, slice.Rate))]);
        return new Block("More of a hard kind, or more errors on a kind?",
            Markup.Of($"<p>Mix: a slice's share of safe content grew. Rate: the FPR inside the slice grew. The two add up to the change exactly.</p>"), picture);
    }
}
