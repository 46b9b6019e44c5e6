namespace Moderato.Pictures;

/// <param name="IsRest">What is left over: drawn in the reference colour.</param>
public sealed record ShareRow(string Label, double Share, bool IsRest = false);

/// <summary>How a whole divides, one bar a part, from zero.</summary>
public static class ShareBars
{
    /// <param name="of">The whole: "excess false positives".</param>
    public static Picture Draw(string key, string finding, string what, string of, IReadOnlyList<ShareRow> rows)
    {
        var table = new DataTable($"Share of the {of}", [what, Column.Number("Share")], [.. rows.Select(row => (IReadOnlyList<string>)[row.Label, Numbers.Percent(row.Share)])]);
        string description = $"{finding}. Share of the {of}: " + string.Join("; ", rows.Select(row => $"{row.Label} {Numbers.Percent(row.Share)}")) + ".";
        return Picture.Draw(key, finding, description, table, canvas => Draw(canvas, of, rows));
    }

    private static void Draw(Canvas canvas, string of, IReadOnlyList<ShareRow> rows)
    {
        double left = canvas.IsNarrow ? 8 : 216, right = canvas.IsNarrow ? canvas.Width - 12 : 640;
        double rowHeight = canvas.IsNarrow ? 42 : 34;
        double bottom = 4 + (rows.Count * rowHeight);
        canvas.Height = bottom + 44;
        var x = new Scale(0, 1, left, right);
        canvas.XAxis(x, 4, bottom, Numbers.TickPercent, $"share of the {of}", 4);
        for (int i = 0; i < rows.Count; i++)
        {
            double top = 4 + (i * rowHeight), bar = canvas.IsNarrow ? top + 20 : top + 7;
            if (canvas.IsNarrow)
            {
                canvas.Text(0, top + 14, Canvas.Fit(rows[i].Label, 270), role: "halo");
            }
            else
            {
                canvas.Wrapped(204, top + 15, rows[i].Label, 204, "end");
            }

            canvas.Box(left, bar, x[rows[i].Share] - left, 16, rows[i].IsRest ? "reference-bar" : "current-bar");
            canvas.Text(canvas.IsNarrow ? canvas.Width : x[rows[i].Share] + 8, canvas.IsNarrow ? top + 14 : top + 19.5, Numbers.Percent(rows[i].Share), canvas.IsNarrow ? "end" : "start", "strong halo");
        }
    }
}
