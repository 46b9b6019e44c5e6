using CsCheck;
using Moderato.Classification;
using Moderato.Classification.Features;

namespace Moderato.Tests.Classification;

public sealed class TableLayoutTests
{
    [Fact]
    public void Every_feature_has_a_row_of_the_table_and_none_has_the_first_line() =>
        Gen.Select(Gen.Int[TableLayout.Fewest, NgramModel.MaxRows], Gen.String[0, 200]).Sample((rows, text) =>
        {
            var features = new FeatureBuffer(rows);
            new FeatureExtractor(FeatureFamilies.None).Extract(text, features);
            return !features.Rows.ContainsAnyExceptInRange(TableLayout.LineRows, rows - 1);
        });

    [Fact]
    public void A_word_of_four_letters_touches_a_line_for_each_4_gram_and_3_gram_at_most()
    {
        var features = new FeatureBuffer(NgramModel.MaxRows);
        new FeatureExtractor(FeatureFamilies.None).Extract("kind", features);

        // _ki kin ind nd_, _kin kind ind_, _kind kind_; the word and its two pairs.
        Assert.Equal(4 + 3 + 2 + 3, features.Count);
        Assert.InRange(features.Rows.ToArray().Select(row => row / TableLayout.LineRows).Distinct().Count(), 1, 4 + 3 + 3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(TableLayout.Fewest - 1)]
    [InlineData(NgramModel.MaxRows + 1)]
    public void A_model_of_another_size_is_refused(int rows)
    {
        var model = SeededModel.Create(seed: 1, rows: 1_000) with { Weights = new sbyte[rows * NgramModel.Lanes] };
        Assert.Contains("rows", Assert.Throws<ArgumentException>(model.Checked).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_whose_first_row_says_something_is_refused()
    {
        var model = SeededModel.Create(seed: 1, rows: 1_000);
        model.Weights[0] = 1;
        Assert.Contains("first row", Assert.Throws<ArgumentException>(model.Checked).Message, StringComparison.Ordinal);
    }
}
