using System.Text;
using Moderato.Improvement;

namespace Moderato.Cli.Input;

/// <summary>Labelled content sets (CONTRACT, "Labelled content sets"): JSONL, CSV or Parquet with <c>id</c>, <c>text</c> and <c>labels.CATEGORY</c>.</summary>
public static class LabelledSet
{
    private const string LabelPrefix = "labels.";
    private const string MetaPrefix = "meta.";

    /// <summary>The name that a file's set has: the file's without its extensions.</summary>
    public static string NameOf(InputFile file)
    {
        string name = Path.GetFileName(file.Path ?? file.Name);
        int dot = name.IndexOf('.');
        return dot > 0 ? name[..dot] : name;
    }

    /// <exception cref="InputException">There is no text column, or a label is neither 0 nor 1.</exception>
    public static List<LabelledContent> Read(InputFile file, CancellationToken cancel)
    {
        string set = NameOf(file);
        var contents = new List<LabelledContent>();
        var bad = new BadRows();
        using var source = RowSource.Open(file);
        var chunk = new RowChunk();
        while (source.Read(chunk, bad, cancel))
        {
            for (int row = 0; row < chunk.Rows; row++)
            {
                if (Content(source.Columns, chunk, row, set, contents.Count) is { } content)
                {
                    contents.Add(content);
                }
                else
                {
                    bad.Add($"{file.Name}, line {chunk.Lines[row]}", "there is no text; give each content one");
                }
            }
        }

        bad.Check(file.Name, contents.Count + bad.Count, .01);
        return contents;
    }

    private static LabelledContent? Content(IReadOnlyList<string> columns, RowChunk chunk, int row, string set, int number)
    {
        string? id = null, text = null, language = null, split = null;
        var labels = new Dictionary<string, bool>();
        var meta = new Dictionary<string, string>();
        for (int column = 0; column < columns.Count; column++)
        {
            var cell = chunk[row, column];
            if (cell.IsEmpty)
            {
                continue;
            }

            string name = columns[column];
            switch (name)
            {
                case "id": id = Encoding.UTF8.GetString(cell); break;
                case "text": text = Encoding.UTF8.GetString(cell); break;
                case "lang": language = Encoding.UTF8.GetString(cell); break;
                case "split": split = Encoding.UTF8.GetString(cell); break;
                case var label when label.StartsWith(LabelPrefix, StringComparison.Ordinal):
                    labels[label[LabelPrefix.Length..]] = Label(cell, name);
                    break;
                case var field when field.StartsWith(MetaPrefix, StringComparison.Ordinal):
                    meta[field[MetaPrefix.Length..]] = Encoding.UTF8.GetString(cell);
                    break;
                default: break;
            }
        }

        return text is null ? null : new LabelledContent(set, id ?? $"{set}-{number + 1}", text, labels, language, split, meta);
    }

    private static bool Label(ReadOnlySpan<byte> cell, string column) => Cell.Label(cell, out sbyte label) is { } right
        ? throw new InputException($"column \"{column}\"", $"found {Cell.Shown(cell)}", right)
        : label == 1;
}
