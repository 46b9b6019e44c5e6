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

/// <summary>A column whose cells must parse. What is kept of it may be less than what was checked, or nothing.</summary>
/// <param name="missing">What stands for an empty cell.</param>
internal class ParsedColumn<T>(string name, CellParser<T> parse, T missing) : ReadColumn(name)
{
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

    public override void Keep(RowChunk chunk, int column, ReadOnlySpan<int> rows)
    {
    }

    public override void KeepMissing(int rows)
    {
    }
}

/// <summary>A column whose cells must parse and are kept.</summary>
/// <param name="keep">What of a value is kept.</param>
internal sealed class KeptColumn<T, TKept>(string name, CellParser<T> parse, T missing, Func<T, TKept> keep) : ParsedColumn<T>(name, parse, missing)
{
    private readonly T absent = missing;
    private readonly Growing<TKept> kept = new();

    public override void Keep(RowChunk chunk, int column, ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
        {
            kept.Add(keep(Checked[row]));
        }
    }

    public override void KeepMissing(int rows) => kept.Add(keep(absent), rows);

    public TKept[] Build() => kept.Build();
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
