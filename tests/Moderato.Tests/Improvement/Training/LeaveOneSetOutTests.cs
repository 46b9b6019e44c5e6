using System.Collections.Concurrent;
using Moderato.Classification;
using Moderato.Improvement;
using Moderato.Improvement.Training;

namespace Moderato.Tests.Improvement.Training;

public sealed class LeaveOneSetOutTests
{
    private static readonly string[] Categories = ["hate", "spam"];
    private static readonly TrainingSettings Small = new() { Rows = 20_000, HiddenUnits = 0 };

    [Fact]
    public void Only_what_is_left_out_is_judged()
    {
        var selection = Select(SyntheticSets.Of(600, seed: 1));

        var logits = Judge(selection, "own-1");

        for (int i = 0; i < logits.Length; i++)
        {
            Assert.Equal(selection.Contents[i].Set.Name == "own-1", logits[i] is not null);
        }
    }

    [Fact]
    public void The_model_that_may_be_asked_more_is_the_one_that_judged_the_set()
    {
        var selection = Select(SyntheticSets.Of(600, seed: 1));
        var asked = new ConcurrentDictionary<int, NgramClassifier>();

        var logits = LeaveOneSetOut.Logits(
            selection, TrainingExamples.Of(selection, Small), ["own-0", "own-1"], Categories, Small, cancel: TestContext.Current.CancellationToken,
            ask: (place, judge) => Assert.True(asked.TryAdd(place, judge)));

        Assert.Equal([0, 1], asked.Keys.Order());
        Assert.NotEqual(asked[0].Model.Weights, asked[1].Model.Weights);
        for (int i = 0; i < logits.Length; i++)
        {
            if (selection.Contents[i].Set.Name is "own-0" or "own-1" && !selection.Contents[i].IsOurs)
            {
                var again = new double[Categories.Length];
                asked[selection.Contents[i].Set.Name == "own-0" ? 0 : 1].Logits(selection.Contents[i].Content.Text, again);
                Assert.Equal(logits[i], again);
            }
        }
    }

    [Fact]
    public void What_only_the_left_out_set_teaches_is_not_known_even_where_another_set_repeats_it()
    {
        // In own-0 "zorp" alone marks hate; own-1 says the same texts again, with a label more, so that they are kept.
        var contents = SyntheticSets.Of(900, seed: 1).Select(content => content.Set == "own-0" ? content with { Text = Marked(content) } : content).ToList();
        contents.AddRange(contents.Where(content => content.Set == "own-0").ToList().Select(content => content with
        {
            Set = "own-1",
            Id = content.Id + "-again",
            Labels = new Dictionary<string, bool> { ["hate"] = content.Labels["hate"] },
        }));
        var selection = Select(contents);
        Assert.True(selection.Contents.Count(content => content.Set.Name == "own-1" && content.Content.Text.Contains("zorp", StringComparison.Ordinal)) > 50);

        double apart = Gap(selection, Judge(selection, "own-0"));
        double known = Gap(selection, CrossFit.Logits(
            TrainingExamples.Of(selection, Small), [.. selection.Contents.Select(content => content.Set.Name == "own-0" ? content.Cluster % 2 : -1)],
            [.. selection.Contents.Select(content => content.Cluster)], Categories, Small, null, TestContext.Current.CancellationToken));

        Assert.True(apart < known / 4, $"zorp moves the logit by {apart:F2} when left out and by {known:F2} when known");

        static string Marked(LabelledContent content) =>
            string.Join(' ', content.Text.Split(' ').Where(word => word is not ("blorgs" or "vrimmers" or "snotlings"))) + (content.Labels["hate"] ? " zorp" : " table");
    }

    /// <summary>Mean logit of hate of the set's hateful texts less that of its others.</summary>
    private static double Gap(TrainingSelection selection, double[]?[] logits)
    {
        var own = Enumerable.Range(0, logits.Length).Where(i => logits[i] is not null && selection.Contents[i].Set.Name == "own-0").ToList();
        return own.Where(i => selection.Contents[i].Truth[0] == 1).Average(i => logits[i]![0]) - own.Where(i => selection.Contents[i].Truth[0] == 0).Average(i => logits[i]![0]);
    }

    private static double[]?[] Judge(TrainingSelection selection, string set) =>
        LeaveOneSetOut.Logits(selection, TrainingExamples.Of(selection, Small), [set], Categories, Small, null, TestContext.Current.CancellationToken);

    private static TrainingSelection Select(List<LabelledContent> contents) => TrainingSelection.Of(contents, [], Categories, Small);
}
