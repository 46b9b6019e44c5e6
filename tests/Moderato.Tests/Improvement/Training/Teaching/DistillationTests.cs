using Moderato.Improvement.Training;
using Moderato.Improvement.Training.Teaching;

namespace Moderato.Tests.Improvement.Training.Teaching;

public sealed class DistillationTests
{
    private const int Hateful = 2000;
    private static readonly string[] Categories = ["hate", "spam", "toxicity"];
    private static readonly TrainingSettings Settings = new();

    [Fact]
    public void What_nobody_labelled_is_told_by_what_means_the_same()
    {
        var taught = Distillation.Of([.. Lessons(), Silent(hateful: true), Silent(hateful: false)], Categories, Settings, TestContext.Current.CancellationToken);
        Assert.True(taught[^2].Targets[0] > .9, $"{taught[^2].Targets[0]}");
        Assert.True(taught[^1].Targets[0] < .1, $"{taught[^1].Targets[0]}");
    }

    [Fact]
    public void What_people_said_is_never_touched()
    {
        var lessons = Lessons();
        lessons[0] = lessons[0] with { Targets = [1 - lessons[0].Targets[0], float.NaN, float.NaN] };
        var taught = Distillation.Of(lessons, Categories, Settings, TestContext.Current.CancellationToken);
        Assert.Equal(lessons.Select(lesson => lesson.Targets[0]), taught.Select(lesson => lesson.Targets[0]));
    }

    [Fact]
    public void Of_toxicity_the_teacher_acquits_and_does_not_accuse()
    {
        List<TrainingExample> lessons = [.. Lessons().Select(lesson => lesson with { Targets = [float.NaN, float.NaN, lesson.Targets[0]] })];
        var taught = Distillation.Of([.. lessons, Silent(hateful: true), Silent(hateful: false)], Categories, Settings, TestContext.Current.CancellationToken);
        Assert.True(float.IsNaN(taught[^2].Targets[2]));
        Assert.True(taught[^1].Targets[2] < .1, $"{taught[^1].Targets[2]}");
    }

    [Fact]
    public void Only_hate_and_toxicity_are_taught()
    {
        var taught = Distillation.Of([.. Lessons(), Silent(hateful: true) with { Targets = [float.NaN, 1, float.NaN] }], Categories, Settings, TestContext.Current.CancellationToken);
        Assert.Equal(1, taught[^1].Targets[1]);
        Assert.All(taught.SkipLast(1), example => Assert.True(float.IsNaN(example.Targets[1])));
        Assert.True(taught[^1].Targets[0] > .9, $"{taught[^1].Targets[0]}");
    }

    [Fact]
    public void Texts_of_ours_teach_and_are_not_told()
    {
        var ours = Silent(hateful: true) with { Targets = [0, float.NaN, float.NaN], IsOurs = true };
        Assert.Same(ours, Distillation.Of([.. Lessons(), ours], Categories, Settings, TestContext.Current.CancellationToken)[^1]);
    }

    [Fact]
    public void Without_meanings_or_without_labels_nothing_changes()
    {
        List<TrainingExample> mute = [.. Lessons().Select(lesson => lesson with { Meaning = null })];
        Assert.Same(mute, Distillation.Of(mute, Categories, Settings, TestContext.Current.CancellationToken));
        List<TrainingExample> silent = [Silent(hateful: true), Silent(hateful: false)];
        Assert.Same(silent, Distillation.Of(silent, Categories, Settings, TestContext.Current.CancellationToken));
        Assert.Empty(Distillation.Of([], Categories, Settings, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void The_same_examples_and_seed_teach_the_same()
    {
        float Told(int seed) =>
            Distillation.Of([.. Lessons(), Silent(hateful: true)], Categories, Settings with { Seed = seed }, TestContext.Current.CancellationToken)[^1].Targets[0];
        Assert.Equal(Told(1), Told(1));
        Assert.NotEqual(Told(1), Told(2));
    }

    /// <summary>Every other one hateful, and of another meaning.</summary>
    private static List<TrainingExample> Lessons()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, 2 * Hateful).Select(i => new TrainingExample([1], [i % 2, float.NaN, float.NaN], 0, 1, Meaning(i % 2 == 1, random)))];
    }

    private static TrainingExample Silent(bool hateful) =>
        new([1], [float.NaN, float.NaN, float.NaN], 1, 1, Meaning(hateful, new Random(9)));

    private static float[] Meaning(bool hateful, Random random)
    {
        float[] meaning = [hateful ? .9f : -.9f, .. Enumerable.Range(0, 7).Select(_ => (random.NextSingle() - .5f) * .4f)];
        float length = MathF.Sqrt(meaning.Sum(x => x * x));
        return [.. meaning.Select(x => x / length)];
    }
}
