using Moderato.Decisions;
using Moderato.Monitoring;
using Moderato.Statistics.Intervals;
using Moderato.Tests.Tuning;

namespace Moderato.Tests.Monitoring;

public sealed class EstimateRunTests
{
    [Fact]
    public void An_audit_of_every_verdict_gives_both_rates()
    {
        var found = EstimateRun.Of(ScoredLog.Of(40_000, ScoredLog.Threshold, verdict => verdict == Verdict.Violating ? .2 : .02), new());

        AssertHolds(5 / 16.0, found.Fpr);
        AssertHolds(1 / 8.0, found.Fnr);
    }

    [Fact]
    public void Labels_of_the_queue_alone_give_no_rate_but_the_naive_one_beside_the_reason()
    {
        var audited = ScoredLog.Of(20_000, new Cuts(.4, .7), verdict => verdict == Verdict.Safe ? 0 : .5, new LabelDesign.Unknown("the labels come from the review queue"));

        var found = EstimateRun.Of(audited, new());

        Assert.Equal("the labels come from the review queue", Assert.IsType<Rate.Unknown>(found.Fpr).Why);
        Assert.IsType<Rate.Unknown>(found.Fnr);
        Assert.IsType<Rate.Known>(found.NaiveQueueFpr);
        Assert.Contains("is not known: the labels come from the review queue.", found.Statement, StringComparison.Ordinal);
        Assert.Contains(found.LabelsNeeded, needed => needed.Verdict == "safe" && needed.Additional > 0);
    }

    [Fact]
    public void The_naive_rate_of_the_queue_is_not_the_rate()
    {
        var found = EstimateRun.Of(ScoredLog.Of(40_000, new Cuts(.4, .7), verdict => verdict == Verdict.Safe ? .05 : .5), new());

        double naive = Assert.IsType<Rate.Known>(found.NaiveQueueFpr).Estimate, fpr = Assert.IsType<Rate.Known>(found.Fpr).Estimate;
        Assert.True(naive > 2 * fpr, $"{naive} naive, {fpr} in truth");
    }

    [Fact]
    public void No_miss_in_the_audit_leaves_an_upper_bound()
    {
        var table = ScoredLog.Of(20_000, ScoredLog.Threshold, verdict => verdict == Verdict.Violating ? .2 : .01);
        for (int row = 0; row < table.Count; row++)
        {
            table.Labels[row] = table.Verdicts[row] == Verdict.Safe && table.Labels[row] == 1 ? (sbyte)0 : table.Labels[row];
        }

        var fnr = Assert.IsType<Rate.Known>(EstimateRun.Of(table, new()).Fnr);

        Assert.Equal((0, 0), (fnr.Estimate, fnr.Low));
        Assert.InRange(fnr.High, .03, .15);
    }

    [Fact]
    public void As_many_labels_as_asked_for_bring_the_interval_to_the_wanted_width()
    {
        double before = .02;
        var options = new EstimateOptions { FnrWithin = .03 };
        var first = EstimateRun.Of(ScoredLog.Of(40_000, ScoredLog.Threshold, _ => before), options);
        var needed = first.LabelsNeeded.Where(n => n.For.StartsWith("fnr", StringComparison.Ordinal)).ToDictionary(n => n.Verdict, n => n.Additional);
        double Rate(Verdict verdict) => before + (needed.GetValueOrDefault(verdict == Verdict.Safe ? "safe" : "violating") / 20_000.0);

        var then = Assert.IsType<Rate.Known>(EstimateRun.Of(ScoredLog.Of(40_000, ScoredLog.Threshold, Rate, seed: 2), options).Fnr);

        Assert.InRange((then.High - then.Low) / 2, .02, .037);
    }

