using Moderato.Statistics.Intervals;

namespace Moderato.Pictures;

/// <param name="Mix">Contribution of the slice's share, in shares of 1.</param>
/// <param name="Rate">Contribution of the slice's own rate.</param>
public sealed record AttributionRow(string Label, double Mix, double Rate);

/// <summary>A change of a rate as mix and rate: the totals with intervals, then each slice's two contributions.</summary>
public static class AttributionPlot
{
    private const int RowsShown = 8;

    public static Picture Draw(
        string key, string finding, string description, Rate change, Rate mix, Rate rate, string by, IReadOnlyList<AttributionRow> rows)
    {
        var ordered = rows.OrderByDescending(row => Math.Abs(row.Mix) + Math.Abs(row.Rate)).ToArray();
        IReadOnlyList<string> Total(string name, Rate total) => [name, Numbers.PointsRate(total), "", ""];
        var table = new DataTable(
            $"Change of the FPR by {by}, in percentage points",
            ["Part", Column.Number("Total"), Column.Number("Mix"), Column.Number("Rate")],
            [Total("All", change), Total("Mix", mix), Total("Rate", rate),
                .. ordered.Select(row => (IReadOnlyList<string>)[row.Label, Numbers.Points(row.Mix + row.Rate), Numbers.Points(row.Mix), Numbers.Points(row.Rate)])]);
        return Picture.Draw(key, finding, description, table, canvas => Draw(canvas, change, mix, rate, [.. ordered.Take(RowsShown)]));
    }

    private static void Draw(Canvas canvas, Rate change, Rate mix, Rate rate, AttributionRow[] rows)
    {
        double left = canvas.IsNarrow ? 8 : 216, right = canvas.IsNarrow ? canvas.Width - 12 : 492;
        double totalHeight = canvas.IsNarrow ? 42 : 30, rowHeight = canvas.IsNarrow ? 58 : 42;
        double bottom = 8 + (3 * totalHeight) + 14 + (rows.Length * rowHeight) + 4;
        canvas.Height = bottom + 44;
        var totals = new[] { change, mix, rate }.OfType<Rate.Known>().ToArray();
        double low = totals.Select(total => total.Low).Concat(rows.Select(row => Math.Min(row.Mix, row.Rate))).Append(0).Min();
        double high = totals.Select(total => total.High).Concat(rows.Select(row => Math.Max(row.Mix, row.Rate))).Append(0).Max();
        var x = Scale.Nice(low, Math.Max(high, low + 0.001), left, right, 4);
        canvas.XAxis(x, 8, bottom, tick => Numbers.TickPercent(tick).TrimEnd('%'), "change of the FPR, percentage points", 4);
        canvas.Line(x[0], 8, x[0], bottom, "axis");

        (string, Rate)[] named = [("all", change), ("mix: more of a kind", mix), ("rate: more errors on a kind", rate)];
        for (int i = 0; i < named.Length; i++)
        {
            Total(canvas, x, named[i].Item1, named[i].Item2, 8 + (i * totalHeight));
        }

        double top = 8 + (3 * totalHeight) + 14;
        canvas.Line(0, top - 8, canvas.Width, top - 8, "grid");
        for (int i = 0; i < rows.Length; i++)
        {
            Slice(canvas, x, rows[i], top + (i * rowHeight));
        }
    }

    private static void Total(Canvas canvas, Scale x, string name, Rate total, double top)
    {
        double middle = canvas.IsNarrow ? top + 29 : top + 15;
        double baseline = canvas.IsNarrow ? top + 15 : middle + 4.5;
        canvas.Text(canvas.IsNarrow ? 0 : 204, baseline, name, canvas.IsNarrow ? "start" : "end", "halo");
        canvas.Text(canvas.IsNarrow ? canvas.Width : 508, baseline, Numbers.PointsRate(total), canvas.IsNarrow ? "end" : "start", "strong halo");
        if (total is Rate.Known known)
        {
            canvas.Whisker(x[known.Low], x[known.High], middle, "current-line");
            canvas.Dot(x[known.Estimate], middle, "current-dot");
        }
    }

    private static void Slice(Canvas canvas, Scale x, AttributionRow row, double top)
    {
        double middle = canvas.IsNarrow ? top + 38 : top + 19;
        double baseline = canvas.IsNarrow ? top + 17 : middle + 4.5;
        canvas.Text(canvas.IsNarrow ? 0 : 204, baseline, Canvas.Fit(row.Label, 204), canvas.IsNarrow ? "start" : "end", "halo");
        Bar(canvas, x, row.Mix, middle - 10, "current-bar");
        Bar(canvas, x, row.Rate, middle + 1, "violating-bar");
        if (canvas.IsNarrow)
        {
            canvas.Text(canvas.Width, baseline, $"mix {Short(row.Mix)}, rate {Short(row.Rate)}", "end", "muted halo");
        }
        else
        {
            canvas.Text(508, middle - 2, $"mix {Short(row.Mix)}", "start", "muted");
            canvas.Text(508, middle + 13, $"rate {Short(row.Rate)}", "start", "muted");
        }
    }

    private static string Short(double points) => Numbers.Points(points).Replace(" points", "", StringComparison.Ordinal);

    private static void Bar(Canvas canvas, Scale x, double value, double top, string role) =>
        canvas.Box(Math.Min(x[0], x[value]), top, Math.Abs(x[value] - x[0]), 9, role);
}
