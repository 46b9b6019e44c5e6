using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Moderato.Classification.Features;

namespace Moderato.Classification.Folding;

/// <summary>The folded code points between two spaces, with their kinds; longer runs are cut at <see cref="Capacity"/>.</summary>
internal sealed class TextRun
{
    public const int Capacity = 128;

    /// <summary>What a run holds at most: a fold or a composition may lengthen it.</summary>
    public const int MostCodePoints = 4 * Capacity;

    /// <summary>Marks on one letter, and unseen characters in a row, beyond which more of them say nothing.</summary>
    private const int MostInARow = 16;

    /// <summary>What may be read beyond the text that <see cref="AddAscii"/> is given, and written beyond what is added.</summary>
    public const int Slack = 18;

    private const int CapitalBit = 1 << 12;

    /// <summary>For each ASCII character what it folds to, its kind from bit 8, and whether it is a capital.</summary>
    private static readonly ushort[] Ascii = [.. Enumerable.Range(0, 128).Select(OfAscii)];

    // The first code point stands at 1, for words read with what is before them.
    private readonly uint[] codePoints = new uint[MostCodePoints + PaddedWord.Slack + Slack];
    private readonly CharKind[] kinds = new CharKind[MostCodePoints + Slack];
    private uint looksSeen;
    private int markedAt;
    private int marks;

    public int Length { get; private set; }

    /// <summary>Kinds seen so far, a bit each.</summary>
    public uint KindsSeen { get; private set; }

    /// <summary>It is one word, of letters only.</summary>
    public bool IsWord => KindsSeen == 1 << (int)CharKind.Letter;

    public bool IsFull => Length >= Capacity;

    /// <summary>It holds code points that may have to be composed or reordered.</summary>
    public bool HasCombining { get; private set; }

    /// <summary>Something in it may have another look in the skeleton.</summary>
    public bool HasOtherLooks
    {
        get
        {
            const uint ByItself = (1 << (int)SkeletonClass.Accent) | (1 << (int)SkeletonClass.Variant) | (1 << (int)SkeletonClass.Unseen) | (1 << (int)SkeletonClass.Mark);
            const uint AmongLatin = (1 << (int)SkeletonClass.Lookalike) | (1 << (int)SkeletonClass.StrictLookalike);
            return (looksSeen & ByItself) != 0
                || ((looksSeen & AmongLatin) != 0 && (HasAsciiLetters || (looksSeen & ~(1u << (int)SkeletonClass.StrictLookalike)) == 0));
        }
    }

    public bool HasAsciiLetters { get; private set; }

    /// <summary>Something stands three times in a row.</summary>
    public bool HasStretch { get; private set; }

    /// <summary>Letters that were capitals.</summary>
    public int Capitals { get; private set; }

    public Span<uint> CodePoints => codePoints.AsSpan(1, Length);

    public Span<CharKind> Kinds => kinds.AsSpan(0, Length);

    /// <summary>A part of the run as a word.</summary>
    public PaddedWord Word(int from, int to) => new(codePoints, 1 + from, to - from);

    /// <summary>Adds the ASCII characters that the text begins with, up to a space or until the run is full.</summary>
    /// <param name="text">Readable for <see cref="Slack"/> characters more than its length.</param>
    /// <returns>How many were added.</returns>
    public int AddAscii(ReadOnlySpan<char> text, int length)
    {
        int at = Length == 0 ? AddFirstLetters(text, length) : 0;
        int most = Math.Min(length, at + Capacity - Length);
        for (; at < most; at++)
        {
            uint unit = text[at];
            uint entry = unit < (uint)Ascii.Length ? Ascii[unit] : (uint)CharKind.Space << 8;
            var kind = (CharKind)((entry >> 8) & 7);
            if (kind == CharKind.Space)
            {
                break;
            }

            Capitals += (int)(entry >> 12);
            HasAsciiLetters |= kind == CharKind.Letter;
            Add(entry & 127, kind);
        }

        return at;
    }

