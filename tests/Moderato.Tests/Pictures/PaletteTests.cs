using System.Globalization;
using Moderato.Pictures;

namespace Moderato.Tests.Pictures;

public sealed class PaletteTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_colour_that_carries_meaning_reaches_4_5_to_1_on_ground_and_raised(bool dark)
    {
        var palette = dark ? Palette.Dark : Palette.Light;
        foreach (string colour in new[]
                 {
                     palette.Text, palette.Muted, palette.Safe, palette.Borderline, palette.Violating, palette.Current, palette.Reference,
                 })
        {
            Assert.True(Contrast(colour, palette.Ground) >= 4.5, $"{colour} on ground {palette.Ground}: {Contrast(colour, palette.Ground):0.00}");
            Assert.True(Contrast(colour, palette.Raised) >= 4.5, $"{colour} on raised {palette.Raised}: {Contrast(colour, palette.Raised):0.00}");
        }
    }

    [Fact]
    public void Contrast_agrees_with_the_published_extremes()
    {
        Assert.Equal(21, Contrast("#000000", "#ffffff"), 9);
        Assert.Equal(4.54, Contrast("#767676", "#ffffff"), 2);
    }

    /// <summary>WCAG 2.2 contrast ratio (L₁ + .05) / (L₂ + .05) of relative luminances.</summary>
    private static double Contrast(string a, string b)
    {
        double la = Luminance(a), lb = Luminance(b);
        return (Math.Max(la, lb) + 0.05) / (Math.Min(la, lb) + 0.05);
    }

    private static double Luminance(string hex) =>
        (0.2126 * Linear(hex[1..3])) + (0.7152 * Linear(hex[3..5])) + (0.0722 * Linear(hex[5..7]));

    private static double Linear(string channel)
    {
        double value = int.Parse(channel, NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
