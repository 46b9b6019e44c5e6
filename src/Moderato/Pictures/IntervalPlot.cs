using Moderato.Statistics.Intervals;

namespace Moderato.Pictures;

/// <param name="Before">The same rate in the reference, drawn hollow and dashed.</param>
/// <param name="Note">A few words after the value: "6.2× the rest".</param>
public sealed record IntervalRow(string Label, Rate Rate, Rate? Before = null, string Note = "");

/// <summary>Rates as dot and whisker, one row each, against a dashed line.</summary>
public static class IntervalPlot
{
    /// <summary>More rows than this stay in the table.</summary>
    private const int RowsShown = 10;

    /// <param name="axis">What the rates are, with population: "FPR among truly safe contents".</param>
    /// <param name="what">Head of the label column: "Slice".</param>
    /// <param name="line">A value to compare with, and its name.</param>
    /// <param name="table">The numbers, where there are more than the picture shows.</param>
    public static Picture Draw(
        string key, string finding, string what, string axis, IReadOnlyList<IntervalRow> rows, (double Value, string Name)? line = null,
        DataTable? table = null)
    {
        var shown = rows.Take(RowsShown).ToArray();
        return Picture.Draw(key, finding, Describe(finding, axis, shown, line), table ?? Table(what, axis, rows), canvas => Draw(canvas, axis, shown, line));
    }

    private static void Draw(Canvas canvas, string axis, IntervalRow[] rows, (double Value, string Name)? line)
    {
        double top = line is null ? 8 : 28;
        double rowHeight = canvas.IsNarrow ? 46 : 34;
        double bottom = top + (rows.Length * rowHeight) + 4;
        canvas.Height = bottom + 44;
        double left = canvas.IsNarrow ? 8 : 216, right = canvas.IsNarrow ? canvas.Width - 12 : 492;
        double most = rows.SelectMany(row => new[] { row.Rate, row.Before }).OfType<Rate.Known>().Select(known => known.High)
            .Append(line?.Value * 1.1 ?? 0).DefaultIfEmpty(0).Max();
        var scale = Scale.Nice(0, Math.Clamp(most, 0.001, 1), left, right, canvas.IsNarrow ? 3 : 4);
        canvas.XAxis(scale, top, bottom, Numbers.TickPercent, axis, canvas.IsNarrow ? 3 : 4);
        if (line is { } marker)
        {
            double x = scale[marker.Value];
            canvas.Line(x, top - 6, x, bottom, "reference-line");
            string name = $"{marker.Name} {Numbers.Percent(marker.Value)}";
            double half = Canvas.TextWidth(name) / 2;
            canvas.Text(Math.Clamp(x, half, canvas.Width - half), top - 12, name, "middle", "muted");
        }

        for (int i = 0; i < rows.Length; i++)
        {
            Row(canvas, scale, rows[i], top + (i * rowHeight));
        }
    }

    private static void Row(Canvas canvas, Scale scale, IntervalRow row, double top)
    {
        double middle = canvas.IsNarrow ? top + 32 : top + 17;
        string value = Numbers.Rate(row.Rate);
        if (canvas.IsNarrow)
        {
            double room = Canvas.StrongWidth(value);
            canvas.Text(0, top + 15, Canvas.Fit(row.Label, canvas.Width - room - 10), role: "halo");
            canvas.Text(canvas.Width, top + 15, value, "end", "strong halo");
        }
        else
        {
            canvas.Wrapped(204, middle, row.Label, 204, "end");
            canvas.Noted(508, middle + 4.5, value, Canvas.Fit(row.Note, canvas.Width - 508 - Canvas.StrongWidth(value) - 8));
        }

        if (row.Before is Rate.Known before)
        {
            canvas.Whisker(scale[before.Low], scale[before.High], middle + 5, "reference-line");
            canvas.Dot(scale[before.Estimate], middle + 5, "reference-dot", 4);
        }

        if (row.Rate is Rate.Known now)
        {
            double y = row.Before is Rate.Known ? middle - 4 : middle;
            canvas.Whisker(scale[now.Low], scale[now.High], y, "current-line");
            canvas.Dot(scale[now.Estimate], y, "current-dot");
        }
    }

    private static string Describe(string finding, string axis, IntervalRow[] rows, (double Value, string Name)? line) =>
        $"{finding}. {axis}: " + string.Join("; ", rows.Select(row => $"{row.Label} {Numbers.RateOrWhy(row.Rate)}"
            + (row.Before is { } before ? $", before {Numbers.RateOrWhy(before)}" : "") + (row.Note.Length > 0 ? $", {row.Note}" : "")))
        + (line is { } marker ? $"; {marker.Name} {Numbers.Percent(marker.Value)}" : "") + ".";

    private static DataTable Table(string what, string axis, IReadOnlyList<IntervalRow> rows)
    {
        bool hasBefore = rows.Any(row => row.Before is not null), hasNotes = rows.Any(row => row.Note.Length > 0);
        List<Column> columns = [what, Column.Number("Rate"), Column.Number("n")];
        if (hasBefore)
        {
            columns.AddRange([Column.Number("Before"), Column.Number("n before")]);
        }

        if (hasNotes)
        {
            columns.Add("Note");
        }

        columns.Add("Method");
        return new DataTable(axis, columns, [.. rows.Select(Cells)]);

        IReadOnlyList<string> Cells(IntervalRow row)
        {
            List<string> cells = [row.Label, Numbers.RateOrWhy(row.Rate), Numbers.SampleSize(row.Rate)];
            if (hasBefore)
            {
                cells.AddRange([Numbers.RateOrWhy(row.Before), Numbers.SampleSize(row.Before)]);
            }

            if (hasNotes)
            {
                cells.Add(row.Note);
            }

            cells.Add(Numbers.Method(row.Rate));
            return cells;
        }
    }
}
