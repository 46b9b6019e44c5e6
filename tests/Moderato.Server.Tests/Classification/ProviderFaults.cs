using System.Net;
using System.Net.Sockets;
using System.Text;
using Moderato.Classification;

namespace Moderato.Server.Tests.Classification;

/// <summary>A way in which a provider fails, and what it has to become.</summary>
/// <param name="Start">A provider that fails so; null where there is none to reach.</param>
/// <param name="Url">Where it is, when it is not the provider's own address.</param>
internal sealed record PlayedFault(string Name, string Becomes, Func<FaultyProvider>? Start = null, Uri? Url = null);

/// <summary>Every fault that the tests play.</summary>
internal static class ProviderFaults
{
    private const string Good = """{"hate": {"violates": false, "confidence": 0.9}}""";

    /// <summary>Bound for good and never listened to: whoever connects is refused, and no other test's server can get the port.</summary>
    private static readonly Socket Refusing = Bound();

    public static IReadOnlyList<PlayedFault> All { get; } =
    [
        new("connection refused", Named(ProviderFault.ConnectionRefused), Url: new Uri($"http://{Refusing.LocalEndPoint}/v1")),
        new("a name that does not resolve", Named(ProviderFault.NameNotResolved), Url: new Uri("http://no-such-host.invalid/v1")),
        new("TLS asked of a server that has none", Named(ProviderFault.TlsFailed), () => FaultyProvider.Answering(200, "{}")),
        new("headers that do not come", Named(ProviderFault.NoAnswerInTime), () => new((_, cancel) => Task.Delay(Timeout.Infinite, cancel))),
        new("a body that drips", Named(ProviderFault.AnswerTooSlow), () => new(Drip)),
        new("closed before an answer", Named(ProviderFault.ConnectionLost), () => new((_, _) => Task.CompletedTask)),
        new("reset in the middle of the body", Named(ProviderFault.ConnectionLost), () => new(ResetInBody)),
        new("no HTTP at all", Named(ProviderFault.ConnectionLost), () => new((stream, cancel) => stream.WriteAsync("SSH-2.0-x\r\n\r\n"u8.ToArray(), cancel).AsTask())),
        Status(400, ProviderFault.ContentFiltered, """{"error":{"code":"content_filter","message":"filtered","innererror":{"code":"ResponsibleAIPolicyViolation"}}}""", "400, the provider's own content filter"),
        Status(400, ProviderFault.BadRequest, """{"error":{"code":"invalid_request_error"}}"""),
        Status(401, ProviderFault.Unauthorized),
        Status(403, ProviderFault.Forbidden),
        Status(404, ProviderFault.NotFound),
        Status(408, ProviderFault.RequestTimeout),
        Status(413, ProviderFault.TooLarge),
        Status(418, ProviderFault.UnexpectedStatus),
        Status(422, ProviderFault.Unprocessable),
        new("429 with Retry-After of no time, twice", Named(ProviderFault.RateLimited), () => FaultyProvider.Answering(429, "{}", "Retry-After: 0")),
        new("429 with Retry-After of an hour", Named(ProviderFault.RateLimited), () => FaultyProvider.Answering(429, "{}", "Retry-After: 3600")),
        new("429 with a Retry-After date by a clock that is years ahead", Named(ProviderFault.RateLimited), () => FaultyProvider.Answering(429, "{}", "Date: Sat, 01 Jan 2050 00:00:00 GMT", "Retry-After: Sat, 01 Jan 2050 00:00:00 GMT")),
        new("429 without Retry-After", Named(ProviderFault.RateLimited), () => FaultyProvider.Answering(429, "{}")),
        Status(500, ProviderFault.ServerError),
        Status(502, ProviderFault.BadGateway, "<html>Bad gateway</html>"),
        Status(503, ProviderFault.Unavailable),
        Status(504, ProviderFault.GatewayTimeout),
        Status(529, ProviderFault.Overloaded),
        new("a redirect to another host", Named(ProviderFault.Redirected), () => FaultyProvider.Answering(302, "", "Location: http://elsewhere.invalid/")),
        Body("an HTML page with 200", ProviderFault.NotJson, "<html><body>Welcome</body></html>"),
        Body("an empty body", ProviderFault.EmptyBody, ""),
        Body("truncated JSON", ProviderFault.TruncatedJson, FaultyProvider.Chat(Good)[..60]),
        Body("JSON of another schema", ProviderFault.WrongSchema, """{"result": "ok"}"""),
        Body("an error object with 200", ProviderFault.WrongSchema, """{"error": {"message": "model overloaded"}}"""),
        Body("two choices", ProviderFault.TwoVerdicts, """{"choices": [{"message": {"content": "a"}}, {"message": {"content": "b"}}]}"""),
        new("invalid UTF-8", Named(ProviderFault.InvalidUtf8), () => FaultyProvider.Answering(200, [.. Encoding.UTF8.GetBytes(FaultyProvider.Chat(Good)[..^1]), 0xC3, 0x28, (byte)'}'])),
        new("a body of 100 MB", Named(ProviderFault.AnswerTooLarge), () => new(Flood)),
        Says("a verdict for and one against", ProviderFault.TwoVerdicts, """{"hate": {"violates": true, "confidence": 0.9}, "hate": {"violates": false, "confidence": 0.9}}"""),
        Says("a verdict that is none", ProviderFault.UnknownVerdict, """{"hate": {"violates": "perhaps", "confidence": 0.9}}"""),
        Says("a verdict about something else", ProviderFault.WrongSchema, """{"sarcasm": {"violates": true, "confidence": 0.9}}"""),
        Says("a refusal in words", ProviderFault.Refused, "I'm sorry, but I can't assist with that request."),
        Body("a refusal as the interface has it", ProviderFault.Refused, FaultyProvider.Chat("", further: ",\"refusal\":\"I cannot judge this.\"")),
        Body("cut short at the most tokens", ProviderFault.CutShort, FaultyProvider.Chat("""{"hate": {"viol""", "length")),
        Body("stopped by the provider's filter", ProviderFault.ContentFiltered, FaultyProvider.Chat("""{"hate": """, "content_filter")),
        Body("reasoning and no answer", ProviderFault.NoContent, FaultyProvider.Chat("", further: ",\"reasoning_content\":\"The user says…\"")),
        Says("truncated JSON in a whole envelope", ProviderFault.TruncatedJson, """{"hate": {"violates": false, "conf"""),
        Says("a confidence that is NaN", ProviderFault.UnusableNumber, """{"hate": {"violates": false, "confidence": NaN}}"""),
        Says("a confidence of 900%", ProviderFault.UnusableNumber, """{"hate": {"violates": false, "confidence": 9}}"""),
        new("missing token probabilities", "judged", () => FaultyProvider.Answering(200, FaultyProvider.Chat(Good))),
        new("a Date that is years off", "judged", () => FaultyProvider.Answering(200, FaultyProvider.Chat(Good), "Date: Mon, 01 Jan 1990 00:00:00 GMT")),
    ];

