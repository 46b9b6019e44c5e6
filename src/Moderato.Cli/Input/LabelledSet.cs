using System.Text;
using Moderato.Improvement;

namespace Moderato.Cli.Input;

/// <summary>
/// Labelled content sets (CONTRACT, "Labelled content sets"): JSONL, CSV or Parquet with <c>id</c>, <c>text</c> and
/// <c>labels.CATEGORY</c>.
/// </summary>
public static class LabelledSet
{
    private const double MostBadRows = .01;

    /// <summary>The name that a file's set has: the file's without its extensions.</summary>
    public static string NameOf(InputFile file)
    {
        string name = Path.GetFileName(file.Path ?? file.Name);
        int dot = name.IndexOf('.');
        return dot > 0 ? name[..dot] : name;
    }

    /// <exception cref="InputException">More than one row in a hundred has no text, or a label that is neither 0 nor 1.</exception>
    public static List<LabelledContent> Read(InputFile file, CancellationToken cancel)
    {
        string set = NameOf(file);
        var contents = new List<LabelledContent>();
        ReadRows(
            file,
            row =>
            {
                var labels = new Dictionary<string, bool>();
                foreach (var (category, cell) in row.Under("labels."))
                {
                    if (Cell.Label(cell, out sbyte label) is { } right)
                    {
                        return $"column \"labels.{category}\": found {Cell.Shown(cell)}; {right}";
                    }

                    labels[category] = label == 1;
                }

                if (row["text"] is not { } text)
                {
                    return "there is no text; give each content one";
                }

                var meta = row.Under("meta.").ToDictionary(field => field.Name, field => Encoding.UTF8.GetString(field.Cell));
                contents.Add(new LabelledContent(set, row["id"] ?? $"{set}-{contents.Count + 1}", text, labels, row["lang"], row["split"], meta));
                return null;
            },
            cancel);
        return contents;
    }

    private static void ReadRows(InputFile file, Func<NamedRow, string?> take, CancellationToken cancel)
    {
        var bad = new BadRows();
        using var source = RowSource.Open(file);
        var chunk = new RowChunk();
        long rows = 0;
        while (source.Read(chunk, bad, cancel))
        {
            for (int row = 0; row < chunk.Rows; row++)
            {
                rows++;
                if (take(new NamedRow(source.Columns, chunk, row)) is { } cause)
                {
                    bad.Add($"{file.Name}, line {chunk.Lines[row]}", cause);
                }
            }
        }

        bad.Check(file.Name, rows + bad.Count, MostBadRows);
    }

    /// <summary>A row's cells by the names of their columns; an empty cell is a missing one.</summary>
    private readonly record struct NamedRow(IReadOnlyList<string> Columns, RowChunk Chunk, int Row)
    {
        public string? this[string name]
        {
            get
            {
                int column = Columns.Count - 1;
                while (column >= 0 && Columns[column] != name)
                {
                    column--;
                }

                return column < 0 || Chunk[Row, column] is { IsEmpty: true } ? null : Encoding.UTF8.GetString(Chunk[Row, column]);
            }
        }

        public List<(string Name, byte[] Cell)> Under(string prefix)
        {
            var found = new List<(string, byte[])>();
            for (int column = 0; column < Columns.Count; column++)
            {
                if (Columns[column].StartsWith(prefix, StringComparison.Ordinal) && Chunk[Row, column] is { IsEmpty: false } cell)
                {
                    found.Add((Columns[column][prefix.Length..], cell.ToArray()));
                }
            }

            return found;
        }
    }
}
