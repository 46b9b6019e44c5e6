using System.Net;
using System.Text.Json;
using Moderato.Server.Tests.Hosting;

namespace Moderato.Server.Tests.Releases;

/// <summary>A server with releases beside the shipped one, and requests on them.</summary>
public abstract class ReleaseTest(StoreKind kind) : ServerTest(kind)
{
    private readonly StoreKind kind = kind;

    protected MovableTime Time { get; } = new();

    public override async ValueTask InitializeAsync() => Server = await RunningServer.StartAsync(kind, Time);

    /// <summary>A release that calls every English text violating by <c>toxicity</c>.</summary>
    protected async Task<string> StrictAsync() =>
        (await Server.Client.PostJson("/v1/releases", """{"thresholds": {"toxicity": {"cuts": {"reviewFrom": 0, "blockFrom": 0}}}, "reason": "strict"}""").Body(HttpStatusCode.Created)).Text("id");

    protected Task<JsonElement> ReleasesAsync() => Server.Client.GetAsync("/v1/releases", Cancel).Body();

    protected Task<JsonElement> PromoteAsync(string id, string body = """{"reason": "test"}""") => Server.Client.PostJson($"/v1/releases/{id}/promote", body).Body();

    protected async Task<JsonElement> DecideAsync(string id, string text = "have a nice day", string? author = null) =>
        (await Server.Client.PostJson("/v1/decisions", JsonSerializer.Serialize(new { content = new { id, text, author = author ?? "a1", language = "en" } })).Body())
            .GetProperty("decisions")[0];

    /// <summary>Asks again until it is so; a test that waits for what never comes ends with its own time limit.</summary>
    protected static async Task<JsonElement> UntilAsync(Func<Task<JsonElement>> ask, Func<JsonElement, bool> isSo)
    {
        while (true)
        {
            var answer = await ask();
            if (isSo(answer))
            {
                return answer;
            }

            await Task.Delay(20, Cancel);
        }
    }
}

/// <summary>The clock, and how far a test has put it forward.</summary>
public sealed class MovableTime : TimeProvider
{
    private TimeSpan ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;

    public void Forward(TimeSpan by) => ahead += by;
}
