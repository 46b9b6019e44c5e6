using System.Text.Unicode;

namespace Moderato.Cli.Input;

/// <summary>
/// CSV as RFC 4180 has it, with a header, fields separated by comma, semicolon, tab or bar (whichever the header uses),
/// with or without a byte order mark. A record that breaks the rules costs its first line and no more: reading
/// resumes on the next line, so that one stray quote cannot swallow the rest of a file.
/// </summary>
internal sealed class CsvSource : RowSource
{
    /// <summary>No record is longer; a quote that never closes is given up there.</summary>
    private const int LongestRecord = 16 << 20;

    private readonly InputFile file;
    private readonly Stream stream;
    private readonly byte separator;
    private readonly string[] columns;
    private byte[] pending = new byte[1 << 20];
    private int from;
    private int to;
    private bool ended;
    private long line = 1;

    public CsvSource(InputFile file)
    {
        this.file = file;
        stream = file.Open();
        Fill(pending);
        RefuseOtherEncodings();
        if (pending.AsSpan(from, to - from).StartsWith("\uFEFF"u8))
        {
            from += 3;
        }

        separator = Separator(pending.AsSpan(from, to - from));
        columns = Header();
    }

    public override IReadOnlyList<string> Columns => columns;

    public override void Dispose() => stream.Dispose();

    public override bool Read(RowChunk chunk, BadRows bad, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        chunk.Clear(columns.Length);

        // What the last chunk did not use begins this one, in this one's own buffer.
        var buffer = chunk.Buffer;
        int rest = to - from;
        if (buffer.Length < rest * 2)
        {
            buffer = new byte[Math.Max(rest * 2, 1 << 20)];
        }

        pending.AsSpan(from, rest).CopyTo(buffer);
        (from, to) = (0, rest);
        Fill(buffer);
        chunk.Buffer = buffer;
        while (from < to)
        {
            var outcome = Record(buffer, chunk, out int next, out string? cause);
            if (outcome == Outcome.Unfinished)
            {
                if (chunk.Rows > 0)
                {
                    break;
                }

                if (to - from < LongestRecord)
                {
                    Array.Resize(ref buffer, Math.Max(buffer.Length, (to - from) * 2));
                    chunk.Buffer = buffer;
                    Fill(buffer);
                    continue;
                }

                (outcome, cause) = (Outcome.Broken, $"a record longer than {LongestRecord >> 20} MB, or a quote that opens here and is never closed");
            }

            if (outcome == Outcome.Broken)
            {
                int end = buffer.AsSpan(from, to - from).IndexOf((byte)'\n');
                if (end < 0 && !ended && chunk.Rows > 0)
                {
                    break;
                }

                bad.Add($"{file.Name}, line {line}", cause!);
                line++;
                next = end < 0 ? SkipLine(buffer) : from + end + 1;
            }

            from = next;
        }

        pending = buffer;
        return chunk.Rows > 0 || from < to || !ended;
    }

    private enum Outcome
    {
        Row,
        Broken,
        Unfinished,
    }

    /// <summary>Reads the record at <see cref="from"/> as a row of the chunk, or says why it is none.</summary>
    private Outcome Record(byte[] buffer, RowChunk chunk, out int next, out string? cause)
    {
        (next, cause) = (from, null);
        var data = buffer.AsSpan(0, to);
        if (data[from] == '\n' || (data[from] == '\r' && from + 1 < to && data[from + 1] == '\n'))
        {
            next = from + (data[from] == '\n' ? 1 : 2);
            line++;
            return Outcome.Row;
        }

        int row = chunk.Begin(line);
        int at = from;
        int column = 0;
        int doubled = 0;
        bool more = true;
        while (more)
        {
            int start = at;
            int length;
            if (at < to && data[at] == '"')
            {
                start = ++at;
                int close = ClosingQuote(data, ref at, ref doubled);
                if (close < 0)
                {
                    chunk.Drop();
                    cause = $"{Column(column)}: a quote opens and is never closed";
                    return ended ? Outcome.Broken : Outcome.Unfinished;
                }

                length = close - start;
                if (at == to && !ended)
                {
                    chunk.Drop();
                    return Outcome.Unfinished;
                }

                int end = FieldEnd(data, at);
                if (end != at)
                {
                    chunk.Drop();
                    cause = $"{Column(column)}: text goes on after the closing quote; write a quote inside a quoted field twice (\"\")";
                    return Outcome.Broken;
                }
            }
            else
            {
                int width = data[at..].IndexOfAny(separator, (byte)'\n');
                if (width < 0 && !ended)
                {
                    chunk.Drop();
                    return Outcome.Unfinished;
                }

                at = width < 0 ? to : at + width;
                length = at - start;
                if ((at == to || data[at] == '\n') && length > 0 && data[at - 1] == '\r')
                {
                    length--;
                }
            }

            if (column < columns.Length)
            {
                chunk.Set(row, column, start, length);
            }

            column++;
            if (at < to && data[at] == '\r')
            {
                at++;
            }

            more = at < to && data[at] == separator;
            if (at < to)
            {
                at++;
            }
        }

        if (column != columns.Length)
        {
            chunk.Drop();
            cause = $"{column} {(column == 1 ? "field" : "fields")} where the header has {columns.Length}; quote fields that hold the separator \"{(char)separator}\" or a quote";
            return Outcome.Broken;
        }

        var record = data[from..at];
        if (!Utf8.IsValid(record))
        {
            chunk.Drop();
            cause = "bytes that are not UTF-8; save the file as UTF-8";
            return Outcome.Broken;
        }

        if (doubled > 0)
        {
            Undouble(buffer, chunk, row);
        }

        line += record.Count((byte)'\n');
        next = at;
        return Outcome.Row;
    }

