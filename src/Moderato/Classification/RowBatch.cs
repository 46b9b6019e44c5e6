using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Moderato.Classification.Features;

namespace Moderato.Classification;

/// <summary>Rows that a thread has asked the memory for and has not added up yet; row 0, all zeros, among them.</summary>
internal sealed class RowBatch(int tableRows)
{
    private const int Kinds = 3;

    private readonly TableLayout layout = new(tableRows);
    private uint[] rows = new uint[4096];
    private int filled;

    public ReadOnlySpan<uint> Rows => rows.AsSpan(0, filled);

    public RowBatch Cleared()
    {
        filled = 0;
        return this;
    }

    /// <returns>How many features they are.</returns>
    public unsafe int Fill(ReadOnlySpan<uint> symbols, ReadOnlySpan<uint> words, byte* table)
    {
        int most = (Kinds * (symbols.Length + (2 * GramRows.Places))) + words.Length;
        if (rows.Length < most)
        {
            rows = new uint[most];
        }

        var own = layout;
        int features = words.Length;
        ref uint symbol = ref MemoryMarshal.GetReference(symbols);
        fixed (uint* start = rows)
        {
            uint* to = start;
            for (int at = 0; at < symbols.Length; at += GramRows.Places)
            {
                var grams = new GramRows(ref Unsafe.Add(ref symbol, at), own);
                uint* fours = to;
                features += Put(grams.Fours, ref to) + Put(grams.Fives, ref to) + Put(grams.Threes, ref to);
                Fetch(table, fours, GramRows.Places);
            }

            foreach (uint word in words)
            {
                *to++ = (uint)own.OfWord(word);
            }

            Fetch(table, to - words.Length, words.Length);
            filled = (int)(to - start);
        }

        return features;
    }

    /// <summary>Rows other than 0 side by side where the machine can; else in their places, and 0 adds nothing.</summary>
    /// <returns>How many are not 0.</returns>
    private static unsafe int Put(Vector512<uint> rows, ref uint* to)
    {
        var features = ~Vector512.Equals(rows, Vector512<uint>.Zero);
        int count = BitOperations.PopCount(features.ExtractMostSignificantBits());
        if (Avx512F.IsSupported)
        {
            Avx512F.Compress(Vector512<uint>.Zero, features, rows).Store(to);
            to += count;
        }
        else
        {
            rows.Store(to);
            to += GramRows.Places;
        }

        return count;
    }

    /// <summary>3-grams lie close together and 5-grams beside their 4-grams: neither is worth asking for.</summary>
    private static unsafe void Fetch(byte* table, uint* row, int count)
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        uint* end = row + count;
        for (; row + 4 <= end; row += 4)
        {
            Sse.Prefetch0(table + (row[0] * (nuint)NgramModel.Lanes));
            Sse.Prefetch0(table + (row[1] * (nuint)NgramModel.Lanes));
            Sse.Prefetch0(table + (row[2] * (nuint)NgramModel.Lanes));
            Sse.Prefetch0(table + (row[3] * (nuint)NgramModel.Lanes));
        }

        for (; row < end; row++)
        {
            Sse.Prefetch0(table + (*row * (nuint)NgramModel.Lanes));
        }
    }
}
