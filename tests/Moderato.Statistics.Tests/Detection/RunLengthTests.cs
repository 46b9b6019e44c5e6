using Moderato.Statistics.Detection;
using Moderato.Statistics.Sampling;
using Moderato.Statistics.Tests.Simulations;

namespace Moderato.Statistics.Tests.Detection;

public sealed class RunLengthTests
{
    [Theory]
    [InlineData(.5, 4, 0, 168)]
    [InlineData(.5, 5, 0, 465)]
    [InlineData(.5, 5, 1, 10.4)]
    [InlineData(.5, 4, 1, 8.38)]
    public void A_two_sided_CUSUM_has_the_tabled_run_length(double allowance, double limit, double shift, double tabled) =>
        Assert.InRange(RunLength.OfTwoSidedCusum(allowance, limit, shift), .985 * tabled, 1.015 * tabled); // Montgomery, table 9.4

    [Theory]
    [InlineData(.1, 2.814, 0, 500)]
    [InlineData(.1, 2.703, 0, 370.4)]
    [InlineData(.2, 2.86, 0, 370.4)]
    [InlineData(.1, 2.814, 1, 10.3)]
    public void An_EWMA_has_the_tabled_run_length(double weight, double limit, double shift, double tabled) =>
        Assert.InRange(RunLength.OfEwma(weight, limit, shift), .97 * tabled, 1.06 * tabled); // Lucas and Saccucci 1990; Montgomery, table 9.11

    [Fact]
    public void A_dashboard_gets_the_limit_that_its_charts_need_together()
    {
        double one = RunLength.CusumLimit(.5, 1, 365), twelve = RunLength.CusumLimit(.5, 12, 365);

        Assert.Equal(365, RunLength.OfTwoSidedCusum(.5, one), 1e-3);
        Assert.Equal(12 * 365, RunLength.OfTwoSidedCusum(.5, twelve), 1e-1);
        Assert.True(twelve > one);
        Assert.Equal(12 * 365, RunLength.OfEwma(.2, RunLength.EwmaLimit(.2, 12, 365)), 1e-1);
        Assert.Throws<ArgumentOutOfRangeException>(() => RunLength.CusumLimit(.5, 0, 365));
        Assert.Throws<ArgumentOutOfRangeException>(() => RunLength.EwmaLimit(.2, 1, 0));
    }

    [Fact]
    public void Daily_counts_with_a_weekly_rhythm_alarm_no_more_often_than_stated() =>
        Assert.All(FalseAlarms.OfWeekdays(6), found => Assert.InRange(found.AlarmsADay, 0, 2.2 * found.Stated));

    [Fact]
    public void A_step_is_seen_within_days_and_is_not_swallowed()
    {
        var random = new SplitMix64(3);
        var (events, contents) = (new long[150], new long[150]);
        for (int day = 0; day < events.Length; day++)
        {
            contents[day] = 2_000;
            for (int i = 0; i < 2_000; i++)
            {
                events[day] += random.NextDouble() < (day < 100 ? .02 : .04) ? 1 : 0;
            }
        }

        var days = WeekdayDetector.Of(events, contents, new(1 / 365.0));

        Assert.InRange(Array.FindIndex(days, 60, day => day.IsAlarm), 100, 101);
        Assert.True(days[100..].Count(day => day.IsAlarm) > 40, "days that alarmed do not become the baseline");
    }

    [Fact]
    public void Without_enough_days_or_contents_there_is_no_verdict()
    {
        Assert.Empty(WeekdayDetector.Of([], [], new(.01)));
        Assert.All(WeekdayDetector.Of([9, 0, 5], [10, 0, 10], new(.01)), day => Assert.False(day.IsAlarm));
        Assert.All(WeekdayDetector.Of(new long[90], new long[90], new(.01)), day => Assert.True(double.IsNaN(day.Expected)));
        Assert.Throws<ArgumentException>(() => WeekdayDetector.Of([2], [1], new(.01)));
        Assert.Throws<ArgumentException>(() => WeekdayDetector.Of([2], [], new(.01)));
        Assert.Throws<ArgumentOutOfRangeException>(() => WeekdayDetector.Of([], [], new(0)));
    }
}
