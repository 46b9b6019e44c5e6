using System.Numerics;

namespace Moderato.Statistics.Slices;

/// <summary>
/// The searched rows with those of their features that have enough of them, and each such feature as a bitset of rows.
/// Features are numbered anew from the rarest up, so that the search extends small slices by common features and a large
/// slice has few extensions to count.
/// </summary>
internal sealed class SupportedFeatures
{
    private readonly ulong[][] rowsOf;
    private readonly int[] starts;
    private readonly ushort[] items;

    private SupportedFeatures(int[] features, ulong[][] rowsOf, int[] starts, ushort[] items) =>
        (Features, this.rowsOf, this.starts, this.items) = (features, rowsOf, starts, items);

    /// <summary>The table's feature of each number here.</summary>
    public int[] Features { get; }

    public int RowCount => starts.Length - 1;

    public static SupportedFeatures Of(FeatureTable table, ReadOnlySpan<int> rows, int minSupport)
    {
        var counts = new int[table.FeatureCount];
        long total = 0;
        foreach (int row in rows)
        {
            var own = table.Of(row);
            total += own.Length;
            foreach (ushort feature in own)
            {
                counts[feature]++;
            }
        }

        // Ties by number, so that the same table gives the same search.
        int[] features = [.. Enumerable.Range(0, counts.Length).Where(feature => counts[feature] >= minSupport).OrderBy(feature => counts[feature])];
        var numberOf = new int[counts.Length];
        Array.Fill(numberOf, -1);
        var rowsOf = new ulong[features.Length][];
        for (int number = 0; number < features.Length; number++)
        {
            numberOf[features[number]] = number;
            rowsOf[number] = new ulong[(rows.Length + 63) / 64];
        }

        var starts = new int[rows.Length + 1];
        var items = new ushort[total];
        int used = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            foreach (ushort feature in table.Of(rows[i]))
            {
                if (numberOf[feature] is var number and >= 0)
                {
                    items[used++] = (ushort)number;
                    rowsOf[number][i >> 6] |= 1UL << (i & 63);
                }
            }

            starts[i + 1] = used;
            items.AsSpan(starts[i], used - starts[i]).Sort();
        }

        return new(features, rowsOf, starts, items);
    }

    /// <summary>The features above <paramref name="last"/> that hold on a row.</summary>
    public ReadOnlySpan<ushort> After(int row, int last)
    {
        int end = starts[row + 1];
        int from = end;
        while (from > starts[row] && items[from - 1] > last)
        {
            from--;
        }

        return items.AsSpan(from, end - from);
    }

    /// <summary>Writes the rows on which all of <paramref name="conjunction"/> hold to <paramref name="rows"/>; returns how many.</summary>
    public int Rows(ReadOnlySpan<int> conjunction, int[] rows)
    {
        int count = 0;
        for (int word = 0; word < rowsOf[conjunction[0]].Length; word++)
        {
            ulong bits = ulong.MaxValue;
            foreach (int feature in conjunction)
            {
                bits &= rowsOf[feature][word];
            }

            for (; bits != 0; bits &= bits - 1)
            {
                rows[count++] = (word << 6) + BitOperations.TrailingZeroCount(bits);
            }
        }

        return count;
    }
}
