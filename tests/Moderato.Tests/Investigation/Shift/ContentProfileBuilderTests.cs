using System.Text.Json;
using Moderato.Investigation.Shift;
using Moderato.Releases;

namespace Moderato.Tests.Investigation.Shift;

public sealed class ContentProfileBuilderTests
{
    [Fact]
    public void The_order_of_the_contents_does_not_matter()
    {
        string[] texts = Texts(2_000);
        Assert.Equal(JsonSerializer.Serialize(Build(texts)), JsonSerializer.Serialize(Build([.. texts.Reverse()])));
    }

    [Fact]
    public void It_counts_and_samples_and_stays_small()
    {
        var profile = Build(Texts(3_000));

        Assert.Equal(3_000, profile.Contents);
        Assert.Equal(3_000, profile.Lengths.Sum());
        Assert.Equal(3_000, profile.Languages.Values.Sum());
        Assert.Equal(3_000, profile.Scores["hate"].Sum());
        Assert.Equal(400, profile.WordSets().Count());
        Assert.All(profile.WordSets(), set => Assert.InRange(set.Length, 1, 64));
        Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(profile).Length, 1_000, 64_000);
    }

    [Fact]
    public void It_holds_no_text() => Assert.DoesNotContain(
        "watermelon", JsonSerializer.Serialize(Build(["watermelon watermelon watermelon"])), StringComparison.Ordinal);

    [Fact]
    public void Texts_without_a_word_are_counted_and_not_sampled()
    {
        var profile = Build(["", "!!!", "42"]);
        Assert.Equal(3, profile.Contents);
        Assert.Empty(profile.WordSets());
    }

    internal static string[] Texts(int count, int seed = 1, int vocabulary = 2_000)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => string.Join(' ', Enumerable.Range(0, 5 + random.Next(20)).Select(_ => Word((int)(vocabulary * random.NextDouble() * random.NextDouble())))))];
    }

    internal static ContentProfile Build(IEnumerable<string> texts)
    {
        var builder = new ContentProfileBuilder();
        foreach (string text in texts)
        {
            builder.Add(text, "en", new Dictionary<string, double> { ["hate"] = text.Length % 101 / 100.0 });
        }

        return builder.Build();
    }

    private static string Word(int number) => $"w{(char)('a' + (number % 26))}{(char)('a' + (number / 26 % 26))}{(char)('a' + (number / 676))}";
}
