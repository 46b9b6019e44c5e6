using Moderato.Decisions;

namespace Moderato.Cli.Input;

/// <summary>A column being read, chunk by chunk: first every cell is checked, then the rows that stay are kept.</summary>
internal abstract class ReadColumn(string name)
{
    public string Name => name;

    public abstract void Check(RowChunk chunk, int column, RowMarks marks);

    public abstract void Keep(RowChunk chunk, int column, ReadOnlySpan<int> rows);

    /// <summary>Rows of a file that does not have the column.</summary>
    public abstract void KeepMissing(int rows);
}

/// <summary>A column whose cells must parse.</summary>
/// <param name="missing">What stands for an empty cell.</param>
internal sealed class ParsedColumn<T>(string name, CellParser<T> parse, T missing) : ReadColumn(name)
{
    private readonly Growing<T> kept = new();
    private T[] chunkValues = new T[4096];

    /// <summary>The values of the chunk checked last, one a row.</summary>
    public T[] Checked => chunkValues;

    public override void Check(RowChunk chunk, int column, RowMarks marks)
    {
        if (chunkValues.Length < chunk.Rows)
        {
            chunkValues = new T[Math.Max(chunk.Rows, chunkValues.Length * 2)];
        }

        for (int row = 0; row < chunk.Rows; row++)
        {
            var cell = chunk[row, column];
            if (cell.IsEmpty)
            {
                chunkValues[row] = missing;
            }
            else if (parse(cell, out chunkValues[row]) is { } right)
            {
                marks.Refuse(row, Name, cell, right);
            }
        }
    }

    /// <summary>Fills in for a file without the column, so that other columns can be checked against it.</summary>
    public void CheckMissing(int rows)
    {
        if (chunkValues.Length < rows)
        {
            chunkValues = new T[Math.Max(rows, chunkValues.Length * 2)];
        }

        Array.Fill(chunkValues, missing, 0, rows);
    }

    public override void Keep(RowChunk chunk, int column, ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
        {
            kept.Add(chunkValues[row]);
        }
    }

    public override void KeepMissing(int rows) => kept.Add(missing, rows);

    public T[] Build() => kept.Build();
}

/// <summary>A column of long or all-different strings.</summary>
internal sealed class TextColumn(string name) : ReadColumn(name)
{
    private readonly PackedStrings.Builder kept = new();

    public override void Check(RowChunk chunk, int column, RowMarks marks)
    {
    }

    public override void Keep(RowChunk chunk, int column, ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
        {
            kept.Add(chunk[row, column]);
        }
    }

    public override void KeepMissing(int rows)
    {
        for (int i = 0; i < rows; i++)
        {
            kept.Add(ReadOnlySpan<byte>.Empty);
        }
    }

    public PackedStrings Build() => kept.Build();
}

/// <summary>A column of repeated values.</summary>
internal sealed class RepeatedColumn(string name, int mostValues = int.MaxValue) : ReadColumn(name)
{
    private readonly CodedColumn.Builder kept = new(name, mostValues);

    public bool GivenUp => kept.GivenUp;

    public override void Check(RowChunk chunk, int column, RowMarks marks)
    {
    }

    public override void Keep(RowChunk chunk, int column, ReadOnlySpan<int> rows)
    {
        if (!kept.GivenUp)
        {
            foreach (int row in rows)
            {
                kept.Add(chunk[row, column]);
            }
        }
    }

    public override void KeepMissing(int rows) => kept.AddMissing(rows);

    public CodedColumn Build() => kept.Build();
}
