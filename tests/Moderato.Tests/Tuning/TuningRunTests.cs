using Moderato.Decisions;
using Moderato.Statistics.Intervals;
using Moderato.Tuning;

namespace Moderato.Tests.Tuning;

public sealed class TuningRunTests
{
    private static readonly HarmCosts Costs = new(1, 5, .2);

    [Fact]
    public void The_best_cuts_of_a_known_law_are_found()
    {
        // Violating with probability s²: review pays off where .2 < min(1 − s², 5 s²), from .2 to .894; never review costs 1 − s² = 5 s² at .408.
        var table = ScoredLog.AllLabelled(40_000, ScoredLog.Threshold);

        var both = TuningRun.Of(table, new() { Costs = Costs }).Best!;
        var none = TuningRun.Of(table, new() { Costs = Costs with { Review = null } }).Best!;

        Assert.InRange(both.ReviewFrom!.Value, .15, .25);
        Assert.InRange(both.BlockFrom!.Value, .85, .93);
        Assert.Equal(MovingCuts.Both, both.Cuts);
        Assert.Null(none.ReviewFrom);
        Assert.InRange(none.BlockFrom!.Value, .37, .45);
    }

    [Fact]
    public void Capacity_is_kept_and_what_it_is_worth_never_falls()
    {
        var table = ScoredLog.AllLabelled(20_000, ScoredLog.Threshold);

        var found = TuningRun.Of(table, new() { Costs = Costs, CapacityPerDay = 300 });

        Assert.InRange(found.Best!.ReviewsPerDay!.Value, 250, 300);
        Assert.True(found.Best.Harm < found.Current!.Harm);
        Assert.Contains(found.Frontier, point => point.CapacityPerDay == 300);
        Assert.Equal(found.Frontier.OrderByDescending(point => point.Harm).Select(point => point.CapacityPerDay), found.Frontier.Select(point => point.CapacityPerDay));
    }

    [Fact]
    public void Without_costs_today_and_its_implied_exchange_rate_are_told()
    {
        // At .5 a quarter violates: 3 wrongful removals for one missed violation.
        var found = TuningRun.Of(ScoredLog.AllLabelled(20_000, ScoredLog.Threshold), new());

        Assert.Null(found.Best);
        Assert.Empty(found.Frontier);
        Assert.InRange(found.ImpliedExchangeRate!.Value, 2, 4.5);
        Assert.InRange(3, found.ImpliedExchangeRateLimits!.Low, found.ImpliedExchangeRateLimits.High!.Value);
        Assert.Contains("wrongful removals", found.Statement, StringComparison.Ordinal);
        Assert.Contains("no default costs", found.Statement, StringComparison.Ordinal);
        Assert.Equal(10, found.AtTheMargin.Count);
        Assert.All(found.AtTheMargin, content => Assert.InRange(content.Score, .49, .51));
    }

    [Fact]
    public void With_a_queue_the_exchange_rate_compares_what_is_blocked_last_with_what_is_passed_last()
    {
        // (1 − .8²)/.3² = 4.
        var found = TuningRun.Of(ScoredLog.AllLabelled(40_000, new Cuts(.3, .8)), new());

        Assert.InRange(4, found.ImpliedExchangeRateLimits!.Low, found.ImpliedExchangeRateLimits.High!.Value);
    }

    [Fact]
    public void Moving_the_block_cut_alone_adds_no_false_negative_and_the_review_cut_alone_no_false_positive()
    {
        var found = TuningRun.Of(ScoredLog.AllLabelled(5_000, new Cuts(.3, .6)), new());

        Assert.Single(Points(MovingCuts.Block).Select(point => Math.Round(Estimate(point.Fnr), 12)).Distinct());
        Assert.Single(Points(MovingCuts.Review).Select(point => Math.Round(Estimate(point.Fpr), 12)).Distinct());
        var raised = Points(MovingCuts.Both).Where(point => point.Fpr is Rate.Known && point.Fnr is Rate.Known).ToArray();
        Assert.True(Estimate(raised[^2].Fpr) < Estimate(raised[2].Fpr) && Estimate(raised[^2].Fnr) > Estimate(raised[2].Fnr));

        IEnumerable<CurvePoint> Points(string cuts) => found.Curve.Where(point => point.Cuts == cuts && point.Fpr is Rate.Known && point.Fnr is Rate.Known);
    }

    [Fact]
    public void Weights_undo_an_uneven_audit()
    {
        // Flagged contents are labelled ten times as often as the others; under s² the FPR of .5 is (½ − 7/24)/(2/3) = 5/16.
        var found = TuningRun.Of(ScoredLog.Of(40_000, ScoredLog.Threshold, verdict => verdict == Verdict.Violating ? .5 : .05), new());
        var fpr = Assert.IsType<Rate.Known>(found.Current!.Fpr);
        var fnr = Assert.IsType<Rate.Known>(found.Current.Fnr);

        Assert.InRange(5 / 16.0, fpr.Low, fpr.High);
        Assert.InRange(1 / 8.0, fnr.Low, fnr.High);
    }