    /// <param name="looks">Of those that are not seen or are marks, and of those that combine, only so many in a row are kept.</param>
    public void Add(uint codePoint, CharKind kind, SkeletonClass looks, bool combining)
    {
        if (combining || looks is SkeletonClass.Unseen or SkeletonClass.Mark)
        {
            HasCombining |= combining;
            looksSeen |= 1u << (int)looks;
            marks = markedAt == Length && Length > 0 ? marks + 1 : 1;
            if (marks <= MostInARow)
            {
                Add(codePoint, kind);
                markedAt = Length;
            }

            return;
        }

        looksSeen |= kind == CharKind.Letter || looks != SkeletonClass.None ? 1u << (int)looks : 0;
        Add(codePoint, kind);
    }

    /// <summary>Most runs begin with a word of ASCII letters: up to sixteen at once, without a branch on its length.</summary>
    private int AddFirstLetters(ReadOnlySpan<char> text, int length)
    {
        ref ushort from = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<char, ushort>(text));
        var caseBit = Vector256.Create((ushort)0x20);
        var units = Vector256.LoadUnsafe(ref from);
        var lower = units | caseBit;
        var next = Vector256.LoadUnsafe(ref from, 1) | caseBit;
        var afterNext = Vector256.LoadUnsafe(ref from, 2) | caseBit;
        var letters = Vector256.LessThan(lower - Vector256.Create((ushort)'a'), Vector256.Create((ushort)26));
        int count = Math.Min(BitOperations.TrailingZeroCount(~letters.ExtractMostSignificantBits()), length);
        count = Math.Min(count, Vector256<ushort>.Count);
        uint taken = (1u << count) - 1;

        var (low, high) = Vector256.Widen(lower);
        low.CopyTo(codePoints, 1);
        high.CopyTo(codePoints, 1 + Vector256<uint>.Count);
        Vector128.Create((byte)CharKind.Letter).CopyTo(MemoryMarshal.AsBytes(kinds.AsSpan()));

        Length = count;
        KindsSeen = count > 0 ? 1u << (int)CharKind.Letter : 0;
        HasAsciiLetters = count > 0;
        Capitals = BitOperations.PopCount(~Vector256.Equals(units, lower).ExtractMostSignificantBits() & taken);
        HasStretch = ((Vector256.Equals(lower, next) & Vector256.Equals(next, afterNext)).ExtractMostSignificantBits() & (taken >> 2)) != 0;
        return count;
    }

    private void Add(uint codePoint, CharKind kind)
    {
        HasStretch |= Length > 1 && codePoints[Length] == codePoint && codePoints[Length - 1] == codePoint;
        kinds[Length] = kind;
        Length++;
        codePoints[Length] = codePoint;
        KindsSeen |= 1u << (int)kind;
    }

    public void Clear()
    {
        Length = 0;
        KindsSeen = 0;
        HasCombining = false;
        HasAsciiLetters = false;
        looksSeen = 0;
        HasStretch = false;
        Capitals = 0;
        markedAt = 0;
        marks = 0;
    }

    public void Replace(ReadOnlySpan<uint> by, FoldingTable table)
    {
        by.CopyTo(codePoints.AsSpan(1));
        Length = by.Length;
        for (int i = 0; i < by.Length; i++)
        {
            kinds[i] = table.KindOf(table.RecordOf(by[i]));
        }
    }

    private static ushort OfAscii(int unit)
    {
        var kind = (char)unit switch
        {
            <= ' ' or (char)127 => CharKind.Space,
            '\'' or '`' => CharKind.Apostrophe,
            var letter when char.IsAsciiLetter(letter) => CharKind.Letter,
            var digit when char.IsAsciiDigit(digit) => CharKind.Digit,
            _ => CharKind.Sign,
        };
        int folded = unit == '`' ? '\'' : char.ToLowerInvariant((char)unit);
        return (ushort)(folded | ((int)kind << 8) | (char.IsAsciiLetterUpper((char)unit) ? CapitalBit : 0));
    }
}
