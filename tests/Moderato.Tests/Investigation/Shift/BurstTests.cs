using Moderato.Decisions;
using Moderato.Investigation;
using Moderato.Investigation.Patterns;
using Moderato.Investigation.Shift;

namespace Moderato.Tests.Investigation.Shift;

/// <summary>Thirty days of small talk in which one word does something.</summary>
public sealed class BurstTests
{
    private const int Days = 30;
    private const int ADay = 100;
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_word_of_four_days_is_a_burst_of_these_four_days()
    {
        var burst = Assert.Single(Bursts(day => day is >= 10 and <= 13 ? .3 : .002));

        Assert.Equal(["quake"], burst.Terms);
        Assert.Equal((Start.AddDays(10), Start.AddDays(13)), (burst.From, burst.To));
    }

    [Fact]
    public void A_word_of_every_friday_is_none() => Assert.Empty(Bursts(day => day % 7 == 4 ? .4 : .01));

    [Fact]
    public void A_word_that_slowly_becomes_commoner_is_none() => Assert.Empty(Bursts(day => .05 + (.002 * day)));

    [Fact]
    public void One_author_who_repeats_a_word_is_none() => Assert.Empty(Bursts(day => day == 20 ? .6 : 0, oneAuthor: true));

    [Fact]
    public void A_copypasta_with_the_word_is_none() => Assert.Empty(Bursts(day => day == 20 ? .6 : 0, oneText: true));

    [Fact]
    public void Noise_is_none()
    {
        for (int seed = 0; seed < 5; seed++)
        {
            Assert.Empty(Bursts(_ => .05, seed: seed));
        }
    }

    private static IReadOnlyList<Moderato.Investigation.Findings.Burst> Bursts(Func<int, double> rate, bool oneAuthor = false, bool oneText = false, int seed = 5)
    {
        string[] words = [.. Enumerable.Range(0, 300).Select(i => $"w{(char)('a' + (i % 26))}{(char)('a' + (i / 26))}x")];
        var random = new Random(seed);
        var texts = new List<string>();
        var authors = new CodedColumn.Builder("author");
        var times = new List<long>();
        for (int day = 0; day < Days; day++)
        {
            for (int i = 0; i < ADay; i++)
            {
                bool with = random.NextDouble() < rate(day);
                string talk = string.Join(' ', Enumerable.Range(0, 12).Select(_ => words[random.Next(words.Length)]));
                texts.Add(with ? oneText ? "stop the quake of the council now, copy this everywhere you can" : $"{talk} quake" : talk);
                authors.Add(with && oneAuthor ? "somebody" : $"author {random.Next(2_000)}");
                times.Add(Start.AddDays(day).AddMinutes(i * 14).UtcTicks);
            }
        }

        var packed = PackedStrings.From(texts);
        var table = new DecisionTable
        {
            Category = "",
            Ids = PackedStrings.From(texts.Select((_, row) => $"c{row}")),
            Verdicts = new Verdict[texts.Count],
            Texts = packed,
            Labels = [.. Enumerable.Repeat((sbyte)-1, texts.Count)],
            Design = new LabelDesign.None(),
            Times = [.. times],
            Authors = authors.Build(),
        };
        int[] clusters = NearDuplicates.Cluster(packed);
        return ShiftAnalysis.Of(Evidence.Of(table, clusters, clusters.Max() + 1, []), 1).Finding.Bursts;
    }
}
