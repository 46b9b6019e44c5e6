using Moderato.Decisions;
using Moderato.Investigation;
using Moderato.Investigation.Patterns;
using Moderato.Investigation.Shift;
using Moderato.Releases;
using Moderato.Tests.Releases;

namespace Moderato.Tests.Investigation.Shift;

public sealed class ProfileComparisonTests
{
    [Fact]
    public void Content_of_the_same_kind_is_like_the_profile()
    {
        double[] aucs = [.. Enumerable.Range(20, 6).Select(seed => Compare(ContentProfileBuilderTests.Texts(600, seed)).Finding).Select(shift =>
        {
            Assert.All(shift.Columns, column => Assert.True(column.Q > .0001, $"{column}"));
            return shift.Text!.Auc;
        })];

        // The null standard error of one is .019; the profile's sample is the same in all.
        Assert.InRange(aucs.Average(), .46, .54);
    }

    [Fact]
    public void New_words_in_some_of_the_contents_are_found_and_named()
    {
        string[] texts = ContentProfileBuilderTests.Texts(1_500, seed: 9);
        var shift = Compare([.. texts.Select((text, i) => i % 4 == 0 ? text + " blackout evacuation" : text)]).Finding;

        Assert.True(shift.Text is { P: < .01, Low: > .5 }, $"{shift.Text}");
        Assert.Equal(["blackout", "evacuation"], shift.Text.Terms.Order().Take(2));
    }

    [Fact]
    public void Longer_contents_in_another_language_are_seen_in_these_columns()
    {
        string[] texts = [.. ContentProfileBuilderTests.Texts(600, seed: 9).Select(text => $"Der Zug hatte heute wieder Verspätung und niemand wusste warum {text}")];
        var columns = Compare(texts).Finding.Columns;

        Assert.Contains(columns, column => column is { Column: "language", Q: < 1e-6 });
        Assert.Contains(columns, column => column is { Column: "length", Q: < 1e-6 });
    }

    [Fact]
    public void What_a_profile_cannot_tell_is_said()
    {
        var shift = Compare(ContentProfileBuilderTests.Texts(20, seed: 9));

        Assert.Null(shift.Finding.Text);
        Assert.Null(shift.Finding.Attribution);
        Assert.Contains(shift.NotAssessed, missing => missing.What == "text shift");
        Assert.Contains(shift.NotAssessed, missing => missing.What == "mix shift and rate change");
        Assert.DoesNotContain(shift.NotAssessed, missing => missing.What == "distribution shift");
    }

    private static ShiftAnalysis Compare(string[] texts)
    {
        var plain = SeededRelease.Create();
        var cascade = new Cascade(plain, SeededRelease.Model);
        var builder = new ContentProfileBuilder();
        foreach (string text in ContentProfileBuilderTests.Texts(3_000, seed: 1))
        {
            builder.Add(text, null, cascade.Decide(text).Scores);
        }

        var packed = PackedStrings.From(texts);
        var table = new DecisionTable
        {
            Category = "",
            Ids = PackedStrings.From(texts.Select((_, row) => $"c{row}")),
            Verdicts = new Verdict[texts.Length],
            Texts = packed,
            Labels = [.. Enumerable.Repeat((sbyte)-1, texts.Length)],
            Design = new LabelDesign.None(),
        };
        int[] clusters = NearDuplicates.Cluster(packed);
        return ProfileComparison.Of(
            Evidence.Of(table, clusters, clusters.Max() + 1, []), new Cascade(plain with { Profile = builder.Build() }, SeededRelease.Model), 1);
    }
}
