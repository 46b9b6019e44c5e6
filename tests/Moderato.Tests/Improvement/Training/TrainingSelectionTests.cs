using Moderato.Improvement;
using Moderato.Improvement.Training;

namespace Moderato.Tests.Improvement.Training;

public sealed class TrainingSelectionTests
{
    private static readonly string[] Hate = ["hate"];

    [Fact]
    public void A_text_that_the_model_will_be_measured_with_is_not_trained_on_even_with_other_case_and_marks()
    {
        var selection = Select(
            [Content("own", "I cannot stand these people!!"), Content("own", "Something else entirely")],
            [Content("judge", "i cannot stand these people")],
            Hate);
        Assert.Equal("Something else entirely", Assert.Single(Given(selection)).Content.Text);
        Assert.Equal(1, selection.Judged);
    }

    [Fact]
    public void Held_out_splits_are_kept_and_keep_their_repeats_out()
    {
        var selection = Select(
            [Content("own", "one and the same", split: "test"), Content("own", "One and the same."), Content("own", "quite another")],
            [],
            Hate);
        Assert.Equal((1, 1, 1), (Given(selection).Count, selection.HeldOut, selection.Judged));
    }

    [Fact]
    public void Repeats_are_dropped_unless_their_labels_disagree()
    {
        var selection = Select(
            [Content("own", "said twice"), Content("other", "Said twice!"), Content("third", "said twice", hate: true)], [], Hate);
        Assert.Equal((2, 1), (Given(selection).Count, selection.Repeated));
    }

    [Fact]
    public void An_absent_label_is_unknown_and_teaches_nothing()
    {
        var silent = Content("own", "no label on hate") with { Labels = new Dictionary<string, bool> { ["spam"] = true } };
        var selection = Select([silent], [], ["hate", "spam"]);
        var targets = Assert.Single(Given(selection)).Truth;
        Assert.True(float.IsNaN(targets[0]));
        Assert.Equal(1, targets[1]);
        Assert.Equal(1, Select([silent], [], Hate).Unlabelled);
    }

    [Fact]
    public void What_violates_a_restricted_category_is_not_trained_on_nor_what_nearly_says_the_same()
    {
        var restricted = Content("own", "never to be learnt from") with { Labels = new Dictionary<string, bool> { ["sexual/minors"] = true, ["hate"] = true } };
        var selection = Select(
            [restricted, Content("other", "Never to be learnt from!"), Content("own", "found not to be") with { Labels = new Dictionary<string, bool> { ["sexual/minors"] = false, ["hate"] = false } }],
            [], Hate);
        Assert.Equal("found not to be", Assert.Single(Given(selection)).Content.Text);
        Assert.Equal(2, selection.Restricted);
    }

    [Fact]
    public void With_a_teacher_what_has_no_label_is_kept_unless_something_labelled_says_the_same()
    {
        var silent = new Dictionary<string, bool>();
        List<LabelledContent> contents =
        [
            Content("own", "said with a label"),
            Content("log", "Said with a label!") with { Labels = silent },
            Content("log", "nobody judged this") with { Labels = silent },
            Content("log", "Nobody judged this.") with { Labels = silent },
        ];
        var selection = TrainingSelection.Of(contents, [], Hate, new TrainingSettings(), keepUnlabelled: true);
        Assert.Equal(["said with a label", "nobody judged this"], Given(selection).Select(content => content.Content.Text));
        Assert.Equal([true, false], Given(selection).Select(content => content.IsLabelled));
        Assert.Equal((2, 0), (selection.Repeated, selection.Unlabelled));
    }

    [Fact]
    public void A_contested_no_of_davidson_is_unknown()
    {
        var contested = Content("davidson", "text") with { Meta = new Dictionary<string, string> { ["hate_votes"] = "1" } };
        var clear = contested with { Meta = new Dictionary<string, string> { ["hate_votes"] = "0" } };
        Assert.True(float.IsNaN(LabelRules.Targets(contested, Hate)[0]));
        Assert.Equal(0, LabelRules.Targets(clear, Hate)[0]);
        Assert.Equal(1, LabelRules.Targets(Content("davidson", "text", hate: true), Hate)[0]);
    }

    [Theory]
    [InlineData(1, -1, 1, -1)]
    [InlineData(0, -1, 0, -1)]
    [InlineData(-1, 0, 0, 0)]
    [InlineData(-1, 1, -1, 1)]
    [InlineData(1, 0, 1, 0)]
    public void What_is_not_toxic_is_no_hate_and_hate_does_not_make_toxic(int hate, int toxicity, int learntHate, int learntToxicity)
    {
        float[] truth = [Target(hate), Target(toxicity), float.NaN];
        var learnt = LabelRules.Learnt(truth, ["hate", "toxicity", "harassment"]);
        Assert.Equal([Target(learntHate), Target(learntToxicity), Target(toxicity == 0 ? 0 : -1)], learnt);

        static float Target(int label) => label < 0 ? float.NaN : label;
    }

    [Fact]
    public void Everyday_texts_teach_that_a_groups_name_is_no_insult_and_measure_nothing()
    {
        var everyday = Select([Content("own", "some text")], [], ["hate", "toxicity", "profanity"]).Contents.Where(content => content.Set == PublicSets.Everyday).ToList();
        Assert.NotEmpty(everyday);
        Assert.All(everyday, content =>
        {
            Assert.True(content.IsOurs);
            Assert.Equal([0, 0, float.NaN], content.Learnt);
            Assert.All(content.Truth, truth => Assert.True(float.IsNaN(truth)));
            Assert.DoesNotContain("{A}", content.Content.Text, StringComparison.Ordinal);
            Assert.DoesNotMatch(@"\b[Aa] [aeiou]", content.Content.Text);
        });
        Assert.Equal(everyday.Count, everyday.Select(content => content.Cluster).Distinct().Count());
        Assert.Empty(Select([Content("own", "some text")], [], ["spam"]).Contents);
    }

    [Theory]
    [InlineData("hatecheck")]
    [InlineData("dynahate")]
    [InlineData("told-br")]
    [InlineData("surge-toxicity")]
    public void A_set_that_may_not_be_trained_on_says_why(string set) => Assert.NotNull(PublicSets.Of(set).Refusal);

    [Theory]
    [InlineData("kennedy")]
    [InlineData("the-operators-own")]
    public void Other_sets_may(string set) => Assert.Null(PublicSets.Of(set).Refusal);

    [Theory]
    [InlineData("[USER] see [URL] &amp; smile", "@user see https://link.example & smile")]
    [InlineData("<user> has <number> cats", "@user has 7 cats")]
    public void Marks_of_the_makers_of_a_set_become_ordinary_text(string given, string clean) => Assert.Equal(clean, TextCleaning.Clean(given));

    private static TrainingSelection Select(
        IReadOnlyList<LabelledContent> contents, IReadOnlyList<LabelledContent> measuredWith, IReadOnlyList<string> categories) =>
        TrainingSelection.Of(contents, measuredWith, categories, new TrainingSettings());

    // Without the contrast texts that are made beside them.
    private static List<SelectedContent> Given(TrainingSelection selection) => [.. selection.Contents.Where(content => !content.IsOurs)];

    private static LabelledContent Content(string set, string text, bool hate = false, string split = "") =>
        new(set, text, text, new Dictionary<string, bool> { ["hate"] = hate }, "en", split, new Dictionary<string, string>());
}
