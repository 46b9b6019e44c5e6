using CsCheck;
using Moderato.Classification.Features;

namespace Moderato.Tests.Classification;

public sealed class FeatureExtractorTests
{
    private const FeatureFamilies All = FeatureFamilies.SkipPairs | FeatureFamilies.NegationScope | FeatureFamilies.QuotationScope
        | FeatureFamilies.Shouting | FeatureFamilies.Shape;

    private const int TableRows = 499_000;

    private static readonly string[] Texts =
    [
        "", "a", "You are NOT a \"kind\" person, are you?!", "f.u.c.k y0u, b1tch!!! sooooo f*cking st\u200bupid", "naïve Straße ﬁne ÉCOLE",
        "Привет, как дела? fuсk", "你好，世界 今日は 안녕하세요", "👩‍👩‍👧‍👦 🏳️‍🌈 ❤️ 🅱itch", "@name https://www.example.org/path?x=1 1234567 1488 don’t",
        "an extraordinarilylongwordofmorethansixteenletters f u c k", "z̸̡̛a̷̢l̶̨g̵̡o̴",
    ];

    /// <summary>A model belongs to these hashes: whoever changes them raises <see cref="FeatureExtractor.Version"/> and trains again.</summary>
    [Theory]
    [InlineData(FeatureFamilies.None, 3, 16093620550861953874UL)]
    [InlineData(All, 3, 15823759006492388072UL)]
    public void Gives_the_features_that_its_version_stands_for(FeatureFamilies families, int version, ulong digest)
    {
        var extractor = new FeatureExtractor(families);
        var features = new FeatureBuffer(TableRows);
        ulong found = 0;
        foreach (var text in Texts)
        {
            extractor.Extract(text, features);
            ulong sum = (ulong)features.Count;
            foreach (int row in features.Rows)
            {
                sum += ((ulong)(row + 1) * 0x9E3779B97F4A7C15) ^ (ulong)row;
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

    /// <summary>Runs between plain spaces are read sixteen characters at once, those between others one by one: to the same features.</summary>
    [Theory]
    [InlineData("I don't, you don’t; he's “fine” (ok) \"yes\" a b c! f u c k u x")]
    [InlineData("1diot y0u t3st5 t3st5. b4 ki11 he11o c00l l00o 2day m2m ps4 covid19 100k 1a 12ab a12 s0! n1gg4, wh0: i8u; 7 77777 x9x9 l33t)")]
    [InlineData("extraordinarily incomprehensibilities sixteenletterswo sixteenletterswor www. www.a don't' 'tis aaa SHOUT iT OUT")]
    public void Reads_plain_runs_as_it_reads_all_others(string text) => Assert.Equal(Sorted(text), Sorted(text.Replace(' ', '\u00a0')));

    [Fact]
    public void Reads_any_plain_runs_as_it_reads_all_others() =>
        Gen.Char["abIT'’019.,!?)\"  "].Array[0, 60].Select(letters => new string(letters))
            .Sample(text => Sorted(text).SequenceEqual(Sorted(text.Replace(' ', '\u00a0'))), iter: 20_000);

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
        var features = new FeatureBuffer(TableRows);
        new FeatureExtractor(FeatureFamilies.None).Extract(text, features);
        int without = features.Count;
        new FeatureExtractor(family).Extract(text, features);
        Assert.Equal(without + more, features.Count);
    }

    private static int[] Sorted(string text)
    {
        var features = new FeatureBuffer(TableRows);
        new FeatureExtractor(All).Extract(text, features);
        return [.. features.Rows.ToArray().Order()];
    }

    private static HashSet<int> Features(string text)
    {
        var features = new FeatureBuffer(TableRows);
        new FeatureExtractor(FeatureFamilies.None).Extract(text, features);
        return [.. features.Rows];
    }
}
