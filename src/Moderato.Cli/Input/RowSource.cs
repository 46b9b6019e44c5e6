namespace Moderato.Cli.Input;

/// <summary>One file as rows of UTF-8 cells, read in order and in bounded memory.</summary>
public abstract class RowSource : IDisposable
{
    /// <summary>Column names as the file has them. JSONL may add some while it is read; none ever moves.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>Fills the chunk with the next rows; a row that cannot be read goes to <paramref name="bad"/>.</summary>
    /// <returns>False when there are no more rows.</returns>
    public abstract bool Read(RowChunk chunk, BadRows bad, CancellationToken cancel);

    public abstract void Dispose();

    /// <param name="keepLines">Whether chunks keep JSONL lines as they were written.</param>
    /// <param name="keepArrays">Whether the arrays of JSONL are cells, as they were written; else they are missing.</param>
    public static RowSource Open(InputFile file, bool keepLines = false, bool keepArrays = false) => file.Format switch
    {
        InputFormat.Parquet => new ParquetSource(file),
        InputFormat.JsonLines => new JsonLinesSource(file, keepLines, keepArrays),
        InputFormat.Text => new TextSource(file),
        _ => new CsvSource(file),
    };
}