    private static PlayedFault Status(int status, ProviderFault becomes, string body = "{}", string? name = null) =>
        new(name ?? $"{status}", Named(becomes), () => FaultyProvider.Answering(status, body));

    private static PlayedFault Body(string name, ProviderFault becomes, string body) => new(name, Named(becomes), () => FaultyProvider.Answering(200, body));

    private static PlayedFault Says(string name, ProviderFault becomes, string content) => Body($"the model: {name}", becomes, FaultyProvider.Chat(content));

    private static string Named(ProviderFault fault) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(fault.ToString());

    private static async Task Drip(NetworkStream stream, CancellationToken cancel)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(FaultyProvider.Head(200, 1_000)), cancel);
        while (true)
        {
            await stream.WriteAsync(" "u8.ToArray(), cancel);
            await Task.Delay(20, cancel);
        }
    }

    private static async Task ResetInBody(NetworkStream stream, CancellationToken cancel)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(FaultyProvider.Head(200, 1_000) + "{\"choices\": ["), cancel);
        stream.Socket.LingerState = new LingerOption(true, 0);
        stream.Socket.Close();
    }

    private static async Task Flood(NetworkStream stream, CancellationToken cancel)
    {
        const int Megabytes = 100;
        var megabyte = new byte[1 << 20];
        Array.Fill(megabyte, (byte)' ');
        await stream.WriteAsync(Encoding.ASCII.GetBytes(FaultyProvider.Head(200, (long)Megabytes << 20)), cancel);
        for (int i = 0; i < Megabytes; i++)
        {
            await stream.WriteAsync(megabyte, cancel);
        }
    }

    private static Socket Bound()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }
}
