using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Moderato.Classification.Features;

/// <summary>A word inside a buffer, hashed eight places at a time as if a boundary stood before and after it.</summary>
/// <param name="buffer">Readable for one value before the word and for <see cref="Slack"/> after it.</param>
/// <param name="start">Where the word starts; at least 1.</param>
internal readonly ref struct BoundedWord(ReadOnlySpan<uint> buffer, int start, int length)
{
    /// <summary>What a vector reads too much.</summary>
    public const int Slack = 16;

    private const int Places = 8;

    /// <summary>B⁷ … B⁰, then zeros: from 8 − n on, what each of n code points is multiplied by.</summary>
    private static readonly uint[] Powers =
        [.. Enumerable.Range(0, Places).Select(i => Hashing.Power(Places - 1 - i)), .. new uint[Places]];

    /// <summary>B⁰ … B⁸.</summary>
    private static readonly uint[] PowerOf = [.. Enumerable.Range(0, Places + 1).Select(Hashing.Power)];

    private readonly ref uint before = ref Unsafe.Add(ref MemoryMarshal.GetReference(buffer), start - 1);

    public ReadOnlySpan<uint> CodePoints => MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref before, 1), length);

    /// <summary>The hash of the word without its boundaries, <see cref="Hashing.Append"/> over its code points.</summary>
    public uint Hash()
    {
        uint hash = Part(0, Math.Min(length, Places));
        for (int at = Places; at < length; at += Places)
        {
            int count = Math.Min(length - at, Places);
            hash = unchecked((hash * PowerOf[count]) + Part(at, count));
        }

        return hash;
    }

    /// <summary>
    /// Writes the hashes of the character 3-, 4- and 5-grams, boundaries included; an n-gram that is the whole word with its
    /// boundaries says what the word says and is left out. Up to <see cref="Slack"/> values beyond are overwritten.
    /// </summary>
    /// <returns>How many were written.</returns>
    public int Grams(Span<uint> to)
    {
        int threes = length >= 2 ? length : 0;
        int fours = length >= 3 ? length - 1 : 0;
        int fives = length >= 4 ? length - 2 : 0;
        ref uint out3 = ref MemoryMarshal.GetReference(to);
        ref uint out4 = ref Unsafe.Add(ref out3, threes);
        ref uint out5 = ref Unsafe.Add(ref out4, fours);

        // From the end: what a vector writes beyond its n-grams is overwritten by those that belong there.
        for (int at = (length - 1) & ~(Places - 1); at >= 0; at -= Places)
        {
            var three = (Bounded(at) * Hashing.Spread2) + (Bounded(at + 1) * Hashing.Spread1) + (Bounded(at + 2) * Hashing.Spread);
            var four = (three * Hashing.Base) + (Bounded(at + 3) * Hashing.Spread);
            var five = (four * Hashing.Base) + (Bounded(at + 4) * Hashing.Spread);
            three.StoreUnsafe(ref out3, (nuint)at);
            four.StoreUnsafe(ref out4, (nuint)at);
            five.StoreUnsafe(ref out5, (nuint)at);
        }

        return threes + fours + fives;
    }

    private uint Part(int at, int count) => unchecked(
        Vector256.Sum(Raw(at + 1) * Vector256.LoadUnsafe(ref Powers[Places - count])) * Hashing.Spread);

    /// <summary>The code points from place <paramref name="at"/> on, place 0 and the one after the word being boundaries.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<uint> Bounded(int at)
    {
        var places = Vector256<uint>.Indices + Vector256.Create((uint)at);
        var outside = Vector256.Equals(places, Vector256<uint>.Zero) | Vector256.Equals(places, Vector256.Create((uint)length + 1));
        return Vector256.ConditionalSelect(outside, Vector256.Create(Hashing.Boundary), Raw(at));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<uint> Raw(int at) => Vector256.LoadUnsafe(ref before, (nuint)at);
}
