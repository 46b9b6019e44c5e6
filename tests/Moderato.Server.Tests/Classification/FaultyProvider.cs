using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Moderato.Server.Tests.Classification;

/// <summary>A provider that speaks HTTP by hand, so that it can break off anywhere. Each connection is one request.</summary>
internal sealed class FaultyProvider : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Func<string, NetworkStream, CancellationToken, Task> play;
    private int calls;

    /// <param name="play">Writes what it answers; returning closes the connection.</param>
    public FaultyProvider(Func<NetworkStream, CancellationToken, Task> play)
        : this((_, stream, cancel) => play(stream, cancel))
    {
    }

    /// <param name="play">The same, with the request's head and body.</param>
    public FaultyProvider(Func<string, NetworkStream, CancellationToken, Task> play)
    {
        this.play = play;
        listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/v1");
        _ = AcceptAsync();
    }

    public Uri Url { get; }

    /// <summary>Requests that arrived whole.</summary>
    public int Calls => Volatile.Read(ref calls);

    /// <summary>The last request's head and body.</summary>
    public string Request { get; private set; } = "";

    /// <summary>A provider that answers with this status and body.</summary>
    public static FaultyProvider Answering(int status, string body, params string[] headers) => Answering(status, Encoding.UTF8.GetBytes(body), headers);

    public static FaultyProvider Answering(int status, byte[] body, params string[] headers) => new(async (stream, cancel) =>
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(Head(status, body.Length, headers)), cancel);
        await stream.WriteAsync(body, cancel);
    });

    public static string Head(int status, long length, params string[] headers) => string.Create(
        CultureInfo.InvariantCulture,
        $"HTTP/1.1 {status} Status\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n");

    /// <summary>An envelope of the chat interface around what a model says.</summary>
    public static string Chat(string content, string finish = "stop", string further = "") =>
        $$$"""{"choices":[{"finish_reason":"{{{finish}}}","message":{"role":"assistant","content":{{{System.Text.Json.JsonSerializer.Serialize(content)}}}{{{further}}}}}],"usage":{"prompt_tokens":100,"completion_tokens":10}}""";

    public void Dispose()
    {
        stop.Cancel();
        listener.Dispose();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await listener.AcceptTcpClientAsync(stop.Token));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException or SocketException)
        {
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            var stream = client.GetStream();
            string request = await ReadAsync(stream);
            Request = request;
            Interlocked.Increment(ref calls);
            await play(request, stream, stop.Token);
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException or ObjectDisposedException or SocketException)
        {
        }
    }

    private async Task<string> ReadAsync(NetworkStream stream)
    {
        var bytes = new List<byte>();
        var chunk = new byte[8192];
        while (true)
        {
            int read = await stream.ReadAsync(chunk, stop.Token);
            bytes.AddRange(chunk.AsSpan(0, read));
            string text = Encoding.UTF8.GetString([.. bytes]);
            int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (read == 0)
            {
                throw new IOException("It broke off.");
            }

            const byte Handshake = 0x16;
            if (bytes is [Handshake, ..])
            {
                return "a TLS handshake";
            }

            if (end >= 0 && IsWhole(text[..end], Encoding.UTF8.GetByteCount(text[(end + 4)..]), text))
            {
                return text;
            }
        }
    }

    private static bool IsWhole(string head, int received, string text)
    {
        const string Length = "content-length:";
        string? line = head.Split("\r\n").FirstOrDefault(header => header.StartsWith(Length, StringComparison.OrdinalIgnoreCase));
        return line is null ? text.EndsWith("0\r\n\r\n", StringComparison.Ordinal) : received >= int.Parse(line[Length.Length..], CultureInfo.InvariantCulture);
    }
}
