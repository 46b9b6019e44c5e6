using System.Buffers.Binary;
using Moderato.Policies;
using Moderato.Statistics.Curves;

namespace Moderato.Decisions;

/// <summary>Scores as the log stores them: for each category its 16-bit code (<see cref="Category.CodeOf"/>) and the score's bin, 4 bytes together.</summary>
public static class PackedScores
{
    private const int EntryBytes = 4;

    /// <exception cref="KeyNotFoundException">A category is none of <see cref="Category.All"/>.</exception>
    public static byte[] Pack(IReadOnlyDictionary<string, double> scores)
    {
        var packed = new byte[scores.Count * EntryBytes];
        int at = 0;
        foreach (var (category, score) in scores)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(packed.AsSpan(at), Category.CodeOf(category));
            BinaryPrimitives.WriteUInt16LittleEndian(packed.AsSpan(at + 2), (ushort)ScoreBin.Of(score));
            at += EntryBytes;
        }

        return packed;
    }

    public static Dictionary<string, double> Unpack(ReadOnlySpan<byte> packed)
    {
        var scores = new Dictionary<string, double>(packed.Length / EntryBytes);
        for (; packed.Length >= EntryBytes; packed = packed[EntryBytes..])
        {
            scores[Category.OfCode(BinaryPrimitives.ReadUInt16LittleEndian(packed))] = ScoreBin.Cut(BinaryPrimitives.ReadUInt16LittleEndian(packed[2..]));
        }

        return scores;
    }
}
