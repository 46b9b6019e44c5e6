namespace Moderato.Pictures;

/// <param name="Share">Share of the contents with a score in [From, To).</param>
/// <param name="ReferenceShare">The same in the reference; null where there is none.</param>
public sealed record ScoreShare(double From, double To, double Share, double? ReferenceShare);

/// <summary>Where scores lie, current as bars and reference as a dashed outline, with the cuts marked.</summary>
public static class ScoreHistogram
{
    /// <param name="of">What the shares are of: "false positives".</param>
    public static Picture Draw(
        string key, string finding, string description, string of, IReadOnlyList<ScoreShare> bins, double? reviewFrom, double? blockFrom)
    {
        bool compared = bins.Any(bin => bin.ReferenceShare is not null);
        var table = new DataTable(
            $"Share of {of} by score",
            compared ? ["Score", Column.Number("Current"), Column.Number("Reference")] : ["Score", Column.Number("Share")],
            [.. bins.Select(bin => (IReadOnlyList<string>)[$"{Numbers.Cut(bin.From)} to {Numbers.Cut(bin.To)}", Numbers.Percent(bin.Share),
                .. compared ? new[] { bin.ReferenceShare is { } share ? Numbers.Percent(share) : Numbers.Unknown } : []])]);
        return Picture.Draw(key, finding, description, table, canvas => Draw(canvas, of, bins, reviewFrom, blockFrom, compared));
    }

    private static void Draw(Canvas canvas, string of, IReadOnlyList<ScoreShare> bins, double? reviewFrom, double? blockFrom, bool compared)
    {
        canvas.Height = canvas.IsNarrow ? 264 : 274;
        double top = 68, bottom = canvas.Height - 44, left = 46;
        var x = new ScoreAxis(bins, left, canvas.Width - 12);
        var y = Scale.Nice(0, Math.Max(bins.Max(bin => Math.Max(bin.Share, bin.ReferenceShare ?? 0)), 0.001), bottom, top, 4);
        canvas.YAxis(y, left, canvas.Width - 12, Numbers.TickPercent, $"share of {of}", above: 54);
        foreach (var bin in bins)
        {
            canvas.Box(x[bin.From] + 1, y[bin.Share], x[bin.To] - x[bin.From] - 2, bottom - y[bin.Share], "current-bar");
        }

        if (compared)
        {
            canvas.Polyline(bins.SelectMany(bin => new[] { (x[bin.From], y[bin.ReferenceShare ?? 0]), (x[bin.To], y[bin.ReferenceShare ?? 0]) }), "reference-line");
            var widest = bins.MaxBy(bin => (bin.ReferenceShare ?? 0) - bin.Share)!;
            canvas.Reserve(0, 0, canvas.Width, top - 8);
            foreach (var bin in bins)
            {
                canvas.Reserve(x[bin.From], y[Math.Max(bin.Share, bin.ReferenceShare ?? 0)] - 2, x[bin.To], bottom);
            }

            canvas.Label((x[widest.From] + x[widest.To]) / 2, y[widest.ReferenceShare ?? 0], "reference", "halo muted");
        }

        x.Draw(canvas, bottom);
        Cut(canvas, x, bottom, blockFrom, "flagged from", 36);
        Cut(canvas, x, bottom, reviewFrom == blockFrom ? null : reviewFrom, "review from", 54);
    }

    private static void Cut(Canvas canvas, ScoreAxis x, double bottom, double? cut, string name, double y)
    {
        if (cut is not { } value)
        {
            return;
        }

        canvas.Line(x[value], y + 4, x[value], bottom, "cut-line");
        string text = $"{name} {Numbers.Cut(value)}";
        double half = Canvas.StrongWidth(text) / 2;
        canvas.Text(Math.Clamp(x[value], half, canvas.Width - half), y, text, "middle", "strong");
    }
}
