using System.Text;
using Moderato.Cli.Output;

namespace Moderato.Cli.Input;

/// <summary>A coding sheet as it lies on disk, to be changed a cell at a time: whatever else people put into it stays.</summary>
internal sealed class SheetFile
{
    private readonly string path;
    private readonly List<string> columns = [];
    private readonly List<string[]> rows = [];

    /// <exception cref="InputException">Not a sheet, or a line of it cannot be read and would be lost when it is written again.</exception>
    public SheetFile(string path)
    {
        this.path = path;
        var files = InputFile.Find(path, () => Stream.Null);
        if (files.Count != 1 || files[0].Format != InputFormat.Csv || !File.Exists(path))
        {
            throw new InputException(path, "this is no CSV file that can be written back", "give one sheet that `moderato sample --out` wrote, not compressed");
        }

        using var source = RowSource.Open(files[0]);
        var chunk = new RowChunk();
        var bad = new BadRows();
        columns.AddRange(source.Columns.Select(name => name.Trim().ToLowerInvariant()));
        while (source.Read(chunk, bad, CancellationToken.None))
        {
            for (int row = 0; row < chunk.Rows; row++)
            {
                rows.Add([.. Enumerable.Range(0, columns.Count).Select(column => Encoding.UTF8.GetString(chunk[row, column]))]);
            }
        }

        if (bad.Count > 0)
        {
            throw new InputException(bad.First[0].Place, bad.First[0].Cause, "mend this line first: the sheet is written again after each answer, and the line would be lost");
        }

        OnlyCodes = columns.Contains("code") && !columns.Contains("label");
        foreach (string needed in OnlyCodes ? (string[])["id", "text"] : ["id", "text", "inclusion_probability", "label"])
        {
            if (!columns.Contains(needed))
            {
                throw new InputException(path, $"no column \"{needed}\"; there are {ColumnNames.List(columns)}", "use the sheet that `moderato sample` wrote, with its columns");
            }
        }
    }

    public int Count => rows.Count;

    /// <summary>A sheet of false positives: only their codes are asked for.</summary>
    public bool OnlyCodes { get; }

    /// <summary>Empty where there is no such column.</summary>
    public string this[int row, string column] => columns.IndexOf(column) is var at && at < 0 ? "" : rows[row][at];

    /// <summary>Sets a cell, adding the column where there is none, and writes the file whole or not at all.</summary>
    public void Set(int row, string column, string value)
    {
        int at = columns.IndexOf(column);
        if (at < 0)
        {
            at = columns.Count;
            columns.Add(column);
            for (int i = 0; i < rows.Count; i++)
            {
                rows[i] = [.. rows[i], ""];
            }
        }

        rows[row][at] = value;
        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
            var csv = new CsvWriter(writer);
            csv.Row([.. columns]);
            foreach (string[] cells in rows)
            {
                csv.Row(cells);
            }
        });
    }
}