    /// <summary>Position of the quote that closes the field, with <paramref name="at"/> behind it; −1 when there is none.</summary>
    private static int ClosingQuote(ReadOnlySpan<byte> data, ref int at, ref int doubled)
    {
        while (true)
        {
            int quote = data[at..].IndexOf((byte)'"');
            if (quote < 0)
            {
                return -1;
            }

            at += quote + 1;
            if (at == data.Length || data[at] != '"')
            {
                return at - 1;
            }

            doubled++;
            at++;
        }
    }

    /// <summary>Where a field that closed at <paramref name="at"/> ends: there, when a separator or the end of the line follows.</summary>
    private int FieldEnd(ReadOnlySpan<byte> data, int at) =>
        at == data.Length || data[at] == separator || data[at] == '\n'
        || (data[at] == '\r' && (at + 1 == data.Length || data[at + 1] == '\n')) ? at : at + 1;

    /// <summary>Turns doubled quotes of quoted fields into single ones, in place.</summary>
    private void Undouble(byte[] buffer, RowChunk chunk, int row)
    {
        for (int column = 0; column < columns.Length; column++)
        {
            var cell = chunk[row, column];
            int quote = cell.IndexOf("\"\""u8);
            if (quote < 0)
            {
                continue;
            }

            int start = chunk.Start(row, column);
            if (start == 0 || buffer[start - 1] != '"')
            {
                continue;
            }

            int write = start + quote;
            for (int read = start + quote; read < start + cell.Length; read++)
            {
                buffer[write++] = buffer[read];
                if (buffer[read] == '"')
                {
                    read++;
                }
            }

            chunk.Set(row, column, start, write - start);
        }
    }

    /// <summary>Reads on to the next line over a record that no buffer holds; there are no rows in the buffer yet.</summary>
    private int SkipLine(byte[] buffer)
    {
        while (true)
        {
            int end = buffer.AsSpan(from, to - from).IndexOf((byte)'\n');
            if (end >= 0 || ended)
            {
                return end >= 0 ? from + end + 1 : to;
            }

            (from, to) = (0, 0);
            Fill(buffer);
        }
    }

    private string Column(int column) =>
        column < columns.Length ? $"column {ColumnNames.Shown(columns[column])}" : $"field {column + 1}";

    private void Fill(byte[] buffer)
    {
        while (!ended && to < buffer.Length)
        {
            int count = file.Read(stream, buffer.AsSpan(to));
            ended = count == 0;
            to += count;
        }
    }

    private void RefuseOtherEncodings()
    {
        var head = pending.AsSpan(0, Math.Min(to, 4));
        if (head.StartsWith((ReadOnlySpan<byte>)[0xff, 0xfe]) || head.StartsWith((ReadOnlySpan<byte>)[0xfe, 0xff]))
        {
            throw new InputException(file.Name, "the file is UTF-16", "save it as UTF-8");
        }
    }

    private static byte Separator(ReadOnlySpan<byte> data)
    {
        Span<int> counts = stackalloc int[4];
        var separators = ",;\t|"u8;
        bool quoted = false;
        foreach (byte b in data)
        {
            if (b == '\n' && !quoted)
            {
                break;
            }

            quoted ^= b == '"';
            if (!quoted && separators.IndexOf(b) is var which && which >= 0)
            {
                counts[which]++;
            }
        }

        int best = 0;
        for (int i = 1; i < counts.Length; i++)
        {
            best = counts[i] > counts[best] ? i : best;
        }

        return separators[best];
    }

    private string[] Header()
    {
        if (from == to)
        {
            throw new InputException(file.Name, "the file is empty", "a decision file has a header line and a row for each content and category");
        }

        int end = pending.AsSpan(from, to - from).IndexOf((byte)'\n') is var feed && feed < 0 ? to : from + feed;
        var names = new List<string>();
        foreach (string part in ColumnNames.Split(pending.AsSpan(from, end - from), separator))
        {
            names.Add(part);
        }

        ColumnNames.RefuseRepeats(file.Name, names);
        from = Math.Min(end + 1, to);
        line = 2;
        return [.. names];
    }
}
