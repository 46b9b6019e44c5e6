using Moderato.Statistics.Detection;
using Moderato.Statistics.Distributions;
using Moderato.Statistics.Sampling;

namespace Moderato.Statistics.Tests.Detection;

public sealed class DetectionTests
{
    [Fact]
    public void No_days_have_no_verdict()
    {
        Assert.Empty(TrailingWindow.Of([]));
        Assert.Empty(Ewma.Of([], 0, 1, .2, 3));
        Assert.Empty(Cusum.Of([], 0, 1, .5));
        Assert.Null(Cusum.FirstAbove([], 5));
    }

    [Fact]
    public void A_day_that_is_no_number_is_refused_where_it_would_spoil_all_that_follow()
    {
        Assert.Throws<ArgumentException>(() => Ewma.Of([1, double.NaN], 0, 1, .2, 3));
        Assert.Throws<ArgumentException>(() => Cusum.Of([double.NaN], 0, 1, .5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BettingTest(.1, .05).See(double.NaN));
        Assert.Throws<ArgumentException>(() => LaneyChart.Of([3], [2]));
    }

    [Fact]
    public void The_tails_of_a_beta_binomial_add_up_to_one_at_every_count()
    {
        var law = new BetaBinomialDistribution(40, .3, 12);

        Assert.All(Enumerable.Range(-1, 43), k => Assert.Equal(1, law.LowerTail(k) + law.UpperTail(k), 1e-12));
    }

    [Fact]
    public void A_betting_test_at_its_objective_alarms_in_at_most_alpha_of_all_runs_however_often_one_looks()
    {
        var random = new SplitMix64(11);
        int alarms = 0;
        const int runs = 1_000;
        for (int run = 0; run < runs; run++)
        {
            var test = new BettingTest(.05, .05);
            for (int content = 0; content < 500; content++)
            {
                test.See(random.NextDouble() < .05 ? 1 : 0);
            }

            alarms += test.IsAlarm ? 1 : 0;
        }

        Assert.InRange(alarms, 0, (int)((.05 * runs) + (3 * Math.Sqrt(.05 * runs))));
    }

    [Fact]
    public void A_betting_test_sees_a_rate_of_twice_its_objective()
    {
        var random = new SplitMix64(13);
        var test = new BettingTest(.05, .05);
        for (int content = 0; content < 3_000; content++)
        {
            test.See(random.NextDouble() < .1 ? 1 : 0);
        }

        Assert.True(test.IsAlarm);
    }

    [Fact]
    public void A_betting_sequence_holds_the_mean_at_all_times_in_at_least_its_confidence_of_all_runs()
    {
        var random = new SplitMix64(17);
        int left = 0;
        const int runs = 300;
        for (int run = 0; run < runs; run++)
        {
            var sequence = new BettingSequence();
            bool held = true;
            for (int content = 0; content < 200; content++)
            {
                sequence.See(random.NextDouble() < .2 ? 1 : 0);
                held &= sequence.Interval.Contains(.2);
            }

            left += held ? 0 : 1;
        }

        Assert.InRange(left, 0, (int)((.05 * runs) + (3 * Math.Sqrt(.05 * runs))));
    }
}
