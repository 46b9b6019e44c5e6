using System.Numerics;
using System.Runtime.Intrinsics;

namespace Moderato.Classification.Features;

/// <summary>
/// Where in a table the rows of each kind of feature lie, so that a text touches few cache lines: the first line is no
/// feature's; 3-grams, of which there are few, share a small part of the table; a 4-gram and the 5-gram that begins with it
/// share one line of eight rows; words, pairs and all else have the rest.
/// </summary>
/// <param name="Rows">Rows of the whole table, at least <see cref="Fewest"/>.</param>
public readonly record struct TableLayout(int Rows)
{
    /// <summary>Rows of eight bytes in a cache line of 64.</summary>
    public const int LineRows = 8;

    public const int Fewest = 256;

    /// <summary>Bits of a row of 4- and 5-grams: the largest power of two within five eighths of the table.</summary>
    private readonly int lineBits = BitOperations.Log2((uint)Math.Max(Rows, Fewest) * 5 / 8);

    private int Threes => 1 << (lineBits - 3);

    private int LinesFrom => LineRows + Threes;

    private int WordsFrom => LinesFrom + (1 << lineBits);

    /// <summary>The row of a word, a pair, or anything else that is not a character n-gram.</summary>
    public int OfWord(uint hash) => WordsFrom + (int)(((ulong)hash * (uint)(Rows - WordsFrom)) >> 32);

    internal Vector512<uint> OfThrees(Vector512<uint> three) => (three >> (32 - lineBits + 3)) + Vector512.Create((uint)LineRows);

    internal Vector512<uint> OfFours(Vector512<uint> four) => (four >> (32 - lineBits)) + Vector512.Create((uint)LinesFrom);

    /// <param name="fours">Rows of the 4-grams that the 5-grams begin with.</param>
    internal static Vector512<uint> OfFives(Vector512<uint> fours, Vector512<uint> five) => (fours & Vector512.Create(~(LineRows - 1u))) | (five >> 29);
}
