using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Moderato.Classification.Folding;

/// <summary>
/// What most runs are: a word of up to sixteen ASCII letters, with digits or apostrophes (straight or curved) among them, and a space after it, or one
/// sign and a space. Told apart and folded without a branch on its length.
/// </summary>
internal readonly ref struct PlainRun
{
    /// <param name="text">Readable for <see cref="TextRun.Slack"/> characters more.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PlainRun(ref char text)
    {
        ref ushort from = ref Unsafe.As<char, ushort>(ref text);
        var caseBit = Vector256.Create((ushort)0x20);
        var units = Vector256.LoadUnsafe(ref from);
        var curved = Vector256.Equals(units, Vector256.Create((ushort)0x2019));
        units = Vector256.ConditionalSelect(curved, Vector256.Create((ushort)'\''), units);
        var lower = units | caseBit;
        var next = Vector256.LoadUnsafe(ref from, 1) | caseBit;
        var afterNext = Vector256.LoadUnsafe(ref from, 2) | caseBit;
        uint letters = Vector256.LessThan(lower - Vector256.Create((ushort)'a'), Vector256.Create((ushort)26)).ExtractMostSignificantBits();
        uint digits = Vector256.LessThan(units - Vector256.Create((ushort)'0'), Vector256.Create((ushort)10)).ExtractMostSignificantBits();
        uint apostrophes = Vector256.Equals(units, Vector256.Create((ushort)'\'')).ExtractMostSignificantBits();
        apostrophes &= (letters << 1) & (letters >> 1);
        int length = BitOperations.TrailingZeroCount(~(letters | digits | apostrophes));
        uint taken = (1u << length) - 1;
        letters &= taken;
        digits &= taken;
        uint stretches = (Vector256.Equals(lower, next) & Vector256.Equals(next, afterNext)).ExtractMostSignificantBits() & (taken >> 2);
        Length = length;
        Letters = Vector512.Create(Vector256.WidenLower(lower), Vector256.WidenUpper(lower));
        LetterPlaces = letters;
        DigitPlaces = digits;
        Capitals = BitOperations.PopCount(~Vector256.Equals(units, lower).ExtractMostSignificantBits() & letters);
        uint end = Unsafe.Add(ref from, length);
        bool ends = IsSpace(end);
        if (!ends)
        {
            Sign = end;
            ends = end is '.' or ',' or '!' or '?' or ';' or ':' or ')' or '"' && IsSpace(Unsafe.Add(ref from, length + 1));
        }

        IsPlain = ends && letters != 0 && stretches == 0 && (digits == 0 || ((apostrophes & taken) == 0 && Sign != '!'));
    }

    /// <summary>It is such a run.</summary>
    public bool IsPlain { get; }

    /// <summary>Letters, lower-cased; what follows in the vector is no part of it.</summary>
    public Vector512<uint> Letters { get; }

    public int Length { get; }

    /// <summary>Where letters stand, a bit each.</summary>
    public uint LetterPlaces { get; }

    /// <summary>Where digits stand; an exclamation mark after them may be one more letter, and is left to others.</summary>
    public uint DigitPlaces { get; }

    /// <summary>Letters that were capitals.</summary>
    public int Capitals { get; }

    /// <summary>The sign after the word; 0 when there is none.</summary>
    public uint Sign { get; }

    /// <summary>All characters, without the space.</summary>
    public int RunLength => Length + (Sign == 0 ? 0 : 1);

    public static bool IsSpace(uint unit) => unit is <= ' ' or 127;
}
