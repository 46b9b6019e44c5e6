using Moderato.Classification.Features;

namespace Moderato.Tests.Classification;

public sealed class FeatureExtractorTests
{
    private const FeatureFamilies All = FeatureFamilies.SkipPairs | FeatureFamilies.NegationScope | FeatureFamilies.QuotationScope
        | FeatureFamilies.Shouting | FeatureFamilies.Shape;

    private static readonly string[] Texts =
    [
        "", "a", "You are NOT a \"kind\" person, are you?!", "f.u.c.k y0u, b1tch!!! sooooo f*cking st\u200bupid", "naïve Straße ﬁne ÉCOLE",
        "Привет, как дела? fuсk", "你好，世界 今日は 안녕하세요", "👩‍👩‍👧‍👦 🏳️‍🌈 ❤️ 🅱itch", "@name https://www.example.org/path?x=1 1234567 1488 don’t",
        "an extraordinarilylongwordofmorethansixteenletters f u c k", "z̸̡̛a̷̢l̶̨g̵̡o̴",
    ];

    /// <summary>A model belongs to these hashes: whoever changes them raises <see cref="FeatureExtractor.Version"/> and trains again.</summary>
    [Theory]
    [InlineData(FeatureFamilies.None, 2, 3251344921484051126UL)]
    [InlineData(All, 2, 5228327237549396258UL)]
    public void Gives_the_features_that_its_version_stands_for(FeatureFamilies families, int version, ulong digest)
    {
        var extractor = new FeatureExtractor(families);
        var features = new FeatureBuffer();
        ulong found = 0;
        foreach (var text in Texts)
        {
            extractor.Extract(text, features);
            ulong sum = (ulong)features.Count;
            foreach (uint hash in features.Hashes)
            {
                sum += ((hash + 1UL) * 0x9E3779B97F4A7C15) ^ hash;
            }

            found = (found * 31) + sum;
        }

        Assert.Equal(FeatureExtractor.Version, version);
        Assert.Equal(digest, found);
    }

    /// <summary>A word in disguise has the features of the word, so what is known of the word is known of its disguise.</summary>
    [Theory]
    [InlineData("idiot", "1di0t")]
    [InlineData("idiot", "i\u200bdi\u200bot")]
    [InlineData("idiot", "idiоt")]
    [InlineData("idiot", "i.d.i.o.t")]
    [InlineData("idiot", "idiiiiiiot")]
    [InlineData("idiot", "i d i o t")]
    public void Has_all_features_of_a_word_also_in_disguise(string word, string disguised)
    {
        var known = Features($"so {word} so");
        var seen = Features($"so {disguised} so");
        var lost = known.Except(seen).ToList();

        // Of letters apart only the word is known, not its neighbours.
        Assert.True(lost.Count <= 2, $"{lost.Count} of {known.Count} features are lost");
    }

    [Theory]
    [InlineData(FeatureFamilies.NegationScope, "they are stupid", 0)]
    [InlineData(FeatureFamilies.NegationScope, "they are not stupid", 1)]
    [InlineData(FeatureFamilies.NegationScope, "they aren't so very stupid", 3)]
    [InlineData(FeatureFamilies.NegationScope, "no, they are stupid", 0)]
    [InlineData(FeatureFamilies.QuotationScope, "he called them “stupid people” today", 2)]
    [InlineData(FeatureFamilies.QuotationScope, "he called them \"stupid\" today", 1)]
    [InlineData(FeatureFamilies.Shouting, "they are STUPID", 1)]
    [InlineData(FeatureFamilies.SkipPairs, "they are stupid", 3)]
    [InlineData(FeatureFamilies.Shape, "they are stupid", 2)]
    public void Adds_a_feature_for_each_word_in_a_scope(FeatureFamilies family, string text, int more)
    {
        var features = new FeatureBuffer();
        new FeatureExtractor(FeatureFamilies.None).Extract(text, features);
        int without = features.Count;
        new FeatureExtractor(family).Extract(text, features);
        Assert.Equal(without + more, features.Count);
    }

    private static HashSet<uint> Features(string text)
    {
        var features = new FeatureBuffer();
        new FeatureExtractor(FeatureFamilies.None).Extract(text, features);
        return [.. features.Hashes];
    }
}
