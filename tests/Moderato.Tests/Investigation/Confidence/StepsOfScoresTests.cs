using Moderato.Decisions;
using Moderato.Investigation.Confidence;
using Moderato.Investigation.Findings;
using Moderato.Investigation.Planning;
using Moderato.Investigation.Report;
using Moderato.Statistics.Intervals;
using Moderato.Tests.Investigation.Patterns;

namespace Moderato.Tests.Investigation.Confidence;

public sealed class StepsOfScoresTests
{
    [Fact]
    public void Scores_that_a_chat_model_repeats_are_steps_with_what_each_means()
    {
        // 60 at .85, a tenth of which violates; 40 at .9, half of which does; the rest is not flagged.
        var steps = Of([.. Repeat(0.85, 60), .. Repeat(0.9, 40), .. Repeat(0.1, 900)], row => row < 6 || row is >= 60 and < 80);
        Assert.True(steps.IsCoarse);
        Assert.Equal(3, steps.Distinct);
        Assert.Equal([0.85, 0.9], steps.Steps.Select(step => step.Score));
        Assert.Equal(0.6, steps.Steps[0].ShareOfFlags, 9);
        Assert.Equal(54 / 74.0, steps.Steps[0].ShareOfFalsePositives!.Value, 9);
        Assert.Equal(0.1, ((Rate.Known)steps.Steps[0].Violating).Estimate, 9);
        Assert.Equal(60, ((Rate.Known)steps.Steps[0].Violating).N);
        Assert.Equal(new StepGap(0.85, 0.9, 0), Assert.Single(steps.Gaps));
        Assert.Equal("100% of the flagged contents are scored 0.85 or 0.90: between them no score lies, so no threshold exists there", Sentences.Resolution(steps));
    }

    [Fact]
    public void Smooth_scores_can_be_cut_anywhere()
    {
        var steps = Of([.. Enumerable.Range(0, 1_000).Select(i => 0.5 + (i / 2_000.0)), .. Repeat(0.1, 100)], row => row % 3 == 0);
        Assert.False(steps.IsCoarse);
        Assert.Equal(1_001, steps.Distinct);
        Assert.Empty(steps.Steps);
        Assert.Null(Sentences.Resolution(steps));
        Assert.Null(FinerScores.Of(steps));
    }

    [Fact]
    public void One_score_that_holds_most_flags_is_said_to_be_inseparable()
    {
        var steps = Of([.. Repeat(1, 70), .. Enumerable.Range(0, 30).Select(i => 0.6 + (i / 100.0)), .. Repeat(0.1, 500)], _ => false);
        Assert.True(steps.IsCoarse);
        Assert.Equal(1, Assert.Single(steps.Steps).Score);
        Assert.Contains("scored exactly 1.00: no threshold parts them", Sentences.Resolution(steps), StringComparison.Ordinal);
    }

    [Fact]
    public void What_lies_between_two_steps_is_counted()
    {
        var steps = Of([.. Repeat(0.85, 45), .. Repeat(0.9, 45), .. Enumerable.Range(0, 10).Select(i => 0.86 + (i / 1_000.0)), .. Repeat(0.1, 500)], _ => false);
        Assert.Equal(0.1, Assert.Single(steps.Gaps).ShareOfFlags, 9);
        Assert.EndsWith("thresholds between them part 10% of the flags", Sentences.Resolution(steps), StringComparison.Ordinal);
        Assert.Equal("", FinerScores.SameCuts(steps, 0.87));
    }

    [Fact]
    public void The_plan_names_the_gap_and_asks_for_scores_that_differ()
    {
        var steps = Of([.. Repeat(0.85, 60), .. Repeat(0.9, 40), .. Repeat(0.1, 900)], row => row < 6);
        Assert.Equal(" No score lies between 0.85 and 0.90: any cut there does the same.", FinerScores.SameCuts(steps, 0.88));
        Assert.Equal("", FinerScores.SameCuts(steps, 0.95));
        var remedy = FinerScores.Of(steps)!;
        Assert.Equal(Horizons.Medium, remedy.Horizon);
        Assert.Contains("of what is scored 0.85, 10% [", remedy.Statement, StringComparison.Ordinal);
        Assert.IsType<Change.Unknown>(remedy.FalsePositives);
    }

    [Fact]
    public void Without_labels_steps_are_known_and_what_they_mean_is_not()
    {
        var table = Table([.. Repeat(0.85, 60), .. Repeat(0.1, 900)], _ => false);
        var steps = StepsOfScores.Of((table with { Labels = [.. table.Labels.Select(_ => (sbyte)-1)], Design = new LabelDesign.None() }).Evidence())!;
        Assert.True(steps.IsCoarse);
        Assert.Null(steps.Steps[0].ShareOfFalsePositives);
        Assert.IsType<Rate.Unknown>(steps.Steps[0].Violating);
    }

    [Fact]
    public void Few_flags_and_no_scores_are_no_steps()
    {
        Assert.Empty(Of([.. Repeat(0.85, 19), .. Repeat(0.1, 900)], _ => false).Steps);
        Assert.Null(StepsOfScores.Of((Table([0.1, 0.9], _ => false) with { Scores = null }).Evidence()));
        Assert.Null(StepsOfScores.Of(Table([double.NaN, double.NaN], _ => false).Evidence()));
    }

    private static IEnumerable<double> Repeat(double score, int times) => Enumerable.Repeat(score, times);

    private static ScoreSteps Of(double[] scores, Func<int, bool> violates) => StepsOfScores.Of(Table(scores, violates).Evidence())!;

    private static DecisionTable Table(double[] scores, Func<int, bool> violates) => new()
    {
        Category = "hate",
        Ids = PackedStrings.From(Enumerable.Range(0, scores.Length).Select(row => $"c{row}")),
        Scores = scores,
        Verdicts = [.. scores.Select(score => score >= 0.5 ? Verdict.Violating : Verdict.Safe)],
        Labels = [.. Enumerable.Range(0, scores.Length).Select(row => violates(row) ? (sbyte)1 : (sbyte)0)],
        Design = new LabelDesign.Random(),
    };
}
