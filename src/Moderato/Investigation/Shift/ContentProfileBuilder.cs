using System.Text;
using Moderato.Classification.Languages;
using Moderato.Decisions;
using Moderato.Releases;

namespace Moderato.Investigation.Shift;

/// <summary>
/// Collects the profile that a release carries, a content at a time. The sample is the contents with the smallest hashes: the same
/// whatever the order, and identical texts count once in it.
/// </summary>
public sealed class ContentProfileBuilder
{
    private const int SampleSize = 400;

    private readonly WordSet words = new();
    private readonly LanguageDetector detector = new();
    private readonly SortedDictionary<string, long> languages = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long[]> scores = new(StringComparer.Ordinal);
    private readonly SortedDictionary<ulong, byte[]> sample = [];
    private readonly long[] lengths = new long[ContentProfile.LengthBins];
    private readonly long[] buckets = new long[ContentProfile.WordBuckets];
    private readonly int[] lastSeen = new int[ContentProfile.WordBuckets];
    private byte[] utf8 = new byte[1024];
    private ulong largestKept = ulong.MaxValue;
    private int contents;

    /// <param name="language">ISO 639-1 as the set has it; null: it is detected.</param>
    /// <param name="scoreOf">The release's own scores in [0,1] by category, of those it judges; they should not come from weights fitted to this content.</param>
    public void Add(ReadOnlySpan<char> text, string? language, IReadOnlyDictionary<string, double> scoreOf)
    {
        contents++;
        lengths[ContentProfile.LengthBin(text.Length)]++;
        language ??= detector.Detect(text);
        languages[language] = languages.GetValueOrDefault(language) + 1;
        foreach (var (category, score) in scoreOf)
        {
            if (!scores.TryGetValue(category, out var bins))
            {
                scores.Add(category, bins = new long[ContentProfile.ScoreBins]);
            }

            bins[ContentProfile.ScoreBin(score)]++;
        }

        AddWords(text);
    }

    public ContentProfile Build() => new()
    {
        Contents = contents,
        Languages = languages,
        Lengths = lengths,
        Scores = scores.ToDictionary(category => category.Key, category => (IReadOnlyList<long>)category.Value, StringComparer.Ordinal),
        Words = buckets,
        Sample = [.. sample.Values.SelectMany(set => set)],
    };

    private void AddWords(ReadOnlySpan<char> text)
    {
        if (utf8.Length < Encoding.UTF8.GetMaxByteCount(text.Length))
        {
            utf8 = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        }

        var bytes = utf8.AsSpan(0, Encoding.UTF8.GetBytes(text, utf8));
        var distinct = words.Read(bytes);
        foreach (var word in distinct)
        {
            int bucket = WordSet.Bucket(word.Hash);
            if (lastSeen[bucket] != contents)
            {
                lastSeen[bucket] = contents;
                buckets[bucket]++;
            }
        }

        ulong key = Utf8Hash.Of(bytes);
        if (distinct.Count == 0 || key > largestKept)
        {
            return;
        }

        var set = new byte[1 + (2 * distinct.Count)];
        set[0] = (byte)distinct.Count;
        for (int i = 0; i < distinct.Count; i++)
        {
            BitConverter.TryWriteBytes(set.AsSpan(1 + (2 * i)), WordSet.Short(distinct[i].Hash));
        }

        sample[key] = set;
        if (sample.Count > SampleSize)
        {
            sample.Remove(sample.Last().Key);
            largestKept = sample.Last().Key;
        }
    }
}
