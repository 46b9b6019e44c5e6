using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;

namespace Moderato.Server.Hosting;

/// <summary>The body of a request as JSON, read where it was received and not copied; it is given back when this is disposed of.</summary>
public sealed class JsonBody : IDisposable
{
    private readonly PipeReader reader;
    private readonly SequencePosition end;
    private readonly JsonDocument document;

    private JsonBody(PipeReader reader, ReadOnlySequence<byte> bytes)
    {
        (this.reader, end) = (reader, bytes.End);
        try
        {
            document = JsonDocument.Parse(bytes);
        }
        catch
        {
            reader.AdvanceTo(end);
            throw;
        }
    }

    public JsonElement RootElement => document.RootElement;

    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="BadHttpRequestException">It is larger than a body may be, or breaks off.</exception>
    public static async ValueTask<JsonBody> ReadAsync(PipeReader reader, CancellationToken cancel)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancel);
            if (read.IsCompleted)
            {
                return new(reader, read.Buffer);
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    public void Dispose()
    {
        document.Dispose();
        reader.AdvanceTo(end);
    }
}
