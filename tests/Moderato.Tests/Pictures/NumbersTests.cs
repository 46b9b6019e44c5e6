using CsCheck;
using Moderato.Pictures;
using Moderato.Statistics.Intervals;

namespace Moderato.Tests.Pictures;

public sealed class NumbersTests
{
    [Theory]
    [InlineData(0.081, "8.1%")]
    [InlineData(0.4, "40%")]
    [InlineData(0.0995, "10%")]
    [InlineData(0.0994, "9.9%")]
    [InlineData(0, "0.0%")]
    [InlineData(0.0004, "0.04%")]
    [InlineData(0.00004, "0.004%")]
    [InlineData(0.0000001, "<0.001%")]
    [InlineData(1, "100%")]
    [InlineData(0.997, "99.7%")]
    [InlineData(0.9999999, ">99.999%")]
    [InlineData(double.NaN, "–")]
    public void A_share_has_one_decimal_under_10_percent_and_none_above(double share, string written) =>
        Assert.Equal(written, Numbers.Percent(share));

    [Fact]
    public void A_rate_is_written_with_its_interval_in_the_decimals_of_the_estimate()
    {
        Assert.Equal("8.1% [7.4, 8.9]", Numbers.Rate(Known(0.081, 0.074, 0.089)));
        Assert.Equal("12% [9, 15]", Numbers.Rate(Known(0.12, 0.09, 0.15)));
        Assert.Equal("9.6% [8.2, 11.1]", Numbers.Rate(Known(0.096, 0.082, 0.111)));
        Assert.Equal("0.0% [0.0, 3.6]", Numbers.Rate(Known(0, 0, 0.036)));
    }

    [Fact]
    public void What_is_unknown_is_a_dash_with_its_reason_and_never_zero()
    {
        Assert.Equal("–", Numbers.Rate(new Rate.Unknown("no labels")));
        Assert.Equal("–", Numbers.Rate(null));
        Assert.Equal("– (no labels)", Numbers.RateOrWhy(new Rate.Unknown("no labels")));
        Assert.Equal("–", Numbers.Change(new Change.Unknown("no labels"), "false positives"));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(999, "999")]
    [InlineData(1234, "1\u202f234")]
    [InlineData(10_000_000, "10\u202f000\u202f000")]
    [InlineData(-4200, "\u22124\u202f200")]
    [InlineData(long.MinValue, "\u22129\u202f223\u202f372\u202f036\u202f854\u202f775\u202f808")]
    public void Counts_are_grouped_by_thin_spaces(long count, string written) => Assert.Equal(written, Numbers.Count(count));

    [Fact]
    public void A_change_has_a_sign_and_a_word()
    {
        Assert.Equal("\u221240% [\u221244, \u221236], 310 fewer false positives",
            Numbers.Change(new Change.Known(-40, -44, -36, -310), "false positives"));
        Assert.Equal("+12% [9, 15], 4 more false negatives",
            Numbers.Change(new Change.Known(12, 9, 15, 4), "false negatives"));
        Assert.Equal("310 more reviews a day", Numbers.Change(new Change.Known(null, null, null, 310), "reviews a day"));
        Assert.Equal("no change in false negatives", Numbers.Change(Change.Known.Nothing, "false negatives"));
        Assert.Equal("+2.1 points", Numbers.Points(0.021));
        Assert.Equal("0.0 points", Numbers.Points(-0.0));
    }

    [Theory]
    [InlineData(0.5, "0.50")]
    [InlineData(0.5012, "0.5012")]
    [InlineData(null, "never")]
    public void A_cut_shows_the_decimals_that_scores_have(double? cut, string written) => Assert.Equal(written, Numbers.Cut(cut));

    [Fact]
    public void Something_is_never_written_as_nothing_nor_as_all() =>
        Gen.Double[0, 1].Sample(share =>
        {
            string written = Numbers.Percent(share);
            Assert.True(share == 0 || (written is not "0.0%" && !written.StartsWith("0.000%", StringComparison.Ordinal)), written);
            Assert.True(share == 1 || written != "100%", written);
            Assert.True(written.Length <= 8, written);
        });

    private static Rate.Known Known(double estimate, double low, double high) =>
        new(estimate, low, high, 400, "Wilson", "truly safe contents", "random", 0.95);
}
