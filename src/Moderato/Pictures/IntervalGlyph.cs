using Moderato.Statistics.Intervals;

namespace Moderato.Pictures;

/// <summary>A rate against its yardstick in one line of pixels, for beside a number that is written out.</summary>
public static class IntervalGlyph
{
    /// <param name="description">The comparison in words: "8.1% [7.4, 8.9], objective 3.0%".</param>
    public static Markup Draw(Rate rate, Rate? before, double? objective, string key, string description)
    {
        var canvas = new Canvas(240, isNarrow: true) { Height = 26 };
        double most = new[] { rate, before }.OfType<Rate.Known>().Select(known => known.High).Append(objective ?? 0).Max();
        var x = new Scale(0, Math.Max(most, 0.0001) * 1.08, 6, 234);
        canvas.Line(6, 13, 234, 13, "axis");
        canvas.Line(6, 9, 6, 17, "axis");
        if (before is Rate.Known was)
        {
            canvas.Whisker(x[was.Low], x[was.High], 13, "reference-line");
            canvas.Dot(x[was.Estimate], 13, "reference-dot", 4);
        }

        if (objective is { } limit)
        {
            canvas.Line(x[limit], 1, x[limit], 25, "reference-line");
        }

        if (rate is Rate.Known now)
        {
            canvas.Whisker(x[now.Low], x[now.High], 13, "current-line");
            canvas.Dot(x[now.Estimate], 13, "current-dot", 5);
        }

        return Markup.Of($"""
            <svg class="glyph" viewBox="0 0 240 26" width="240" height="26" role="img" aria-labelledby="{key}-glyph-title {key}-glyph-desc"><title id="{key}-glyph-title">{description}</title><desc id="{key}-glyph-desc">{description}</desc>{canvas.Body}</svg>
            """);
    }
}
