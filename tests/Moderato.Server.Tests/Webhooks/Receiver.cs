using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Moderato.Server.Tests.Webhooks;

/// <summary>A webhook's receiver: a real server on loopback that behaves as it is told.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Received> all = [];
    private readonly Channel<Received> arrivals = Channel.CreateUnbounded<Received>();

    private Receiver(WebApplication app) => this.app = app;

    public string Url => app.Urls.First() + "/hook";

    /// <summary>What arrived, in the order in which it did, whatever was answered.</summary>
    public IReadOnlyList<Received> All => [.. all];

    /// <summary>What is done with a request once it has arrived whole; at first it is answered with 200.</summary>
    public Func<HttpContext, Received, Task> Behave { get; set; } = (_, _) => Task.CompletedTask;

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var receiver = new Receiver(builder.Build());
        receiver.app.Map("/{**path}", receiver.TakeAsync);
        await receiver.app.StartAsync();
        return receiver;
    }

    public static Task Answer(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    /// <summary>The next that arrives and was not asked for yet.</summary>
    public async Task<Received> NextAsync() => await arrivals.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var bytes = new MemoryStream();
        await http.Request.Body.CopyToAsync(bytes);
        var received = new Received(http.Request.Path, http.Request.Headers["Moderato-Event-Id"]!, http.Request.Headers["Moderato-Signature"]!, bytes.ToArray());
        all.Enqueue(received);
        arrivals.Writer.TryWrite(received);
        await Behave(http, received);
    }
}

/// <summary>A request as it arrived.</summary>
internal sealed record Received(string Path, string EventId, string Signature, byte[] Bytes)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public JsonElement Body { get; } = JsonDocument.Parse(Bytes).RootElement;

    public string Kind => Body.GetProperty("type").GetString()!;

    public string ContentId => Body.GetProperty("contentId").GetString()!;

    public long Number => long.Parse(EventId.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);
}
