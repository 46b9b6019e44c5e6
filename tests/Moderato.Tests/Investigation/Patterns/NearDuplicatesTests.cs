using CsCheck;
using Moderato.Decisions;
using Moderato.Investigation.Patterns;

namespace Moderato.Tests.Investigation.Patterns;

public sealed class NearDuplicatesTests
{
    private const string Copypasta =
        "Attention all gamers, the great wizard has fallen and we need your help to defeat the dragon, "
        + "send three gold coins and your potion recipe before the moon rises tonight";

    [Theory]
    [InlineData("Hello   WORLD!!", "hello, world")]
    [InlineData("look at https://a.example/x?y=1 friends", "look at http://b.example friends")]
    [InlineData("call me at 5551234 now", "Call me at 42 now.")]
    [InlineData("@bob you are late", "@alice_99 you are late")]
    [InlineData("zero\u200bwidth joiner", "zerowidth joiner")]
    [InlineData("ÉCOLE À PARIS", "école à paris")]
    [InlineData("٣ قطط", "٥ قطط")]
    public void What_folds_to_the_same_is_one_cluster(string a, string b) =>
        Assert.Equal([0, 0], Cluster(a, b));

    [Theory]
    [InlineData("ok", "no")]
    [InlineData("yes", "yes not")]
    [InlineData("I love you", "I love him")]
    [InlineData("42", "43")]
    [InlineData("@bob", "@alice")]
    [InlineData("!!!", "???")]
    [InlineData("😀", "😡")]
    [InlineData("我爱你", "我恨你")]
    [InlineData("", "a")]
    [InlineData("you are all welcome here", "you are not welcome here")]
    public void Short_texts_that_differ_stay_apart(string a, string b) => Assert.Equal([0, 1], Cluster(a, b));

    [Fact]
    public void Nearly_identical_long_texts_are_one_cluster() =>
        Assert.Equal([0, 1, 0, 0], Cluster(
            Copypasta,
            "Something else entirely that has about the same length but shares no phrase with the other message at all",
            Copypasta.Replace("dragon", "dragons") + "!",
            "fwd: " + Copypasta.Replace("three", "four")));

    [Fact]
    public void A_template_with_another_slot_word_is_another_text()
    {
        string[] animals = ["elephant", "butterfly", "crocodile", "hedgehog", "penguin", "octopus", "flamingo", "squirrel"];
        Assert.Equal(animals.Length, Cluster([.. animals.Select(a => $"My favourite animal of all is the {a} in the zoo")]).Distinct().Count());
    }

    [Fact]
    public void A_chain_of_small_changes_does_not_join_what_differs()
    {
        // Each text differs from the one before by one word in forty; the ends share no word.
        string[] from = [.. Enumerable.Range(0, 40).Select(i => Word(i))];
        var texts = Enumerable.Range(0, 41).Select(k => string.Join(' ', from.Select((w, i) => i < k ? Word(1000 + i) : w))).ToArray();
        var clusters = Cluster(texts);
        Assert.NotEqual(clusters[0], clusters[^1]);
        Assert.InRange(clusters.Distinct().Count(), 3, 41);
    }

    [Fact]
    public void Every_member_of_a_cluster_is_like_another_member()
    {
        var random = new Random(5);
        var texts = new string[3000];
        for (int i = 0; i < texts.Length; i++)
        {
            var words = Enumerable.Range(0, 14).Select(w => Word((i % 100 * 50) + w)).ToArray();
            for (int edits = random.Next(8); edits > 0; edits--)
            {
                words[random.Next(words.Length)] = Word(random.Next(100_000));
            }

            texts[i] = string.Join(' ', words);
        }

        var clusters = Cluster(texts);
        var grams = texts.Select(t => Enumerable.Range(0, t.Length - 4).Select(p => t.Substring(p, 5)).ToHashSet()).ToArray();
        foreach (var members in clusters.Index().GroupBy(c => c.Item, c => c.Index).Where(g => g.Count() > 1))
        {
            // One of them led: all are at least .8 like it.
            Assert.Contains(members, leader => members.All(m => Jaccard(grams[leader], grams[m]) >= NearDuplicates.Threshold - 1e-12));
        }
    }

    [Fact]
    public void Nearly_all_copies_with_one_typing_error_are_found()
    {
        string[] originals = [.. Enumerable.Range(0, 1000).Select(i => string.Join(' ', Enumerable.Range(0, 16).Select(w => Word((i * 16) + w))))];
        var clusters = Cluster([.. originals, .. originals.Select(text => text.Insert(text.Length / 2, "x"))]);
        Assert.InRange(Enumerable.Range(0, 1000).Count(i => clusters[i] == clusters[i + 1000]), 990, 1000);
        Assert.Equal(1000, clusters.Take(1000).Distinct().Count());
    }

    [Fact]
    public void The_partition_does_not_depend_on_the_order_of_rows()
    {
        string[] texts = [.. Enumerable.Range(0, 400).Select(i => i % 3 == 0 ? Copypasta + Word(i % 7) : $"{Word(i % 50)} {Word(i % 11)}")];
        var clusters = Cluster(texts);
        Gen.Shuffle(Enumerable.Range(0, texts.Length).ToArray()).Sample(order =>
        {
            var shuffled = Cluster([.. order.Select(i => texts[i])]);
            var pairs = order.Select((row, at) => (clusters[row], shuffled[at])).Distinct().ToList();
            return pairs.Count == clusters.Distinct().Count();
        }, iter: 20);
    }

    [Fact]
    public void Numbers_are_dense_and_in_order_of_appearance() =>
        Gen.Int[0, 30].Select(i => Word(i)).Array[0, 60].Sample(texts =>
        {
            var clusters = Cluster(texts);
            int next = 0;
            return clusters.All(c => c < next || c == next++);
        }, iter: 200);

    [Fact]
    public void Any_text_is_taken() =>
        Gen.String.Array[0, 10].Sample(texts => Cluster(texts).Length == texts.Length, iter: 300);

    [Fact]
    public void One_text_half_a_million_times_is_one_cluster()
    {
        var builder = new PackedStrings.Builder();
        for (int i = 0; i < 500_000; i++)
        {
            builder.Add(Copypasta);
        }

        Assert.DoesNotContain(NearDuplicates.Cluster(builder.Build()), cluster => cluster != 0);
    }

    private static int[] Cluster(params string[] texts) => NearDuplicates.Cluster(PackedStrings.From(texts));

    private static double Jaccard(HashSet<string> a, HashSet<string> b)
    {
        int both = a.Count(b.Contains);
        return (double)both / (a.Count + b.Count - both);
    }

    private static string Word(int number)
    {
        var random = new Random(number);
        return new string([.. Enumerable.Range(0, 4 + random.Next(5)).Select(_ => (char)('a' + random.Next(26)))]);
    }
}
