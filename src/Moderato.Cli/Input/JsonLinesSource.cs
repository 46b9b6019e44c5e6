using System.Text;
using System.Text.Json;

namespace Moderato.Cli.Input;

/// <summary>
/// JSON Lines: one object a line. Nested objects are flattened with a dot (<c>meta.part</c>); numbers and booleans are
/// taken as written; null is missing, and so are arrays unless they are kept as they were written. A line that is no object is named by its number and skipped.
/// </summary>
internal sealed class JsonLinesSource : RowSource
{
    private readonly InputFile file;
    private readonly LineReader lines;
    private readonly bool keepLines;
    private readonly bool keepArrays;
    private readonly List<string> columns = [];
    private readonly List<byte[]> names = [];
    private readonly Dictionary<string, int> indexOf = new(StringComparer.Ordinal);
    private byte[] path = new byte[256];
    private int expected;

    /// <param name="keepLines">Whether the chunk keeps each line as it was written, for <see cref="RowChunk.Line"/>.</param>
    /// <param name="keepArrays">Whether an array is a cell that holds its JSON.</param>
    public JsonLinesSource(InputFile file, bool keepLines, bool keepArrays)
    {
        (this.file, this.keepLines, this.keepArrays) = (file, keepLines, keepArrays);
        lines = new LineReader(file, keepBlank: false);
    }

    public override IReadOnlyList<string> Columns => columns;

    public override void Dispose() => lines.Dispose();

    public override bool Read(RowChunk chunk, BadRows bad, CancellationToken cancel)
    {
        const int RowsPerChunk = 4096;
        cancel.ThrowIfCancellationRequested();
        chunk.Clear(Math.Max(columns.Count, 8));
        int used = 0;
        bool more = true;
        while (chunk.Rows < RowsPerChunk && used < 1 << 20 && (more = lines.Next(out var line)))
        {
            int row = chunk.Begin(lines.Number);
            int before = used;
            // The values of a line together are no longer than the line.
            chunk.Hold(used, line.Length * (keepLines ? 2 : 1));
            if (keepLines)
            {
                line.CopyTo(chunk.Buffer.AsSpan(used));
                chunk.SetLine(row, used, line.Length);
                used += line.Length;
            }

            string? cause = Parse(line, chunk, row, ref used);
            if (cause is not null)
            {
                chunk.Drop();
                used = before;
                bad.Add($"{file.Name}, line {lines.Number}", cause);
            }
        }

        return more || chunk.Rows > 0;
    }

    private string? Parse(ReadOnlySpan<byte> line, RowChunk chunk, int row, ref int used)
    {
        var json = new Utf8JsonReader(line);
        try
        {
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            {
                return json.TokenType == JsonTokenType.StartArray && lines.Number == 1
                    ? "this is a JSON array, not an object; write one object a line (jq -c '.[]')"
                    : "this is not a JSON object; write one object a line";
            }

            expected = 0;
            Members(ref json, line, 0, chunk, row, ref used);
            if (json.Read())
            {
                return "text goes on after the object; write one object a line";
            }

            return null;
        }
        catch (JsonException broken)
        {
            return $"this is not valid JSON, at byte {broken.BytePositionInLine + 1} of the line";
        }
        catch (InvalidOperationException)
        {
            return "a string holds bytes or escapes that are no Unicode text (a lone surrogate, or not UTF-8)";
        }
    }

    private void Members(ref Utf8JsonReader json, ReadOnlySpan<byte> line, int prefix, RowChunk chunk, int row, ref int used)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            int length = prefix + Name(ref json, prefix);
            json.Read();
            switch (json.TokenType)
            {
                case JsonTokenType.StartObject:
                    path[length] = (byte)'.';
                    Members(ref json, line, length + 1, chunk, row, ref used);
                    break;
                case JsonTokenType.StartArray:
                    int from = (int)json.TokenStartIndex;
                    json.Skip();
                    if (keepArrays)
                    {
                        Keep(line[from..(int)json.BytesConsumed], length, chunk, row, ref used);
                    }

                    break;
                case JsonTokenType.Null:
                    break;
                case JsonTokenType.String:
                    int start = used;
                    used += json.CopyString(chunk.Buffer.AsSpan(used));
                    chunk.Set(row, ColumnOf(path.AsSpan(0, length), chunk), start, used - start);
                    break;
                default:
                    Keep(json.ValueSpan, length, chunk, row, ref used);
                    break;
            }
        }
    }

    /// <summary>A cell that holds the value as it was written.</summary>
    private void Keep(ReadOnlySpan<byte> value, int length, RowChunk chunk, int row, ref int used)
    {
        value.CopyTo(chunk.Buffer.AsSpan(used));
        chunk.Set(row, ColumnOf(path.AsSpan(0, length), chunk), used, value.Length);
        used += value.Length;
    }

    /// <summary>Writes the member's name behind the prefix in <see cref="path"/>, with room for a dot.</summary>
    private int Name(ref Utf8JsonReader json, int prefix)
    {
        int most = prefix + json.ValueSpan.Length + 1;
        if (path.Length < most)
        {
            Array.Resize(ref path, most * 2);
        }

        return json.CopyString(path.AsSpan(prefix));
    }

    private int ColumnOf(ReadOnlySpan<byte> name, RowChunk chunk)
    {
        // Members mostly come in the order of the line before.
        if (expected < names.Count && name.SequenceEqual(names[expected]))
        {
            return expected++;
        }

        string key = Encoding.UTF8.GetString(name);
        if (!indexOf.TryGetValue(key, out int column))
        {
            column = columns.Count;
            columns.Add(key);
            names.Add(name.ToArray());
            indexOf.Add(key, column);
            chunk.Widen(columns.Count);
        }

        expected = column + 1;
        return column;
    }
}
