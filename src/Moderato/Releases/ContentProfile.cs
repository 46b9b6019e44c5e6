namespace Moderato.Releases;

/// <summary>
/// What a model's training and evaluation content looked like: counts, and a small sample as sets of hashed words; no text.
/// <c>drift</c> compares production with it.
/// </summary>
public sealed record ContentProfile
{
    /// <summary>Buckets of <see cref="Words"/>.</summary>
    public const int WordBuckets = 4096;

    /// <summary>Bins of <see cref="Lengths"/>.</summary>
    public const int LengthBins = 48;

    /// <summary>Bins of <see cref="Scores"/>.</summary>
    public const int ScoreBins = 101;

    public required long Contents { get; init; }

    /// <summary>Contents by language; <c>und</c> where it was not determined.</summary>
    public required IReadOnlyDictionary<string, long> Languages { get; init; }

    /// <summary>Contents by length in UTF-16 units; bin k from ⌈2^(k/2)⌉ to below ⌈2^((k+1)/2)⌉, bin 0 also the empty text.</summary>
    public required IReadOnlyList<long> Lengths { get; init; }

    /// <summary>By category, contents by score; bin k holds [k, k+1) / 100.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<long>> Scores { get; init; }

    /// <summary>In how many contents a word of each bucket occurs: for one word an upper bound.</summary>
    public required IReadOnlyList<long> Words { get; init; }

    /// <summary>A random sample of the contents, each as the set of its words, hashed to 16 bits; <see cref="WordSets"/> reads it.</summary>
    public required byte[] Sample { get; init; }

    public static int LengthBin(int length)
    {
        if (length <= 1)
        {
            return 0;
        }

        // 2^(k/2) ≤ length ⇔ 2^k ≤ length²
        int bin = (int)ulong.Log2((ulong)length * (ulong)length);
        return Math.Min(bin, LengthBins - 1);
    }

    public static int ScoreBin(double score) => (int)((score * (ScoreBins - 1)) + 1e-9);

    /// <summary>The sampled contents' word hashes.</summary>
    public IEnumerable<ushort[]> WordSets()
    {
        for (int at = 0; at < Sample.Length;)
        {
            var words = new ushort[Sample[at++]];
            for (int i = 0; i < words.Length; i++, at += 2)
            {
                words[i] = BitConverter.ToUInt16(Sample, at);
            }

            yield return words;
        }
    }
}