    [Fact]
    public void Groups_have_rates_of_their_own()
    {
        var table = ScoredLog.AllLabelled(10_000, ScoredLog.Threshold);
        var surface = new CodedColumn.Builder("surface");
        for (int row = 0; row < table.Count; row++)
        {
            surface.Add(row % 4 == 0 ? "chat" : "comment");
        }

        var found = EstimateRun.Of(table with { Columns = [surface.Build()] }, new() { By = ["surface"] });

        Assert.Equal(["comment", "chat"], found.By.Select(group => group.Value));
        Assert.Equal([7_500, 2_500], found.By.Select(group => group.N));
        Assert.All(found.By, group => AssertHolds(5 / 16.0, group.Fpr));
    }

    [Fact]
    public void Nothing_labelled_says_what_to_label()
    {
        var found = EstimateRun.Of(ScoredLog.Of(5_000, ScoredLog.Threshold, _ => 0, new LabelDesign.None()), new());

        Assert.Contains("no content is labelled", Assert.IsType<Rate.Unknown>(found.Fpr).Why, StringComparison.Ordinal);
        Assert.Null(found.NaiveQueueFpr);
        Assert.NotEmpty(found.LabelsNeeded);
    }

    [Fact]
    public void Second_labels_take_the_reviewers_own_errors_out()
    {
        // Reviewers miss a tenth of what violates and wrong a twentieth of what is safe.
        var table = Judged(30_000, .1, .05);

        var found = EstimateRun.Of(table, new());
        var corrected = found.Corrected!;

        AssertHolds(5 / 16.0, corrected.Fpr);
        AssertHolds(1 / 8.0, corrected.Fnr);
        AssertHolds(.9, corrected.Sensitivity!);
        AssertHolds(.95, corrected.Specificity!);
        Assert.True(Assert.IsType<Rate.Known>(found.Fnr).Low > 1 / 8.0, "uncorrected, safe content called violating looks missed");
        Assert.Contains("Second labels show reviewers who miss", found.Statement, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stated_error_of_reviewers_is_taken_out_too()
    {
        var found = EstimateRun.Of(Judged(30_000, .05, .05), new() { ReviewerError = .05 });

        AssertHolds(1 / 8.0, found.Corrected!.Fnr);
        Assert.Null(found.Corrected.Sensitivity);
        Assert.Contains("With 5.0% of the reviews wrong", found.Statement, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_second_labels_the_errors_of_reviewers_are_said_to_be_unknown()
    {
        var none = EstimateRun.Of(ScoredLog.AllLabelled(500, ScoredLog.Threshold), new());
        var few = ScoredLog.AllLabelled(500, ScoredLog.Threshold);
        var seconds = new sbyte[few.Count];
        Array.Fill(seconds, (sbyte)-1);
        Array.Fill(seconds, (sbyte)1, 0, 10);

        Assert.Contains("no content has a second label", Assert.IsType<Rate.Unknown>(none.Corrected!.Fpr).Why, StringComparison.Ordinal);
        Assert.StartsWith("10 contents", Assert.IsType<Rate.Unknown>(EstimateRun.Of(few with { SecondLabels = seconds }, new()).Corrected!.Fpr).Why, StringComparison.Ordinal);
    }

    /// <summary>Half of the contents labelled, all of those twice, by reviewers who err.</summary>
    private static DecisionTable Judged(int count, double misses, double wrongs)
    {
        var table = ScoredLog.Of(count, ScoredLog.Threshold, _ => .5);
        var random = new Moderato.Statistics.Sampling.SplitMix64(79);
        var seconds = new sbyte[count];
        for (int row = 0; row < count; row++)
        {
            bool violating = table.Labels[row] == 1;
            sbyte Says() => (sbyte)(random.NextDouble() < (violating ? 1 - misses : wrongs) ? 1 : 0);
            (table.Labels[row], seconds[row]) = table.Labels[row] < 0 ? ((sbyte)-1, (sbyte)-1) : (Says(), Says());
        }

        return table with { SecondLabels = seconds };
    }

    private static void AssertHolds(double truth, Rate rate)
    {
        var known = Assert.IsType<Rate.Known>(rate);
        Assert.InRange(truth, known.Low, known.High);
        Assert.InRange(known.Estimate, known.Low, known.High);
    }
}
