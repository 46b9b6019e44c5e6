using Moderato.Releases;

namespace Moderato.Tests.Releases;

public sealed class ReversalPaceTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(600)]
    [InlineData(60_000)]
    public void In_no_minute_more_go_out_than_are_allowed_and_no_fewer_when_all_are_taken(double perMinute)
    {
        var pace = new ReversalPace(perMinute);
        var random = new Random(3);
        double seconds = 0;
        long sent = 0;
        while (seconds < 600)
        {
            int allowed = pace.Allowed(Start.AddSeconds(seconds));
            pace.Took(allowed);
            sent += allowed;
            Assert.True(sent <= (perMinute * seconds / 60) + 1e-6, $"{sent} after {seconds} s");
            seconds += .2 + (.6 * random.NextDouble());
        }

        Assert.InRange(sent, (perMinute * 10 * .99) - 2, perMinute * 10);
    }

    [Fact]
    public void Nothing_is_saved_up_while_nobody_asks_and_a_clock_set_back_allows_nothing()
    {
        var pace = new ReversalPace(600);
        Assert.Equal(0, pace.Allowed(Start));
        Assert.Equal(11, pace.Allowed(Start.AddHours(5)));
        pace.Took(11);
        Assert.Equal(0, pace.Allowed(Start));
    }
}
