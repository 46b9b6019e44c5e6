using Moderato.Statistics.Curves;

namespace Moderato.Statistics.Tests.Curves;

public sealed class PercentileIntervalTests
{
    private static List<double> Draws(int count) => [.. Enumerable.Range(1, count).Select(i => (double)i).Reverse()];

    [Fact]
    public void Leaves_the_tail_outside_by_counting_draws_and_one()
    {
        var limits = PercentileInterval.Of(Draws(999), long.MaxValue, .95);
        Assert.Equal(25, limits.Low, 1e-6);
        Assert.Equal(975, limits.High, 1e-6);
    }

    [Fact]
    public void Is_wider_where_it_rests_on_few_independent_draws()
    {
        double last = 0;
        foreach (long n in (long[])[1_000_000, 400, 50, 10, 3])
        {
            double width = PercentileInterval.Of(Draws(9_999), n).Width;
            Assert.True(width > last);
            last = width;
        }
    }

    [Theory]
    [InlineData(1, 100)]
    [InlineData(3, 1)]
    [InlineData(20, 1)]
    public void Ends_at_the_outermost_draws(int draws, long n)
    {
        var limits = PercentileInterval.Of(Draws(draws), n);
        Assert.Equal(1, limits.Low);
        Assert.Equal(draws, limits.High);
    }
}
