using System.Text;
using CsCheck;
using Moderato.Classification;
using Moderato.Classification.Features;

namespace Moderato.Tests.Classification;

/// <summary>Whatever bytes arrive, there is a score, it is the same each time, and its cost is linear.</summary>
public sealed class AnyInputTests
{
    private const FeatureFamilies All = FeatureFamilies.SkipPairs | FeatureFamilies.NegationScope | FeatureFamilies.QuotationScope
        | FeatureFamilies.Shouting | FeatureFamilies.Shape;

    private static readonly NgramClassifier Classifier = new(SeededModel.Create(seed: 4, rows: 10_007) with { Families = All });

    public static TheoryData<string, string> Hostile { get; } = new()
    {
        { "empty", "" },
        { "spaces", new string(' ', 100_000) },
        { "one word of 10,000,000", new string('a', 10_000_000) },
        { "10,000,000 in words", string.Concat(Enumerable.Repeat("you are all so very kind ", 400_000)) },
        { "lone surrogates", "\ud800 a\udc00b \ud800\ud800 \udfff" },
        { "controls", "a\0b\u0001c\u007f\u0085d" },
        { "zero-width smuggling", string.Concat(Enumerable.Repeat("k\u200bi\u200cl\u200dl\u2060 ", 10_000)) },
        { "variation selectors", "h\ufe00i\ufe0f\U000E0100\U000E01EF " + string.Concat(Enumerable.Repeat("\U000E0100", 100_000)) },
        { "tag characters", string.Concat("kill them".Select(letter => char.ConvertFromUtf32(0xE0000 + letter))) },
        { "Zalgo", string.Concat(Enumerable.Repeat("z\u0300\u0316\u0334\u035c", 1)) + string.Concat(Enumerable.Repeat("\u0300\u0316\u0334", 300_000)) },
        { "marks without a letter", new string('\u0301', 1_000_000) },
        { "right to left", "שלום עולם مرحبا بالعالم \u202eabc\u202c" },
        { "emoji", string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦🏳️‍🌈👍🏿🇬🇧", 20_000)) },
        { "jamo", string.Concat(Enumerable.Repeat("\u1100\u1161\u11a8", 100_000)) },
        { "long folds", new string('\ufdfa', 100_000) },
        { "decomposing letters", string.Concat(Enumerable.Repeat("\u01d6\u0323\u1f82\u0301", 50_000)) },
        { "two-letter skeletons", new string('ß', 100_000) },
        { "letters apart", string.Concat(Enumerable.Repeat("f u c k ", 50_000)) },
        { "letters dotted", string.Concat(Enumerable.Repeat("f.u.c.k.", 50_000)) },
        { "masks", new string('*', 50_000) + "f" + new string('*', 50_000) + "k" },
        { "quotes", new string('"', 100_001) + "a" },
        { "noncharacters", "\uffff\ufffe\U0010FFFF\ufdd0" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Gives_the_same_finite_score_from_chars_and_from_bytes(string what, string text)
    {
        Assert.NotEmpty(what);
        var logits = Logits(text);
        Assert.All(logits, logit => Assert.True(double.IsFinite(logit)));
        var fromBytes = new double[logits.Length];
        Classifier.LogitsUtf8(Encoding.UTF8.GetBytes(text), fromBytes);
        Assert.Equal(logits, fromBytes);
    }

    [Fact]
    public void Reads_bytes_that_are_not_utf8() =>
        Gen.Byte.Array[0, 200].Sample(bytes =>
        {
            var logits = new double[Classifier.Model.Categories.Count];
            Classifier.LogitsUtf8(bytes, logits);
            return logits.SequenceEqual(Logits(Encoding.UTF8.GetString(bytes)));
        });

    [Fact]
    public void Reads_any_sequence_of_code_units() =>
        Gen.Char.Array[0, 300].Select(chars => new string(chars)).Sample(text =>
        {
            var fromBytes = new double[Classifier.Model.Categories.Count];
            Classifier.LogitsUtf8(Encoding.UTF8.GetBytes(text), fromBytes);
            return fromBytes.SequenceEqual(Logits(text));
        });

    /// <summary>Twice the text has at most about twice the features: no feature is of pairs of distant things.</summary>
    [Theory]
    [MemberData(nameof(Hostile))]
    public void Has_features_in_proportion_to_the_text(string what, string text)
    {
        Assert.NotEmpty(what);
        var features = new FeatureBuffer(10_007);
        new FeatureExtractor(All).Extract(text, features);
        Assert.InRange(features.Count, 1, 10 + (50L * text.Length));
    }

    private static double[] Logits(string text)
    {
        var logits = new double[Classifier.Model.Categories.Count];
        Classifier.Logits(text, logits);
        return logits;
    }
}
