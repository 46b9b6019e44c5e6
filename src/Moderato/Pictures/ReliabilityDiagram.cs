using System.Globalization;
using Moderato.Statistics.Intervals;

namespace Moderato.Pictures;

/// <param name="MeanScore">Mean score of the bin.</param>
/// <param name="Observed">Share of the bin that is truly violating.</param>
public sealed record ReliabilityPoint(double MeanScore, Rate Observed);

/// <summary>What scores mean: observed share of violating content against the score, with intervals and the diagonal.</summary>
public static class ReliabilityDiagram
{
    public static Picture Draw(string key, string finding, string description, IReadOnlyList<ReliabilityPoint> bins)
    {
        var table = new DataTable(
            "Reliability: mean score and observed share of violating content by bin",
            ["Mean score", Column.Number("Observed"), Column.Number("n"), "Method"],
            [.. bins.Select(bin => (IReadOnlyList<string>)[Numbers.Statistic(bin.MeanScore), Numbers.RateOrWhy(bin.Observed), Numbers.SampleSize(bin.Observed), Numbers.Method(bin.Observed)])]);
        return Picture.Draw(key, finding, description, table, canvas => Draw(canvas, bins));
    }

    private static void Draw(Canvas canvas, IReadOnlyList<ReliabilityPoint> bins)
    {
        canvas.Height = canvas.IsNarrow ? 320 : 340;
        double top = 36, bottom = canvas.Height - 44, left = 46;
        double right = Math.Min(canvas.Width - 12, left + ((bottom - top) * 1.5));
        double most = bins.Select(bin => Math.Max(bin.MeanScore, (bin.Observed as Rate.Known)?.High ?? 0)).DefaultIfEmpty(1).Max();
        double high = Scale.Nice(0, Math.Min(Math.Max(most, 0.05), 1), 0, 1).High;

        // Where violating content is rare most bins crowd at the origin: square roots spread them and keep the diagonal straight.
        bool isRoot = bins.Count > 0 && bins[bins.Count / 2].MeanScore < 0.12 * high;
        var x = new Scale(0, high, left, right, isRoot);
        var y = new Scale(0, high, bottom, top, isRoot);
        string axes = isRoot ? ", square-root scale" : "";
        canvas.YAxis(y, left, right, Numbers.TickPercent, "truly violating" + axes, 5);
        canvas.XAxis(x, top, bottom, tick => tick.ToString("0.###", CultureInfo.InvariantCulture), "mean score of the bin" + axes, 5);
        canvas.Line(x[0], y[0], x[x.High], y[x.High], "reference-line");
        foreach (var bin in bins)
        {
            if (bin.Observed is not Rate.Known observed)
            {
                continue;
            }

            double at = x[bin.MeanScore];
            canvas.Line(at, y[observed.Low], at, y[observed.High], "current-line");
            canvas.Line(at - 4, y[observed.Low], at + 4, y[observed.Low], "current-line");
            canvas.Line(at - 4, y[observed.High], at + 4, y[observed.High], "current-line");
            canvas.Dot(at, y[observed.Estimate], "current-dot");
            canvas.Reserve(at - 6, y[observed.High] - 4, at + 6, y[observed.Low] + 4);
        }

        canvas.Label(x[0.8 * x.High], y[0.8 * x.High], "as the score says", "halo muted");
        if (bins.Select(bin => (bin.MeanScore, Observed: bin.Observed as Rate.Known)).LastOrDefault(bin => bin.Observed is not null) is { Observed: { } last } end)
        {
            canvas.Label(x[end.MeanScore], y[last.Estimate], "observed", "halo");
        }
    }
}
