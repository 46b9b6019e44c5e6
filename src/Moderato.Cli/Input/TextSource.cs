namespace Moderato.Cli.Input;

/// <summary>Plain text: a content a line, its id the line's number. A blank line is an empty content, so that output lines match input lines.</summary>
internal sealed class TextSource(InputFile file) : RowSource
{
    private const int RowsPerChunk = 4096;
    private readonly LineReader lines = new(file, keepBlank: true);

    public override IReadOnlyList<string> Columns { get; } = ["text"];

    public override bool Read(RowChunk chunk, BadRows bad, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        chunk.Clear(1);
        int used = 0;
        bool more = true;
        while (chunk.Rows < RowsPerChunk && used < 1 << 20 && (more = lines.Next(out var line)))
        {
            chunk.Hold(used, line.Length);
            line.CopyTo(chunk.Buffer.AsSpan(used));
            chunk.Set(chunk.Begin(lines.Number), 0, used, line.Length);
            used += line.Length;
        }

        return more || chunk.Rows > 0;
    }

    public override void Dispose() => lines.Dispose();
}
