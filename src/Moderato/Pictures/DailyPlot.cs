using Moderato.Statistics.Intervals;

namespace Moderato.Pictures;

/// <param name="Rate">A rate of the day, with its interval.</param>
/// <param name="IsReference">The day is of the past that is compared with: drawn dashed.</param>
public sealed record DailyPoint(DateOnly Day, long Contents, Rate? Rate, bool IsReference = false);

/// <summary>A stretch of days that matters: a burst, a flood, the day of a release.</summary>
public sealed record DailyMark(DateOnly From, DateOnly To, string Name);

/// <summary>Contents a day as bars and a rate a day with its band, one above the other over the same days.</summary>
public static class DailyPlot
{
    /// <summary>Of a longer log the last days are shown, in the picture and in its table alike.</summary>
    private const int DaysShown = 120;

    public static Picture Draw(
        string key, string finding, string description, string rateName, IReadOnlyList<DailyPoint> days, IReadOnlyList<DailyMark> marks)
    {
        days = [.. days.TakeLast(DaysShown)];
        var table = new DataTable(
            "Contents and " + rateName + " by day",
            ["Day", Column.Number("Contents"), Column.Number(rateName), "Marked"],
            [.. days.Select(day => (IReadOnlyList<string>)[Moments.Day(day.Day), Numbers.Count(day.Contents), Numbers.RateOrWhy(day.Rate),
                string.Join("; ", marks.Where(mark => mark.From <= day.Day && day.Day <= mark.To).Select(mark => mark.Name))])]);
        return Picture.Draw(key, finding, description, table, canvas => Draw(canvas, rateName, days, marks));
    }

    private static void Draw(Canvas canvas, string rateName, IReadOnlyList<DailyPoint> days, IReadOnlyList<DailyMark> marks)
    {
        double left = 54, right = canvas.Width - 12;
        double markTop = 4, markRows = marks.Count == 0 ? 0 : Math.Min(marks.Count, 3) * 18;
        double rateTop = markTop + markRows + 38, rateBottom = rateTop + (canvas.IsNarrow ? 120 : 140);
        double countTop = rateBottom + 44, countBottom = countTop + 70;
        canvas.Height = countBottom + 26;
        int first = days[0].Day.DayNumber, span = Math.Max(days[^1].Day.DayNumber - first + 1, 1);
        double dayWidth = (right - left) / span;
        double X(DateOnly day) => left + ((day.DayNumber - first) * dayWidth);

        foreach (var (mark, row) in marks.Take(3).Select((mark, row) => (mark, row)))
        {
            double from = Math.Clamp(X(mark.From), left, right), to = Math.Clamp(X(mark.To) + dayWidth, left, right);
            canvas.Box(from, markTop + (row * 18) + 16, Math.Max(to - from, 2), countBottom - markTop - (row * 18) - 16, "marked-band");
            string name = Canvas.Fit(mark.Name, canvas.Width / Canvas.Strong);
            double half = Canvas.StrongWidth(name) / 2;
            canvas.Text(Math.Clamp((from + to) / 2, half, Math.Max(half, canvas.Width - half)), markTop + (row * 18) + 11, name, "middle", "strong");
        }

        Rates(canvas, rateName, days, X, dayWidth, rateTop, rateBottom, left, right);
        var counts = Scale.Nice(0, Math.Max(days.Max(day => day.Contents), 1), countBottom, countTop, 2);
        canvas.YAxis(counts, left, right, tick => Numbers.Count(tick), "contents a day", 2);
        foreach (var day in days)
        {
            canvas.Box(X(day.Day) + (dayWidth > 4 ? 1 : 0), counts[day.Contents], Math.Max(dayWidth - (dayWidth > 4 ? 2 : 0), 0.5), countBottom - counts[day.Contents], "count-bar");
        }

        canvas.Line(left, countBottom, right, countBottom, "axis");
        Days(canvas, days, X, dayWidth, countBottom);
    }

    private static void Rates(
        Canvas canvas, string rateName, IReadOnlyList<DailyPoint> days, Func<DateOnly, double> x, double dayWidth,
        double top, double bottom, double left, double right)
    {
        var known = days.Where(day => day.Rate is Rate.Known { N: > 0 }).Select(day => (day.Day, Rate: (Rate.Known)day.Rate!, day.IsReference)).ToArray();
        if (known.Length == 0)
        {
            return;
        }

        var rates = Scale.Nice(0, Math.Clamp(known.Max(day => day.Rate.High), 0.001, 1), bottom, top, 4);
        canvas.YAxis(rates, left, right, Numbers.TickPercent, rateName);
        double Middle(DateOnly day) => x(day) + (dayWidth / 2);
        foreach (bool isReference in new[] { true, false })
        {
            var of = known.Where(day => day.IsReference == isReference).ToArray();
            string role = isReference ? "reference" : "current";
            if (of.Length == 0)
            {
                continue;
            }

            canvas.Band([.. of.Select(day => (Middle(day.Day), rates[day.Rate.Low], rates[day.Rate.High]))], role + "-band");
            canvas.Polyline(of.Select(day => (Middle(day.Day), rates[day.Rate.Estimate])), role + "-line");
            foreach (var (day, rate, _) in known.Length > 45 ? [] : of)
            {
                canvas.Dot(Middle(day), rates[rate.Estimate], role + "-dot", 2.5);
            }
        }

        Boundary(canvas, days, x, top, bottom, left, right);
    }

    /// <summary>Where the reference ends, named on both sides of it; nothing where the two are mixed or only one is there.</summary>
    private static void Boundary(
        Canvas canvas, IReadOnlyList<DailyPoint> days, Func<DateOnly, double> x, double top, double bottom, double left, double right)
    {
        int reference = days.Count(day => day.IsReference);
        if (reference == 0 || reference == days.Count || days.Take(reference).Any(day => !day.IsReference))
        {
            return;
        }

        double at = x(days[reference].Day);
        canvas.Line(at, top, at, bottom, "axis");
        foreach (var (name, room, place, anchor) in new[] { ("reference", at - left, at - 6, "end"), ("current", right - at, at + 6, "start") })
        {
            if (Canvas.TextWidth(name) < room - 6)
            {
                canvas.Text(place, bottom - 7, name, anchor, "halo muted");
            }
        }
    }

    private static void Days(Canvas canvas, IReadOnlyList<DailyPoint> days, Func<DateOnly, double> x, double dayWidth, double bottom)
    {
        double labelWidth = Canvas.TextWidth("30 Sep") + 16;
        int every = Math.Max(1, (int)Math.Ceiling(labelWidth / dayWidth));
        every = every <= 1 ? 1 : every <= 2 ? 2 : every <= 7 ? 7 : (every + 6) / 7 * 7;
        for (var day = days[0].Day; day <= days[^1].Day; day = day.AddDays(every))
        {
            double at = x(day) + (dayWidth / 2);
            string text = Moments.ShortDay(day);
            double half = Canvas.TextWidth(text) / 2;
            if (at + half <= canvas.Width)
            {
                canvas.Text(at, bottom + 18, text, "middle", "muted");
            }
        }
    }
}
