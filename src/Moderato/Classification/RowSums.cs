using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Moderato.Classification.Features;

namespace Moderato.Classification;

/// <summary>
/// Adds up a text's rows lane by lane. A row is a cache miss: those of a batch are under way while the next words are read, and
/// are added up when the batch after it comes.
/// </summary>
internal unsafe ref struct RowSums(NgramTable weights, RowBatch batch) : IFeatureSink
{
    private const int Accumulators = 4;

    /// <summary>256 weights of at most 128 in absolute value fit into 16 bits.</summary>
    private const int RowsPerBlock = Accumulators * 255;

    private readonly byte* table = weights.First;
    private readonly RowBatch batch = batch.Cleared();

    public LaneTotals Totals;

    public long Count;

    public void Take(ReadOnlySpan<uint> symbols, ReadOnlySpan<uint> words)
    {
        Add(batch.Rows);
        Count += batch.Fill(symbols, words, table);
    }

    public void Take(ReadOnlySpan<int> rows)
    {
        Add(MemoryMarshal.Cast<int, uint>(rows));
        Count += rows.Length;
    }

    public void End()
    {
        Add(batch.Rows);
        batch.Cleared();
    }

    private void Add(ReadOnlySpan<uint> rows)
    {
        while (!rows.IsEmpty)
        {
            var block = rows[..Math.Min(rows.Length, RowsPerBlock)];
            rows = rows[block.Length..];
            fixed (uint* row = block)
            {
                var sums = BlockSum(row, block.Length, table);
                for (int l = 0; l < NgramModel.Lanes; l++)
                {
                    Totals[l] += sums[l];
                }
            }
        }
    }

    private static Vector256<int> BlockSum(uint* row, int count, byte* table)
    {
        uint* end = row + count;
        var first = Vector128<short>.Zero;
        var second = Vector128<short>.Zero;
        var third = Vector128<short>.Zero;
        var fourth = Vector128<short>.Zero;
        for (; row + Accumulators <= end; row += Accumulators)
        {
            first += Weights(table, row[0]);
            second += Weights(table, row[1]);
            third += Weights(table, row[2]);
            fourth += Weights(table, row[3]);
        }

        for (; row < end; row++)
        {
            first += Weights(table, *row);
        }

        return Wide(first) + Wide(second) + Wide(third) + Wide(fourth);
    }

    private static Vector256<int> Wide(Vector128<short> lanes) => Vector256.Create(Vector128.WidenLower(lanes), Vector128.WidenUpper(lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Weights(byte* table, uint row) =>
        Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ulong*)(table + (row * (nuint)NgramModel.Lanes))).AsSByte());

    [InlineArray(NgramModel.Lanes)]
    public struct LaneTotals
    {
        private long first;
    }
}
