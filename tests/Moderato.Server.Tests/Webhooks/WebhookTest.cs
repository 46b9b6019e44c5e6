using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Moderato.Server.Tests.Hosting;
using Moderato.Server.Webhooks;

namespace Moderato.Server.Tests.Webhooks;

/// <summary>A server whose clock stands still until a test moves it, and a receiver of its events.</summary>
public abstract class WebhookTest(StoreKind kind) : ServerTest(kind)
{
    private readonly StoreKind kind = kind;

    private protected Receiver Receiver { get; private set; } = null!;

    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));

    public override async ValueTask InitializeAsync()
    {
        Server = await RunningServer.StartAsync(kind, Time);
        Receiver = await Receiver.StartAsync();
    }

    protected override async ValueTask DisposeOthersAsync()
    {
        if (Receiver is not null)
        {
            await Receiver.DisposeAsync();
        }
    }

    /// <summary>Later, without the million ticks of the workers' timers between: what is due is done by the test.</summary>
    protected void Skip(TimeSpan span) => Time.AdjustTime(Time.GetUtcNow() + span);

    /// <summary>A webhook to the receiver.</summary>
    /// <param name="further">Members after the address.</param>
    protected Task<JsonElement> Subscribe(string further = "") => Server.Client.PostJson("/v1/webhooks", $$"""{"url": "{{Receiver.Url}}"{{further}}}""").Body(HttpStatusCode.Created);

    protected async Task<JsonElement> Decide(string id, string text) =>
        (await Server.Client.PostJson("/v1/decisions", JsonSerializer.Serialize(new { content = new { id, text } })).Body()).GetProperty("decisions")[0];

    /// <summary>Attempts whatever is due now, to its end.</summary>
    protected static async Task Deliver(RunningServer server)
    {
        var delivery = server.App.Services.GetRequiredService<WebhookDelivery>();
        foreach (var webhook in server.App.Services.GetRequiredService<Subscriptions>().All)
        {
            await delivery.DeliverDueAsync(webhook, Cancel);
        }
    }

    protected Task Deliver() => Deliver(Server);

    protected async Task<IReadOnlyList<JsonElement>> Deliveries(int webhook, string search = "") =>
        [.. (await Server.Client.GetAsync($"/v1/webhooks/{webhook}/deliveries{search}", Cancel).Body()).GetProperty("deliveries").EnumerateArray()];
}
