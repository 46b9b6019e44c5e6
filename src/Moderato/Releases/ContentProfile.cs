namespace Moderato.Releases;

/// <summary>
/// What a model's training and evaluation content looked like: counts that merge by addition, and no text. <c>drift</c>
/// compares production with it.
/// </summary>
public sealed record ContentProfile
{
    /// <summary>Buckets of <see cref="Features"/>.</summary>
    public const int FeatureBuckets = 4096;

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

    /// <summary>In how many contents each bucket of hashed words, pairs and character n-grams occurs.</summary>
    public required IReadOnlyList<long> Features { get; init; }

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
}
