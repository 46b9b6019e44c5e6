using Moderato.Statistics.Intervals;

namespace Moderato.Pictures;

/// <param name="Lift">Times as often as the rest; null where it is not known.</param>
/// <param name="Limits">Its interval.</param>
/// <param name="Note">A few words after the value.</param>
public sealed record LiftRow(string Label, double? Lift, Interval? Limits, string Note);

/// <summary>Ratios to the rest as dot and whisker on a scale of factors, one row each, against the line of "as often as the rest".</summary>
public static class LiftPlot
{
    private const int RowsShown = 10;
    private static readonly double[] Factors = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

    /// <param name="axis">What is how often: "wrongly flagged, times as often as the rest".</param>
    public static Picture Draw(string key, string finding, string axis, IReadOnlyList<LiftRow> rows, DataTable table)
    {
        var shown = rows.Take(RowsShown).ToArray();
        string description = $"{finding}. {axis}: " + string.Join("; ", shown.Select(row => $"{row.Label} {Value(row)}, {row.Note}")) + ".";
        return Picture.Draw(key, finding, description, table, canvas => Draw(canvas, axis, shown));
    }

    private static void Draw(Canvas canvas, string axis, LiftRow[] rows)
    {
        const double top = 28;
        double rowHeight = canvas.IsNarrow ? 46 : 34;
        double bottom = top + (rows.Length * rowHeight) + 4;
        canvas.Height = bottom + 44;
        double left = canvas.IsNarrow ? 8 : 216, right = canvas.IsNarrow ? canvas.Width - 12 : 460;
        double[] all = [1, .. rows.SelectMany(row => new[] { row.Lift, row.Limits?.Low, row.Limits?.High }).OfType<double>().Where(value => value > 0 && double.IsFinite(value))];
        double low = Factors.Last(factor => factor <= Math.Max(all.Min(), Factors[0])), high = Factors.First(factor => factor > Math.Min(all.Max(), Factors[^2]));
        var x = new Scale(Math.Log(low), Math.Log(high), left, right);
        foreach (double factor in Factors.Where(factor => factor >= low && factor <= high))
        {
            canvas.Line(x[Math.Log(factor)], top, x[Math.Log(factor)], bottom, "grid");
            string tick = factor >= 1 ? $"{factor:0}×" : $"{factor:0.#}×";
            double reach = Canvas.TextWidth(tick) / 2;
            canvas.Text(Math.Clamp(x[Math.Log(factor)], reach, canvas.Width - reach), bottom + 17, tick, "middle", "muted");
        }

        canvas.Line(left, bottom, right, bottom, "axis");
        canvas.AxisTitle((left + right) / 2, bottom + 36, axis);
        canvas.Line(x[0], top - 6, x[0], bottom, "reference-line");
        const string rest = "as the rest";
        double half = Canvas.TextWidth(rest) / 2;
        canvas.Text(Math.Clamp(x[0], half, canvas.Width - half), top - 12, rest, "middle", "muted");
        for (int i = 0; i < rows.Length; i++)
        {
            Row(canvas, x, rows[i], top + (i * rowHeight));
        }
    }

    private static void Row(Canvas canvas, Scale x, LiftRow row, double top)
    {
        double middle = canvas.IsNarrow ? top + 32 : top + 17;
        string value = Value(row);
        if (canvas.IsNarrow)
        {
            canvas.Text(0, top + 15, Canvas.Fit(row.Label, canvas.Width - Canvas.StrongWidth(value) - 10), role: "halo");
            canvas.Text(canvas.Width, top + 15, value, "end", "strong halo");
        }
        else
        {
            canvas.Wrapped(204, middle, row.Label, 204, "end");
            canvas.Noted(476, middle + 4.5, value, Canvas.Fit(row.Note, canvas.Width - 476 - Canvas.StrongWidth(value) - 8));
        }

        if (row.Lift is not { } lift)
        {
            return;
        }

        if (row.Limits is { } limits)
        {
            canvas.Whisker(x[Log(limits.Low)], x[Log(limits.High)], middle, "current-line");
        }

        canvas.Dot(x[Log(lift)], middle, "current-dot");
    }

    private static double Log(double factor) => Math.Log(Math.Clamp(factor, Factors[0], Factors[^1]));

    private static string Value(LiftRow row) => row.Lift is { } lift ? Numbers.Times(lift, row.Limits) : Numbers.Unknown;
}
