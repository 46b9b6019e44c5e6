using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Moderato.Classification.Features;

/// <summary>The features of one text, a table row for each occurrence; filled by <see cref="FeatureExtractor"/> and reused from text to text.</summary>
/// <param name="tableRows">Rows of the table: <see cref="TableLayout.Fewest"/> or more.</param>
public sealed class FeatureBuffer(int tableRows)
{
    private readonly TableLayout layout = new(tableRows);
    private int[] rows = new int[1024];

    public int Count { get; private set; }

    /// <summary>Which rows; never 0.</summary>
    public ReadOnlySpan<int> Rows => rows.AsSpan(0, Count);

    internal void Clear() => Count = 0;

    internal void Add(ReadOnlySpan<uint> symbols, ReadOnlySpan<uint> words)
    {
        int most = Count + (3 * (symbols.Length + GramRows.Places)) + words.Length;
        if (most > rows.Length)
        {
            Array.Resize(ref rows, Math.Max(rows.Length * 2, most));
        }

        ref uint first = ref MemoryMarshal.GetReference(symbols);
        for (int at = 0; at < symbols.Length; at += GramRows.Places)
        {
            var grams = new GramRows(ref Unsafe.Add(ref first, at), layout);
            for (int place = 0; place < GramRows.Places; place++)
            {
                Add((int)grams.Threes[place]);
                Add((int)grams.Fours[place]);
                Add((int)grams.Fives[place]);
            }
        }

        foreach (uint word in words)
        {
            Add(layout.OfWord(word));
        }
    }

    private void Add(int row)
    {
        if (row != 0)
        {
            rows[Count++] = row;
        }
    }
}
