using Moderato.Decisions;
using Moderato.Investigation.Patterns;

namespace Moderato.Tests.Investigation.Patterns;

public sealed class TermsTests
{
    [Fact]
    public void The_words_of_the_marked_contents_come_first_and_words_of_all_do_not_come()
    {
        var (texts, marked) = Chat(seed: 1);
        var terms = Terms.Select(texts, Rows(texts), marked, 10);
        Assert.Equal("shoot", terms.Words[0]);
        Assert.Contains("弹药", terms.Words);
        Assert.DoesNotContain("the", terms.Words);
    }

    [Fact]
    public void A_word_in_one_content_many_times_counts_once()
    {
        var texts = PackedStrings.From([string.Join(' ', Enumerable.Repeat("buy", 50)), .. Enumerable.Range(0, 40).Select(i => $"hello number{i}")]);
        bool[] marked = [true, .. new bool[40]];
        Assert.Empty(Terms.Select(texts, Rows(texts), marked, 10).Words);
    }

    [Fact]
    public void Only_the_given_rows_count()
    {
        var (texts, marked) = Chat(seed: 2);
        Assert.Empty(Terms.Select(texts, Rows(texts)[..8], marked, 10).Words);
    }

    [Fact]
    public void Nothing_marked_or_everything_marked_marks_nothing_out()
    {
        var texts = PackedStrings.From(["a b", "c d"]);
        Assert.Empty(Terms.Select(texts, [0, 1], [false, false], 10).Words);
        Assert.Empty(Terms.Select(texts, [0, 1], [true, true], 10).Words);
    }

    private static (PackedStrings Texts, bool[] Marked) Chat(int seed)
    {
        var random = new Random(seed);
        string[] plain = ["hello", "friend", "today", "weather", "lunch", "music", "garden", "train"];
        var texts = new List<string>();
        var marked = new bool[2000];
        for (int i = 0; i < marked.Length; i++)
        {
            marked[i] = random.Next(10) == 0;
            string word = marked[i] && random.Next(2) == 0 ? (random.Next(3) == 0 ? "没弹药了" : "Shoot") : plain[random.Next(plain.Length)];
            texts.Add($"the {plain[random.Next(plain.Length)]} {word} {plain[random.Next(plain.Length)]}");
        }

        return (PackedStrings.From(texts), marked);
    }

    private static int[] Rows(PackedStrings texts) => [.. Enumerable.Range(0, texts.Count)];
}
