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
        Assert.Contains("no threshold makes a difference", found.Statement, StringComparison.Ordinal);
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

    private static double Estimate(Rate rate) => Assert.IsType<Rate.Known>(rate).Estimate;
}
