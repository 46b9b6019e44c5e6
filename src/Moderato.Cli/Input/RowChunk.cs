namespace Moderato.Cli.Input;

/// <summary>
/// Some hundreds to thousands of rows of a table as UTF-8 cells over one buffer, whatever the format they came in.
/// An empty cell is taken for a missing one where nothing tells them apart. Filled by a <see cref="RowSource"/>, used, and filled again: nothing is allocated per row.
/// </summary>
public sealed class RowChunk
{
    private int[] starts = new int[4096];
    private int[] lengths = new int[4096]; // −1 for a cell that is not there
    private (int Start, int Length)[] written = [];
    private int stride;

    /// <summary>What the cells lie in; a source may replace it by a longer one.</summary>
    public byte[] Buffer { get; set; } = new byte[1 << 20];

    public int Rows { get; private set; }

    /// <summary>Where each row stands in its file: the line it begins on, or the row number in a format without lines.</summary>
    public long[] Lines { get; private set; } = new long[256];

    public ReadOnlySpan<byte> this[int row, int column]
    {
        get
        {
            int cell = (row * stride) + column;
            return lengths[cell] <= 0 ? default : Buffer.AsSpan(starts[cell], lengths[cell]);
        }
    }

    /// <summary>The row does not have the cell, or it holds a null: not even an empty text.</summary>
    public bool IsMissing(int row, int column) => lengths[(row * stride) + column] < 0;

    /// <summary>The row as it was written, where the source was asked to keep that; else empty.</summary>
    public ReadOnlySpan<byte> Line(int row) => row < written.Length ? Buffer.AsSpan(written[row].Start, written[row].Length) : default;

    public void SetLine(int row, int start, int length)
    {
        if (row >= written.Length)
        {
            Array.Resize(ref written, Math.Max(Lines.Length, row + 1));
        }

        written[row] = (start, length);
    }

    /// <summary>Makes the buffer long enough for more bytes behind those that are used.</summary>
    public void Hold(int used, int more)
    {
        if (Buffer.Length - used < more)
        {
            var longer = Buffer;
            Array.Resize(ref longer, Math.Max(longer.Length * 2, used + more));
            Buffer = longer;
        }
    }

    public void Clear(int columns)
    {
        Rows = 0;
        stride = columns;
    }

    /// <summary>Begins a row of empty cells.</summary>
    public int Begin(long line)
    {
        if (Rows == Lines.Length)
        {
            long[] longer = Lines;
            Array.Resize(ref longer, Rows * 2);
            Lines = longer;
        }

        Reserve(Rows + 1);
        Array.Fill(lengths, -1, Rows * stride, stride);
        Lines[Rows] = line;
        return Rows++;
    }

    public void Set(int row, int column, int start, int length)
    {
        int cell = (row * stride) + column;
        starts[cell] = start;
        lengths[cell] = length;
    }

    /// <summary>Where a cell begins in <see cref="Buffer"/>.</summary>
    public int Start(int row, int column) => starts[(row * stride) + column];

    /// <summary>Takes back the row begun last.</summary>
    public void Drop() => Rows--;

    /// <summary>Makes room for columns that a row was the first to have.</summary>
    public void Widen(int columns)
    {
        if (columns <= stride)
        {
            return;
        }

        int narrow = stride;
        stride = Math.Max(columns, stride + 8);
        Reserve(Rows);
        for (int row = Rows - 1; row >= 0; row--)
        {
            Array.Copy(starts, row * narrow, starts, row * stride, narrow);
            Array.Copy(lengths, row * narrow, lengths, row * stride, narrow);
            Array.Fill(lengths, -1, (row * stride) + narrow, stride - narrow);
        }
    }

    private void Reserve(int rows)
    {
        if ((long)rows * stride > starts.Length)
        {
            int cells = Math.Max(rows * stride, starts.Length * 2);
            Array.Resize(ref starts, cells);
            Array.Resize(ref lengths, cells);
        }
    }
}
