using System.Text.Json;
using Moderato.Decisions;
using Moderato.Improvement;
using Moderato.Improvement.Training;
using Moderato.Releases;
using Moderato.Tests.Improvement.Training.Teaching;

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

    [Fact]
    public void With_a_teacher_a_word_is_learnt_that_only_contents_without_a_label_have()
    {
        string folder = Directory.CreateTempSubdirectory("moderato-").FullName;
        try
        {
            string[] hateful = ["blorgs", "vrimmers", "snotlings", "grelks"];
            var states = SyntheticSets.Of(500, seed: 1).SelectMany(content => content.Text.Split(' ')).Append("grelks").Distinct()
                .ToDictionary(word => word, word => hateful.Contains(word) ? [20f, 0f] : new[] { 0f, 1f });
            TinySentenceEncoder.Write(folder, states);
            var unlabelled = SyntheticSets.Of(600, seed: 3).Select((content, i) => content with
            {
                Set = "log",
                Text = i % 2 == 0 ? content.Text.Replace("blorgs", "grelks", StringComparison.Ordinal) + " grelks" : content.Text,
                Labels = new Dictionary<string, bool>(),
            });
            List<LabelledContent> contents = [.. SyntheticSets.Of(3000, seed: 1), .. unlabelled];

            double Grelks(string? teacher)
            {
                var outcome = new NgramTraining(Small, new StoppedTime()).Run(contents, [], teacher, cancel: TestContext.Current.CancellationToken);
                var cascade = new Cascade(outcome.Release, outcome.Model);
                return cascade.Decide("coffee grelks window", "en").Scores["hate"] / cascade.Decide("coffee paper window", "en").Scores["hate"];
            }

            double taught = Grelks(folder), alone = Grelks(null);
            Assert.True(taught > 3 * alone, $"{taught:F2} times as hateful as other words with a teacher, {alone:F2} without");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static TrainingOutcome Train(List<LabelledContent> contents, TrainingSettings settings) =>
        new NgramTraining(settings, new StoppedTime()).Run(contents, [], cancel: TestContext.Current.CancellationToken);

    private sealed class StoppedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
    }
}
