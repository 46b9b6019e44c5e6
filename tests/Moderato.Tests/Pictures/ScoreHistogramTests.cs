using System.Globalization;
using AngleSharp.Html.Parser;
using Moderato.Pictures;

namespace Moderato.Tests.Pictures;

public sealed class ScoreHistogramTests
{
    private static readonly double[] Odds = [0, 0.001, 0.01, 0.1, 0.5, 0.9, 1];

    [Fact]
    public void Uneven_bands_are_drawn_equally_wide_and_the_cut_stands_inside_its_band()
    {
        var bars = Elements("rect.current-bar").Select(bar => (X: Number(bar, "x"), Width: Number(bar, "width"))).ToArray();
        double cut = Number(Elements("line.cut-line").Single(), "x1");

        Assert.Equal(Odds.Length - 1, bars.Length);
        Assert.All(bars, bar => Assert.Equal(bars[0].Width, bar.Width, 0.1));
        Assert.InRange(cut, bars[2].X, bars[3].X);
    }

    [Fact]
    public void Labels_of_the_axis_do_not_overlap()
    {
        double[] at = [.. Elements("text.muted").Where(text => double.TryParse(text.TextContent, CultureInfo.InvariantCulture, out _)).Select(text => Number(text, "x"))];

        Assert.True(at.Length >= 4);
        Assert.All(at.Zip(at.Skip(1)), pair => Assert.True(pair.Second - pair.First > 20));
    }

    private static IEnumerable<AngleSharp.Dom.IElement> Elements(string selector)
    {
        var bins = Odds.Zip(Odds.Skip(1), (from, to) => new ScoreShare(from, to, 1.0 / 6, 1.0 / 6)).ToArray();
        var picture = ScoreHistogram.Draw("scores", "A finding", "A finding.", "all content", bins, null, 0.05);
        return new HtmlParser().ParseDocument(picture.Wide.ToString()).QuerySelectorAll(selector);
    }

    private static double Number(AngleSharp.Dom.IElement element, string attribute) =>
        double.Parse(element.GetAttribute(attribute)!, CultureInfo.InvariantCulture);
}
