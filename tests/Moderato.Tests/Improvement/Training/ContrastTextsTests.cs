using Moderato.Improvement;
using Moderato.Improvement.Training.Contrast;

namespace Moderato.Tests.Improvement.Training;

public sealed class ContrastTextsTests
{
    [Fact]
    public void Hate_that_is_quoted_to_oppose_it_is_none_and_hate_that_is_endorsed_stays_hate()
    {
        var made = Made(Content("All blorgs should leave this town", hate: true), 200);

        Assert.All(made.Where(text => text.Kind == "opposed"), text => Assert.False(text.Hateful));
        Assert.All(made.Where(text => text.Kind == "endorsed"), text => Assert.True(text.Hateful));
        Assert.All(
            made.Where(text => text.Kind is "opposed" or "endorsed"),
            text => Assert.Contains("blorgs should leave this town", text.Text, StringComparison.OrdinalIgnoreCase));
        Assert.Contains(made, text => text.Kind == "opposed");
        Assert.Contains(made, text => text.Kind == "endorsed");
    }

    [Fact]
    public void A_negated_statement_about_a_group_is_no_hate()
    {
        var negated = Made(Content("immigrants are vermin and everyone knows", hate: true), 50).Where(text => text.Kind == "negated").ToList();

        Assert.NotEmpty(negated);
        Assert.All(negated, text => Assert.False(text.Hateful));
        Assert.All(negated, text => Assert.Matches("are not|aren't|are in no way", text.Text));
    }

    [Fact]
    public void Another_group_in_the_same_sentence_keeps_the_label_and_a_thing_takes_it_away()
    {
        var hateful = Made(Content("immigrants ruin everything here", hate: true), 200);
        var benign = Made(Content("immigrants live next door to us", hate: false), 50);

        Assert.All(hateful.Where(text => text.Kind == "swapped"), text => Assert.True(text.Hateful));
        Assert.All(hateful.Where(text => text.Kind == "thing"), text => Assert.False(text.Hateful));
        Assert.Contains(hateful, text => text.Kind == "thing");
        Assert.All(benign, text => Assert.Equal(("swapped", false), (text.Kind, text.Hateful)));
    }

    [Fact]
    public void Each_text_names_the_content_that_it_was_made_from_so_that_no_fold_tears_them_apart()
    {
        LabelledContent[] contents = [Content("nothing about anybody", hate: false), Content("women are too weak for this job", hate: true)];

        var made = ContrastTexts.From(contents, seed: 1);

        Assert.NotEmpty(made);
        Assert.All(made, text => Assert.Equal(1, text.Base));
    }

    [Fact]
    public void Nothing_is_made_of_other_languages_of_unlabelled_text_or_of_text_that_quotes_already()
    {
        var foreign = Content("alle gays raus aus dieser Stadt", hate: true) with { Language = "de" };
        var unlabelled = Content("women are too weak for this", hate: true) with { Labels = new Dictionary<string, bool>() };
        var quoting = Content("he said \"they are all liars\" to me", hate: true);

        Assert.Empty(ContrastTexts.From([foreign, unlabelled, quoting], seed: 1));
        Assert.Empty(ContrastTexts.From([], seed: 1));
    }

    [Fact]
    public void The_same_contents_and_seed_give_the_same_texts()
    {
        var contents = Enumerable.Range(0, 50).Select(i => Content($"women are too weak for job {i}", hate: true)).ToList();

        Assert.Equal(ContrastTexts.From(contents, seed: 3), ContrastTexts.From(contents, seed: 3));
        Assert.NotEqual(ContrastTexts.From(contents, seed: 3), ContrastTexts.From(contents, seed: 4));
    }

    private static IReadOnlyList<ContrastText> Made(LabelledContent content, int times) => ContrastTexts.From([.. Enumerable.Repeat(content, times)], seed: 1);

    private static LabelledContent Content(string text, bool hate) =>
        new("own", text, text, new Dictionary<string, bool> { ["hate"] = hate }, "en", null, new Dictionary<string, string>());
}
