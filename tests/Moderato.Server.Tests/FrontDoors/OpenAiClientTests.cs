using System.ClientModel;
using System.Text.Json;
using Moderato.Server.Tests.Hosting;
using OpenAI;
using OpenAI.Moderations;

namespace Moderato.Server.Tests.FrontDoors;

/// <summary>OpenAI's own clients, unmodified but for the base URL.</summary>
public sealed class OpenAiClientTests
{
    private const string Nice = "have a nice day";
    private const string Rude = "you are a stupid idiot and everybody hates you";

    [Fact]
    public async Task The_client_for_Node_gets_what_it_expects()
    {
        await using var server = await RunningServer.StartAsync(StoreKind.Sqlite);
        var got = await NodeClient.RunAsync("openai.mjs", new Dictionary<string, string>
        {
            ["MODERATO_URL"] = server.App.Urls.First(),
            ["MODERATO_KEY"] = server.AdminKey,
            ["TEXTS"] = JsonSerializer.Serialize((string[])[Nice, Rude]),
        });

        var one = got.GetProperty("one").GetProperty("results");
        Assert.False(Assert.Single(one.EnumerateArray()).GetProperty("flagged").GetBoolean());
        var many = got.GetProperty("many").GetProperty("results");
        Assert.Equal([false, true], many.EnumerateArray().Select(result => result.GetProperty("flagged").GetBoolean()));
        Assert.Equal(13, many[1].GetProperty("categories").EnumerateObject().Count());
        Assert.Single(got.GetProperty("parts").GetProperty("results").EnumerateArray());

        var image = got.GetProperty("image");
        Assert.Equal((400, "input[0]", "BadRequestError"), (image.GetProperty("status").GetInt32(), image.Text("param"), image.Text("name")));
        Assert.Contains("not judged here", image.Text("message"), StringComparison.Ordinal);
        Assert.Equal("AuthenticationError", got.GetProperty("keyless").Text("name"));
    }

    [Fact]
    public async Task The_client_for_NET_gets_what_it_expects()
    {
        await using var server = await RunningServer.StartAsync(StoreKind.Sqlite);
        var client = new ModerationClient(
            "omni-moderation-latest", new ApiKeyCredential(server.AdminKey), new OpenAIClientOptions { Endpoint = new Uri($"{server.App.Urls.First()}/v1") });
        ModerationResultCollection results = await client.ClassifyTextAsync([Nice, Rude], TestContext.Current.CancellationToken);

        Assert.Equal([false, true], results.Select(result => result.Flagged));
        Assert.StartsWith("modr-", results.Id, StringComparison.Ordinal);
        Assert.True(results[1].Harassment.Score > results[0].Harassment.Score);
        Assert.False(results[1].Sexual.Flagged);

        var stranger = new ModerationClient(
            "omni-moderation-latest", new ApiKeyCredential("mod_nobody"), new OpenAIClientOptions { Endpoint = new Uri($"{server.App.Urls.First()}/v1") });
        var refused = await Assert.ThrowsAsync<ClientResultException>(() => stranger.ClassifyTextAsync(Nice, TestContext.Current.CancellationToken));
        Assert.Equal(401, refused.Status);
    }
}
