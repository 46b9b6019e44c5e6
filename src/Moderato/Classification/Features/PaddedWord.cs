using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Moderato.Classification.Features;

/// <summary>A word inside a buffer, read sixteen code points at a time.</summary>
/// <param name="buffer">Readable for <see cref="Slack"/> after the word.</param>
internal readonly ref struct PaddedWord(ReadOnlySpan<uint> buffer, int start, int length)
{
    /// <summary>What a vector reads or writes too much.</summary>
    public const int Slack = Places;

    private const int Places = 16;

    /// <summary>B¹⁵ … B⁰, then zeros: from 16 − n on, what each of n code points is multiplied by.</summary>
    private static readonly uint[] Powers =
        [.. Enumerable.Range(0, Places).Select(i => unchecked(Hashing.Power(Places - 1 - i) * Hashing.Spread)), .. new uint[Places]];

    /// <summary>B⁰ … B¹⁶.</summary>
    private static readonly uint[] PowerOf = [.. Enumerable.Range(0, Places + 1).Select(Hashing.Power)];

    private readonly ref uint first = ref Unsafe.Add(ref MemoryMarshal.GetReference(buffer), start);

    public int Length => length;

    public ReadOnlySpan<uint> CodePoints => MemoryMarshal.CreateReadOnlySpan(ref first, length);

    /// <summary>The hash of the word, <see cref="Hashing.Append"/> over its code points.</summary>
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

    /// <summary>The hash of a word that is the first code points of a vector.</summary>
    public static uint Hash(Vector512<uint> letters, int length) => Vector512.Sum(letters * Vector512.LoadUnsafe(ref Powers[Places - length]));

    /// <param name="to">Writable for <see cref="Slack"/> more than the word.</param>
    public void CopyTo(ref uint to)
    {
        for (int at = 0; at < length; at += Places)
        {
            At(at).StoreUnsafe(ref to, (nuint)at);
        }
    }

    private uint Part(int at, int count) => Hash(At(at), count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<uint> At(int at) => Vector512.LoadUnsafe(ref first, (nuint)at);
}
