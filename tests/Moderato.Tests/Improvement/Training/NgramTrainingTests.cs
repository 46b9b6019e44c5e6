using System.Text.Json;
using Moderato.Decisions;
using Moderato.Improvement;
using Moderato.Improvement.Training;
using Moderato.Releases;

namespace Moderato.Tests.Improvement.Training;

public sealed class NgramTrainingTests
{
    private static readonly TrainingSettings Small = new() { Rows = 20_000 };

    [Fact]
    public void The_same_contents_and_seed_give_the_same_bytes()
    {
        var contents = SyntheticSets.Of(1200, seed: 1);
        var first = Train(contents, Small);
        var second = Train(contents, Small);
        Assert.Equal(first.Model.Weights, second.Model.Weights);
        Assert.Equal(first.Model.Version, second.Model.Version);
        Assert.Equal(JsonSerializer.Serialize(first.Release), JsonSerializer.Serialize(second.Release));
        Assert.NotEqual(first.Model.Version, Train(contents, Small with { Seed = 2 }).Model.Version);
    }

    [Fact]
    public void What_marks_a_category_is_learnt_and_the_rest_stays_safe()
    {
        var outcome = Train(SyntheticSets.Of(3000, seed: 1), Small);
        var cascade = new Cascade(outcome.Release, outcome.Model);
        var unseen = SyntheticSets.Of(300, seed: 2);
        foreach (var category in (string[])["hate", "spam"])
        {
            double cut = outcome.Release.Thresholds[category].Cuts.ReviewFrom!.Value;
            int right = unseen.Count(content => content.Labels[category] == cascade.Decide(content.Text, "en").Scores[category] >= cut);
            Assert.True(right > 290, $"{category}: {right} of 300 are right");
        }
    }

    [Fact]
    public void Nothing_is_blocked_where_no_natural_sample_shows_the_precision()
    {
        var outcome = Train(SyntheticSets.Of(1200, seed: 1), Small);
        Assert.All(outcome.Release.Thresholds.Values, thresholds => Assert.Null(thresholds.Cuts.BlockFrom));
        var cascade = new Cascade(outcome.Release, outcome.Model);
        Assert.Equal(Verdict.Borderline, cascade.Decide("blorgs blorgs blorgs freeprize", "en").Verdict);
    }

    private static TrainingOutcome Train(List<LabelledContent> contents, TrainingSettings settings) =>
        new NgramTraining(settings, new StoppedTime()).Run(contents, [], null, TestContext.Current.CancellationToken);

    private sealed class StoppedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
    }
}
