using System.Runtime.Intrinsics;
using Moderato.Classification.Folding;

namespace Moderato.Classification.Features;

/// <summary>Words one after the other with a boundary between: what character n-grams are read from, sixteen places at once.</summary>
internal sealed class GramSymbols
{
    /// <summary>What one run may add, twice: each code point with a boundary, and the same again as its skeleton.</summary>
    private const int MostOfRun = 8 * TextRun.MostCodePoints;

    /// <summary>A few vectors: enough to keep the memory busy while the next words are read.</summary>
    private const int Ready = (3 * GramRows.Places) + GramRows.Reach;

    private readonly uint[] symbols = new uint[Ready + MostOfRun + (3 * GramRows.Places)];
    private int length;

    public GramSymbols() => Clear();

    public bool ShouldFlush => length > Ready;

    public void Clear()
    {
        symbols[0] = Hashing.Boundary;
        length = 1;
    }

    /// <summary>Symbols at which n-grams begin, whole vectors of them, and all that these reach.</summary>
    public ReadOnlySpan<uint> Whole => symbols.AsSpan(0, Math.Max(length - GramRows.Reach, 0) & -GramRows.Places);

    /// <summary>Leaves out what <see cref="Whole"/> gave.</summary>
    public void DropWhole()
    {
        int whole = Whole.Length;
        symbols.AsSpan(whole..length).CopyTo(symbols);
        length -= whole;
    }

    /// <summary>What is left, when nothing follows.</summary>
    public ReadOnlySpan<uint> Rest()
    {
        Vector512.Create(Hashing.Boundary).CopyTo(symbols, length);
        return symbols.AsSpan(0, length);
    }

    /// <summary>A word that is the first code points of a vector.</summary>
    public void Add(Vector512<uint> letters, int count)
    {
        letters.StoreUnsafe(ref symbols[length]);
        length += count;
        symbols[length++] = Hashing.Boundary;
    }

    public void Add(PaddedWord word)
    {
        word.CopyTo(ref symbols[length]);
        length += word.Length;
        symbols[length++] = Hashing.Boundary;
    }
}
