using CsCheck;
using Moderato.Statistics.HypothesisTests;
using Moderato.Statistics.Intervals;
using Moderato.Statistics.Sampling;

namespace Moderato.Statistics.Tests.Intervals;

public sealed class PairedDifferenceIntervalTests
{
    private static readonly Gen<(long B, long C, long N)> Table =
        from b in Gen.Long[0, 40]
        from c in Gen.Long[0, 40]
        from same in Gen.Long[0, 200]
        select (b, c, b + c + same);

    [Fact]
    public void Nothing_is_outside_exactly_where_McNemar_rejects() => Table.Sample(table =>
        (McNemarTest.ChiSquared(table.B, table.C).Statistic > 3.841458820694124 + 1e-6) != PairedDifferenceInterval.Of(table.B, table.C, table.N).Contains(0)
        || Math.Abs(McNemarTest.ChiSquared(table.B, table.C).Statistic - 3.841458820694124) < 1e-6);

    [Fact]
    public void The_verdicts_may_change_places_and_the_estimate_is_inside() => Table.Sample(table =>
    {
        var (one, other) = (PairedDifferenceInterval.Of(table.B, table.C, table.N), PairedDifferenceInterval.Of(table.C, table.B, table.N));
        Assert.Equal(one.Low, -other.High, 1e-9);
        Assert.Equal(one.High, -other.Low, 1e-9);
        Assert.InRange(table.N == 0 ? 0 : (table.B - table.C) / (double)table.N, one.Low, one.High);
        Assert.InRange(one.High, one.Low, 1);
    });

    [Fact]
    public void No_difference_seen_still_has_an_interval_and_no_content_the_whole()
    {
        var none = PairedDifferenceInterval.Of(0, 0, 100);

        Assert.Equal(-none.Low, none.High, 1e-12);
        Assert.InRange(none.High, .03, .04);
        Assert.Equal(new Interval(-1, 1), PairedDifferenceInterval.Of(0, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => PairedDifferenceInterval.Of(3, 3, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => PairedDifferenceInterval.Of(-1, 0, 5));
    }

    [Theory]
    [InlineData(200, .10, .04)]
    [InlineData(60, .2, .1)]
    [InlineData(1_000, .03, .03)]
    public void Covers_near_its_nominal_level(int n, double first, double second)
    {
        var random = new SplitMix64(29);
        int covered = 0;
        for (int trial = 0; trial < 2_000; trial++)
        {
            long b = 0, c = 0;
            for (int i = 0; i < n; i++)
            {
                double u = random.NextDouble();
                b += u < first ? 1 : 0;
                c += u >= first && u < first + second ? 1 : 0;
            }

            covered += PairedDifferenceInterval.Of(b, c, n).Contains(first - second) ? 1 : 0;
        }

        Assert.InRange(covered / 2_000.0, .94, .965);
    }
}