    [Fact]
    public void A_guarantee_holds_on_the_law_that_made_the_log()
    {
        // FNR of a threshold t is t³ under s²: at most 5% up to .368.
        int broken = 0;
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var guarantee = TuningRun.Of(ScoredLog.AllLabelled(3_000, ScoredLog.Threshold, seed), new() { MaxFnr = .05 }).Guarantee!;
            Assert.True(guarantee.Feasible);
            broken += Math.Pow(guarantee.Choice!.BlockFrom!.Value, 3) > .05 ? 1 : 0;
        }

        Assert.InRange(broken, 0, 4);
    }

    [Fact]
    public void A_guarantee_is_refused_on_uneven_labels_and_infeasible_on_few()
    {
        var uneven = TuningRun.Of(ScoredLog.Of(5_000, ScoredLog.Threshold, verdict => verdict == Verdict.Safe ? .2 : .6), new() { MaxFnr = .05 }).Guarantee!;
        var few = TuningRun.Of(ScoredLog.AllLabelled(60, ScoredLog.Threshold), new() { MaxFnr = .05 }).Guarantee!;

        Assert.False(uneven.Feasible);
        Assert.StartsWith("refused: the labels have unequal inclusion probabilities", uneven.Why, StringComparison.Ordinal);
        Assert.False(few.Feasible);
        Assert.Contains("59 would do", few.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_labels_the_curve_counts_and_says_why_it_knows_no_rate()
    {
        var table = ScoredLog.Of(2_000, new Cuts(.4, .7), _ => 0, new LabelDesign.None());

        var found = TuningRun.Of(table, new() { Costs = Costs });

        Assert.All(found.Curve, point => Assert.IsType<Rate.Unknown>(point.Fpr));
        Assert.InRange(found.Current!.ReviewShare, .25, .35);
        Assert.Null(found.Best);
        Assert.Contains("is not known", found.Statement, StringComparison.Ordinal);
        Assert.Contains(found.NotAssessed, missing => missing.Why.Contains("no content is labelled", StringComparison.Ordinal));
    }

    [Fact]
    public void Coarse_scores_say_between_which_no_threshold_exists()
    {
        var found = TuningRun.Of(ScoredLog.AllLabelled(2_000, ScoredLog.Threshold, digits: 1), new());

        Assert.Equal(11, found.Resolution.DistinctScores);
        Assert.Contains(new ScoreGap(.4, .5), found.Resolution.Gaps);
        Assert.Contains("between 0.40 and 0.50 no threshold exists", found.Statement, StringComparison.Ordinal);
    }

    [Fact]
    public void One_class_only_has_no_optimum_and_says_so()
    {
        var table = ScoredLog.AllLabelled(500, ScoredLog.Threshold);
        Array.Fill(table.Labels, (sbyte)0);

        var found = TuningRun.Of(table, new() { Costs = Costs });

        Assert.Null(found.Best);
        Assert.Contains(found.NotAssessed, missing => missing.Why.Contains("fewer than two labelled contents are violating", StringComparison.Ordinal));
    }

    [Fact]
    public void Verdicts_without_stated_cuts_give_the_cuts_in_force()
    {
        var table = ScoredLog.AllLabelled(5_000, new Cuts(.35, .8)) with { Cuts = null };
        Assert.Equal(new Cuts(.35, .8), CutsInForce.Of(table));
        Assert.Equal(new Cuts(.5, .5), CutsInForce.Of(ScoredLog.AllLabelled(5_000, ScoredLog.Threshold) with { Cuts = null }) is { } one ? one with { ReviewFrom = one.BlockFrom } : null);

        table.Verdicts[0] = table.Scores![0] < .35 ? Verdict.Violating : Verdict.Safe;
        Assert.Null(CutsInForce.Of(table));
    }

    [Fact]
    public void Views_move_the_optimum_towards_what_many_see()
    {
        var table = ScoredLog.AllLabelled(20_000, ScoredLog.Threshold);
        double[] views = [.. table.Labels.Select(label => label == 1 ? 10.0 : 1)];

        var plain = TuningRun.Of(table, new() { Costs = new(1, 1, null) }).Best!;
        var seen = TuningRun.Of(table with { Views = views }, new() { Costs = new(1, 1, null) }).Best!;

        Assert.True(seen.BlockFrom < plain.BlockFrom - .1);
    }

    [Fact]
    public void A_reviewer_who_errs_makes_reviews_dearer_and_the_queue_narrower()
    {
        // With errors a review costs .2 + .1 (1 − s²) on safe and .1 · 5 s² on violating content: .3 + .4 s² < min(1 − s², 5 s²) from .256 to .707.
        var table = ScoredLog.AllLabelled(20_000, ScoredLog.Threshold);

        var erring = TuningRun.Of(table, new() { Costs = Costs, ReviewerError = .1 });
        var best = erring.Best!;

        Assert.InRange(best.ReviewFrom!.Value, .22, .29);
        Assert.InRange(best.BlockFrom!.Value, .66, .75);
        Assert.True(best.Harm > TuningRun.Of(table, new() { Costs = Costs }).Best!.Harm);
    }

    [Fact]
    public void One_more_review_saves_what_the_next_capacity_shows_and_nothing_beyond_the_worthwhile()
    {
        var found = TuningRun.Of(ScoredLog.AllLabelled(20_000, ScoredLog.Threshold), new() { Costs = Costs, CapacityPerDay = 300 });
        var at = found.Frontier.Single(point => point.CapacityPerDay == 300);
        var next = found.Frontier.First(point => point.CapacityPerDay > 300);

        Assert.Equal(found.ShadowPrice, at.ShadowPrice);
        Assert.InRange((at.Harm - next.Harm) / (next.CapacityPerDay - 300), .5 * at.ShadowPrice, 1.1 * at.ShadowPrice);
        Assert.Equal(0, found.Frontier[^1].ShadowPrice);
        Assert.Contains("One more review a day would save", found.Statement, StringComparison.Ordinal);
    }

    [Fact]
    public void Few_labels_leave_the_optimum_less_sure_than_many()
    {
        var few = TuningRun.Of(ScoredLog.AllLabelled(300, ScoredLog.Threshold), new() { Costs = Costs }).Optimum!;
        var many = TuningRun.Of(ScoredLog.AllLabelled(20_000, ScoredLog.Threshold), new() { Costs = Costs }).Optimum!;

        Assert.Equal(200, many.Resamples);
        Assert.InRange(.894, many.BlockFromLimits.Low!.Value, many.BlockFromLimits.High!.Value);
        Assert.True(few.BlockFromLimits.High - few.BlockFromLimits.Low > many.BlockFromLimits.High - many.BlockFromLimits.Low);
        Assert.True(few.Regret.Mean / few.Harm > 2 * many.Regret.Mean / many.Harm);
        Assert.All([few, many], one => Assert.InRange(one.Regret.Mean, 0, one.Regret.High));
    }

    [Fact]
    public void A_capacity_for_busy_days_is_held_on_busy_days()
    {
        // Every tenth day brings five times as much.
        var table = ScoredLog.AllLabelled(20_000, ScoredLog.Threshold);
        for (int row = 0; row < table.Count; row++)
        {
            int day = row % 14 < 9 ? row % 14 : 9;
            table.Times![row] = new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(day).Ticks;
        }

        var average = TuningRun.Of(table, new() { Costs = Costs, CapacityPerDay = 600 }).Best!;
        var held = TuningRun.Of(table, new() { Costs = Costs, CapacityPerDay = 600, DemandQuantile = 1 - 1e-9 }).Best!;

        Assert.True(average.ReviewDays!.Busiest > 1_000);
        Assert.InRange(held.ReviewDays!.Busiest, 450, 601);
        Assert.Equal(10, held.ReviewDays.Days);
        Assert.Throws<ArgumentException>(() => TuningRun.Of(
            ScoredLog.Of(500, ScoredLog.Threshold, _ => 1, new LabelDesign.Random(), timed: false),
            new() { Costs = Costs, CapacityPerDay = 600, DemandQuantile = .95, ContentsPerDay = 100 }));
    }

    [Fact]
    public void A_guarantee_names_the_content_it_holds_for()
    {
        var found = TuningRun.Of(ScoredLog.AllLabelled(3_000, ScoredLog.Threshold), new() { MaxFnr = .05 });

        Assert.Equal(new GuaranteeWindow(new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), new(2026, 3, 10, 0, 0, 0, TimeSpan.Zero), 3_000, 3_000), found.Guarantee!.HoldsFor);
        Assert.Contains("for content like that of 2026-03-01 to 2026-03-10: moderato drift says when that ends", found.Statement, StringComparison.Ordinal);
    }

    [Fact]
    public void One_score_for_all_has_no_cut_to_choose_but_all_or_none()
    {
        var table = ScoredLog.AllLabelled(500, ScoredLog.Threshold);
        Array.Fill(table.Scores!, .5);
        Array.Fill(table.Verdicts, Verdict.Violating);

        var found = TuningRun.Of(table, new() { Costs = new(1, 1, null) });

        Assert.Null(found.Best!.BlockFrom);
        Assert.Equal(1, found.Resolution.DistinctScores);
        Assert.Equal(new CutLimits(null, null), found.Optimum!.BlockFromLimits);
    }

    private static double Estimate(Rate rate) => Assert.IsType<Rate.Known>(rate).Estimate;
}
