using System.IO.Compression;

namespace Moderato.Classification.Folding;

/// <param name="Fold">What it folds to; 0 when to itself.</param>
/// <param name="Kind">Of what it folds to.</param>
/// <param name="Looks">Of what it folds to.</param>
/// <param name="Special">It folds to several code points, or may combine with what stands before.</param>
internal readonly record struct FoldedChar(uint Fold, CharKind Kind, SkeletonClass Looks, bool Special);

/// <summary>
/// What folding needs to know of each code point of Unicode 15.0, embedded, because without ICU .NET does not normalise
/// and with it every machine has its own version. Made by <c>folding-table.py</c> beside this file.
/// </summary>
internal sealed class FoldingTable
{
    private const int BlockBits = 7;

    private readonly ushort[] stage;
    private readonly ushort[] blocks;
    private readonly CharKind[] kinds;
    private readonly byte[] combiningClasses;
    private readonly bool[] combining;
    private readonly SkeletonClass[] skeletonClasses;
    private readonly Sequences skeletons;
    private readonly Sequences folds;
    private readonly Sequences decompositions;
    private readonly Dictionary<ulong, uint> pairs;
    private readonly FoldedChar[] folded;

    private FoldingTable(byte[] packed)
    {
        var reader = new Leb128(packed);
        int records = reader.Int();
        kinds = reader.Array(records, value => (CharKind)value);
        combiningClasses = reader.Array(records, value => (byte)value);
        combining = reader.Array(records, value => value != 0);
        skeletonClasses = reader.Array(records, value => (SkeletonClass)value);
        skeletons = new Sequences(ref reader, records);
        folds = new Sequences(ref reader, records);
        decompositions = new Sequences(ref reader, records);
        stage = reader.Array(reader.Int(), value => (ushort)value);
        blocks = new ushort[reader.Int() << BlockBits];
        for (int at = 0; at < blocks.Length; at++)
        {
            int delta = reader.Int();
            int before = (at & ((1 << BlockBits) - 1)) == 0 ? 0 : blocks[at - 1];
            blocks[at] = (ushort)(before + ((delta >> 1) ^ -(delta & 1)));
        }

        int count = reader.Int();
        pairs = new(count);
        for (int i = 0; i < count; i++)
        {
            pairs.Add(Key((uint)reader.Int(), (uint)reader.Int()), (uint)reader.Int());
        }

        folded = [.. Enumerable.Range(0, records).Select(OfRecord)];
    }

    public static FoldingTable Shipped { get; } = Load();

    /// <summary>What most code points need, in one place.</summary>
    public ref readonly FoldedChar Folded(uint codePoint) => ref folded[RecordOf(codePoint)];

    /// <summary>The record of a code point up to U+10FFFF; what the methods below take.</summary>
    public int RecordOf(uint codePoint) => blocks[(stage[codePoint >> BlockBits] << BlockBits) + (int)(codePoint & ((1 << BlockBits) - 1))];

    public CharKind KindOf(int record) => kinds[record];

    /// <summary>Whether it may join or be reordered with what stands before it.</summary>
    public bool IsCombining(int record) => combining[record];

    public int CombiningClassOf(uint codePoint) => combiningClasses[RecordOf(codePoint)];

    public SkeletonClass SkeletonClassOf(int record) => skeletonClasses[record];

    /// <summary>The one or two letters it looks like; nothing when it is not seen or looks like itself.</summary>
    public ReadOnlySpan<uint> SkeletonOf(int record) => skeletons.Of(record);

    /// <summary>Lower-cased and NFKC; nothing when it is so already.</summary>
    public ReadOnlySpan<uint> FoldOf(int record) => folds.Of(record);

    /// <summary>Lower-cased and NFKD; nothing when it is so already, and for Hangul syllables.</summary>
    public ReadOnlySpan<uint> DecompositionOf(int record) => decompositions.Of(record);

    /// <summary>The code point that two canonically compose to; 0 when they do not.</summary>
    public uint Composed(uint first, uint second) => pairs.GetValueOrDefault(Key(first, second));

    /// <summary>Every code point that two compose to canonically, with the two; without Hangul syllables.</summary>
    public IEnumerable<(uint Composed, uint First, uint Second)> Compositions() => pairs.Select(pair => (pair.Value, (uint)(pair.Key >> 32), (uint)pair.Key));

    private FoldedChar OfRecord(int record)
    {
        var fold = FoldOf(record);
        int of = fold.Length == 1 ? RecordOf(fold[0]) : record;
        return new(fold.Length == 1 ? fold[0] : 0, kinds[of], skeletonClasses[of], combining[record] || combining[of] || fold.Length > 1);
    }

    private static ulong Key(uint first, uint second) => ((ulong)first << 32) | second;

    private static FoldingTable Load()
    {
        using var resource = typeof(FoldingTable).Assembly.GetManifestResourceStream("Moderato.Classification.Folding.folding-table.bin")!;
        using var zlib = new ZLibStream(resource, CompressionMode.Decompress);
        using var packed = new MemoryStream();
        zlib.CopyTo(packed);
        return new FoldingTable(packed.ToArray());
    }

    private readonly struct Sequences
    {
        private readonly int[] ends;
        private readonly uint[] codePoints;

        public Sequences(ref Leb128 reader, int records)
        {
            ends = reader.Array(records, value => value);
            for (int record = 1; record < records; record++)
            {
                ends[record] += ends[record - 1];
            }

            codePoints = reader.Array(ends[^1], value => (uint)value);
        }

        public ReadOnlySpan<uint> Of(int record) => codePoints.AsSpan((record == 0 ? 0 : ends[record - 1])..ends[record]);
    }
}
