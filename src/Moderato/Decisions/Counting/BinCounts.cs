using System.Runtime.InteropServices;

namespace Moderato.Decisions.Counting;

/// <summary>A histogram over the 10,001 score bins of which only the bins that are not empty are held, and packed to a few bytes each.</summary>
public sealed class BinCounts
{
    private readonly Dictionary<int, long> bins = [];

    /// <summary>Bins that are not empty, ascending.</summary>
    public IReadOnlyDictionary<int, long> Bins => new SortedDictionary<int, long>(bins);

    public void Add(int bin, long count) => CollectionsMarshal.GetValueRefOrAddDefault(bins, bin, out _) += count;

    public void Add(BinCounts other)
    {
        foreach (var (bin, count) in other.bins)
        {
            Add(bin, count);
        }
    }

    /// <summary>For each bin its distance from the one before and its count, both in 7-bit groups.</summary>
    public byte[] Pack()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        Write(writer);
        writer.Flush();
        return bytes.ToArray();
    }

    /// <exception cref="EndOfStreamException">The bytes end too early.</exception>
    public static BinCounts Unpack(byte[] packed)
    {
        using var reader = new BinaryReader(new MemoryStream(packed));
        return Read(reader);
    }

    internal void Write(BinaryWriter writer)
    {
        writer.Write7BitEncodedInt(bins.Count);
        int before = 0;
        foreach (var (bin, count) in bins.OrderBy(bin => bin.Key))
        {
            writer.Write7BitEncodedInt(bin - before);
            writer.Write7BitEncodedInt64(count);
            before = bin;
        }
    }

    internal static BinCounts Read(BinaryReader reader)
    {
        var counts = new BinCounts();
        int bin = 0;
        for (int left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            bin += reader.Read7BitEncodedInt();
            counts.Add(bin, reader.Read7BitEncodedInt64());
        }

        return counts;
    }
}
