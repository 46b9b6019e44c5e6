using Moderato.Statistics.Curves;

namespace Moderato.Statistics.Tests.Curves;

public sealed class ScoreBinTests
{
    [Fact]
    public void Every_cut_of_four_decimals_falls_into_its_own_bin()
    {
        for (int bin = 0; bin < ScoreBin.Count; bin++)
        {
            Assert.Equal(bin, ScoreBin.Of(ScoreBin.Cut(bin)));
            Assert.Equal(bin, ScoreBin.Of(double.Parse($"{bin / 10_000}.{bin % 10_000:0000}", System.Globalization.CultureInfo.InvariantCulture)));
        }
    }

    [Theory]
    [InlineData(0.59999, 5_999)]
    [InlineData(0.6, 6_000)]
    [InlineData(0.999999, 9_999)]
    [InlineData(1.0, 10_000)]
    public void A_score_below_a_cut_stays_below_it(double score, int bin) => Assert.Equal(bin, ScoreBin.Of(score));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.0001)]
    [InlineData(1.0001)]
    public void A_score_outside_the_unit_interval_is_refused(double score) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ScoreBin.Of(score));
}
