namespace Moderato.Classification.Features;

/// <summary>The features of one text, one 32-bit hash for each occurrence; filled by <see cref="FeatureExtractor"/> and reused from text to text.</summary>
public sealed class FeatureBuffer
{
    private uint[] hashes = new uint[1024];

    public int Count { get; private set; }

    public ReadOnlySpan<uint> Hashes => hashes.AsSpan(0, Count);

    /// <summary>The row of a table with <paramref name="rows"/> rows that a hash selects: floor(hash · rows / 2³²), so that the count need not be a power of two.</summary>
    public static int RowOf(uint hash, int rows) => (int)(((ulong)hash * (uint)rows) >> 32);

    internal void Clear() => Count = 0;

    internal void Add(ReadOnlySpan<uint> more)
    {
        if (Count + more.Length > hashes.Length)
        {
            Array.Resize(ref hashes, Math.Max(hashes.Length * 2, Count + more.Length));
        }

        more.CopyTo(hashes.AsSpan(Count));
        Count += more.Length;
    }
}
