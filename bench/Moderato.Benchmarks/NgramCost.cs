using System.Diagnostics;
using System.Globalization;
using System.Text;
using Moderato.Classification;
using Moderato.Releases;

namespace Moderato.Benchmarks;

/// <summary>What the shipped <c>ngram</c> tier costs: time a byte by kind of text, allocation, size, time until ready. One thread.</summary>
internal static class NgramCost
{
    private const int MostTexts = 20_000;
    private const int Rounds = 9;

    public static void Run()
    {
        long start = Stopwatch.GetTimestamp();
        var cascade = ReleaseFile.LoadShipped();
        cascade.Decide("ready");
        var ready = Stopwatch.GetElapsedTime(start);
        var table = new ResultTable(
            "Cost of the ngram tier",
            "dotnet run -c Release --project bench/Moderato.Benchmarks -- cost",
            "texts of 20 to 2,000 bytes", "texts", "bytes a text", "ns a byte", "µs a text", "bytes allocated a text");
        foreach (var set in (string[])["goemotions", "wikipedia-context", "davidson", "germeval2018", "russe-detox", "cold", "kor-hate"])
        {
            Measure(table, set, cascade, SharedTexts.Rows(set).Select(SharedTexts.TextOf));
        }

        Measure(table, "goemotions, a zero-width space after each letter", cascade, SharedTexts.Rows("goemotions").Select(row => Smuggled(SharedTexts.TextOf(row))));
        Measure(table, "goemotions, one letter in four in leet", cascade, SharedTexts.Rows("goemotions").Select(row => Leet(SharedTexts.TextOf(row))));
        table.Note(string.Create(CultureInfo.InvariantCulture, $"Weights: {cascade.Model.Weights.Length:N0} bytes ({cascade.Model.Rows:N0} rows of {NgramModel.Lanes}). Ready, from nothing loaded to the first decision: {ready.TotalMilliseconds:F0} ms. The least of {Rounds} rounds over all texts of a set, scoring and verdict included."));
        table.Write("ngram-cost");
    }

    private static void Measure(ResultTable table, string name, Cascade cascade, IEnumerable<string> texts)
    {
        var chosen = texts.Where(text => Encoding.UTF8.GetByteCount(text) is >= 20 and <= 2_000).Take(MostTexts).ToList();
        long bytes = chosen.Sum(text => (long)Encoding.UTF8.GetByteCount(text));
        var scores = new double[cascade.Categories.Count];

        // Texts as they come from a batch: one after the other, not among what was read and thrown away to find them.
        GC.Collect();
        double least = double.MaxValue;
        long allocated = 0;
        for (int round = 0; round < Rounds; round++)
        {
            allocated = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            foreach (var text in chosen)
            {
                cascade.Decide(text, null, null, scores);
            }

            least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalNanoseconds);
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        }

        table.Add(
            name, chosen.Count, bytes / chosen.Count, (least / bytes).ToString("F1", CultureInfo.InvariantCulture),
            (least / chosen.Count / 1000).ToString("F2", CultureInfo.InvariantCulture), allocated / chosen.Count);
    }

    private static string Smuggled(string text) => string.Concat(text.Select(letter => char.IsLetter(letter) ? $"{letter}\u200b" : letter.ToString()));

    private static string Leet(string text)
    {
        const string From = "aeiost";
        const string To = "431057";
        return string.Concat(text.Select((letter, at) => at % 2 == 0 && From.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var which ? To[which] : letter));
    }
}
