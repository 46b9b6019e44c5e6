using Moderato.Statistics.Sampling;

namespace Moderato.Statistics.Tests.Sampling;

public sealed class ReservoirTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(4)]
    public void Fewer_items_than_it_holds_are_all_in_it_and_none_where_it_holds_none(int size)
    {
        var drawn = new Reservoir<int>(size, 1);
        for (int item = 0; item < 3; item++)
        {
            drawn.Offer(item);
        }

        Assert.Equal(3, drawn.Offered);
        Assert.Equal(size == 0 ? [] : [0, 1, 2], drawn.Drawn);
    }

    [Fact]
    public void Every_item_is_as_likely_wherever_it_came()
    {
        const int Items = 20, Size = 5, Draws = 4_000;
        var times = new int[Items];
        for (int seed = 0; seed < Draws; seed++)
        {
            var drawn = Draw(Items, Size, seed);
            Assert.Equal(Size, drawn.Distinct().Count());
            foreach (int item in drawn)
            {
                times[item]++;
            }
        }

        // 1,000 each with a standard deviation of 27: five of them.
        Assert.All(times, count => Assert.InRange(count, 865, 1_135));
    }

    [Fact]
    public void The_same_seed_draws_the_same_and_another_others()
    {
        Assert.Equal(Draw(1_000, 10, 7), Draw(1_000, 10, 7));
        Assert.NotEqual(Draw(1_000, 10, 7), Draw(1_000, 10, 8));
    }

    private static IReadOnlyList<int> Draw(int items, int size, int seed)
    {
        var drawn = new Reservoir<int>(size, seed);
        for (int item = 0; item < items; item++)
        {
            drawn.Offer(item);
        }

        return drawn.Drawn;
    }
}
