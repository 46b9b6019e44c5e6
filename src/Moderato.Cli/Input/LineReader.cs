namespace Moderato.Cli.Input;

/// <summary>The lines of a JSONL or text file one after another, in one buffer that fits the longest line.</summary>
/// <param name="keepBlank">Whether a blank line is a line, or nothing.</param>
internal sealed class LineReader(InputFile file, bool keepBlank) : IDisposable
{
    /// <summary>No line is longer.</summary>
    private const int Longest = 256 << 20;

    private readonly Stream stream = file.Open();
    private byte[] buffer = new byte[1 << 18];
    private int from;
    private int to;
    private int searched;
    private bool ended;
    private bool begun;

    /// <summary>The number of the line read last, counted from 1.</summary>
    public long Number { get; private set; }

    /// <returns>False at the end of the file.</returns>
    public bool Next(out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            int feed = buffer.AsSpan(from + searched, to - from - searched).IndexOf((byte)'\n');
            if (feed < 0 && !ended)
            {
                searched = to - from;
                Fill();
                continue;
            }

            int end = feed < 0 ? to : from + searched + feed;
            line = buffer.AsSpan(from, end - from);
            bool last = feed < 0;
            from = Math.Min(end + 1, to);
            searched = 0;
            if (last && line.IsEmpty)
            {
                return false;
            }

            Number++;
            line = line.TrimEnd((byte)'\r');
            if (!begun)
            {
                begun = true;
                line = line.StartsWith("\uFEFF"u8) ? line[3..] : line;
            }

            if (keepBlank || !line.Trim(" \t"u8).IsEmpty)
            {
                return true;
            }
        }
    }

    public void Dispose() => stream.Dispose();

    private void Fill()
    {
        if (from > 0)
        {
            buffer.AsSpan(from, to - from).CopyTo(buffer);
            (from, to) = (0, to - from);
        }
        else if (to == buffer.Length)
        {
            if (buffer.Length >= Longest)
            {
                throw new InputException($"{file.Name}, line {Number + 1}", $"a line longer than {Longest >> 20} MB", "break the file into lines: one content a line");
            }

            Array.Resize(ref buffer, buffer.Length * 2);
        }

        int count = file.Read(stream, buffer.AsSpan(to));
        ended = count == 0;
        to += count;
    }
}
