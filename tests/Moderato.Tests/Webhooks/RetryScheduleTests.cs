using CsCheck;
using Moderato.Webhooks;

namespace Moderato.Tests.Webhooks;

public sealed class RetryScheduleTests
{
    private static readonly DateTimeOffset First = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void It_waits_twice_as_long_each_time_up_to_two_hours_and_ends_with_the_day() => Gen.Long.Sample(delivery =>
    {
        var now = First;
        var waits = new List<TimeSpan>();
        for (int attempts = 1; RetrySchedule.Next(delivery, attempts, First, now) is { } next; attempts++)
        {
            waits.Add(next - now);
            now = next;
        }

        Assert.Equal(First + TimeSpan.FromDays(1), now);
        Assert.InRange(waits.Count, 18, 27);
        Assert.All(waits.SkipLast(1).Index(), wait =>
        {
            double asked = Math.Min(10 * Math.Pow(2, wait.Index), 7_200);
            Assert.InRange(wait.Item.TotalSeconds, 0.75 * asked, 1.25 * asked);
        });
    });

    [Fact]
    public void Deliveries_that_failed_together_come_back_apart()
    {
        var next = Enumerable.Range(1, 1_000).Select(delivery => (RetrySchedule.Next(delivery, 5, First, First)! - First).Value.TotalSeconds).ToList();
        for (int quarter = 0; quarter < 4; quarter++)
        {
            Assert.InRange(next.Count(seconds => seconds >= 120 + (20 * quarter) && seconds < 140 + (20 * quarter)), 190, 310);
        }
    }

    [Theory]
    [InlineData(0, 60, 60)]
    [InlineData(0, 7 * 86_400, 86_400)]
    [InlineData(86_399, 3_600, 3_600)]
    public void What_the_receiver_asks_for_is_kept_to_up_to_a_day(int secondsIn, int asked, int expected)
    {
        var now = First.AddSeconds(secondsIn);
        Assert.Equal(now.AddSeconds(expected), RetrySchedule.Next(1, 1, First, now, TimeSpan.FromSeconds(asked)));
    }

    [Fact]
    public void A_receiver_that_asks_for_less_than_the_schedule_waits_for_the_schedule()
    {
        Assert.Equal(RetrySchedule.Next(1, 9, First, First), RetrySchedule.Next(1, 9, First, First, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void After_the_day_it_is_not_tried_again_whatever_the_receiver_asks_for()
    {
        Assert.Null(RetrySchedule.Next(1, 20, First, First + TimeSpan.FromDays(1), TimeSpan.FromHours(1)));
        Assert.Null(RetrySchedule.Next(1, 1, First, First + TimeSpan.FromDays(3)));
    }

    [Fact]
    public void A_clock_that_was_set_back_only_makes_it_wait()
    {
        Assert.InRange(RetrySchedule.Next(1, 3, First, First - TimeSpan.FromHours(5))!.Value, First - TimeSpan.FromHours(5), First);
        Assert.NotNull(RetrySchedule.Next(1, int.MaxValue, First, First));
    }
}
