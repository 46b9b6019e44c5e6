using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net;
using System.Text;
using System.Text.Json;
using Moderato.Policies;
using Moderato.Releases;
using Moderato.Server.Tests.Classification;
using Moderato.Server.Tests.Hosting;
using OpenAI;
using OpenAI.Moderations;

namespace Moderato.Server.Tests.FrontDoors;

/// <summary>OpenAI's format where the release does not decide without a tier that fails.</summary>
public sealed class RefusedTextTests : IAsyncLifetime
{
    private const string Nice = "have a nice day";
    private const string Kind = "thank you all for coming to my birthday party";

    /// <summary>The only one that lies in the band.</summary>
    private const string Asked = "you are a stupid idiot and everybody hates you";

    private FaultyProvider provider = null!;
    private RunningServer server = null!;
    private volatile bool works;

    public async ValueTask InitializeAsync()
    {
        provider = new FaultyProvider(async (stream, cancel) =>
        {
            string body = works ? FaultyProvider.Chat("""{"hate": {"violates": true, "confidence": 0.9}}""") : "{}";
            await stream.WriteAsync(Encoding.UTF8.GetBytes(FaultyProvider.Head(works ? 200 : 500, body.Length) + body), cancel);
        });
        var shipped = ReleaseFile.LoadShipped();
        double[] scores = [.. ((string[])[Nice, Kind, Asked]).Select(text => shipped.Decide(text, "en").Scores[Category.Hate])];
        Assert.True(scores[2] > Math.Max(scores[0], scores[1]));
        server = await LlmRelease.StartAsync(LlmRelease.Endpoint(provider.Url) with { Retries = 0 }, OnFailure.Refuse, band: new(scores[2], 1));
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        provider.Dispose();
    }

    [Fact]
    public async Task It_is_flagged_with_nothing_judged_and_the_others_are_decided()
    {
        var answer = await Moderate([Nice, Asked, Kind]).Body();
        var results = answer.GetProperty("results");
        Assert.Equal([false, true, false], results.EnumerateArray().Select(result => result.GetProperty("flagged").GetBoolean()));
        Assert.All(results[1].GetProperty("categories").EnumerateObject(), category => Assert.False(category.Value.GetBoolean()));
        Assert.All(results[1].GetProperty("category_scores").EnumerateObject(), category => Assert.Equal(0, category.Value.GetDouble()));
        Assert.All(results[1].GetProperty("category_applied_input_types").EnumerateObject(), category => Assert.Empty(category.Value.EnumerateArray()));

        var detail = results[1].GetProperty("moderato");
        Assert.False(detail.TryGetProperty("decision", out _));
        Assert.Equal(13, detail.GetProperty("notJudged").GetArrayLength());
        Assert.Equal(("urn:moderato:problem:tier-failed", 503), (detail.GetProperty("problem").Text("type"), detail.GetProperty("problem").GetProperty("status").GetInt32()));
        Assert.Equal("llm: serverError. Nothing of this text was written: send it again.", detail.GetProperty("problem").Text("detail"));
        Assert.False(results[0].GetProperty("moderato").TryGetProperty("problem", out _));

        var all = answer.GetProperty("moderato");
        Assert.Equal([1], all.GetProperty("notDecided").EnumerateArray().Select(index => index.GetInt32()));
        Assert.DoesNotContain("hate", all.GetProperty("notJudged").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(2, await Decisions());
    }

    [Fact]
    public async Task Alone_or_with_none_but_its_like_it_is_a_503_and_nothing_is_kept()
    {
        foreach (string[] texts in (string[][])[[Asked], [Asked, Asked]])
        {
            using var answer = await Moderate(texts);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(5)), (answer.StatusCode, answer.Headers.RetryAfter!.Delta));
            var error = (await Task.FromResult(answer).Body(HttpStatusCode.ServiceUnavailable)).GetProperty("error");
            Assert.Equal("server_error", error.Text("type"));
            Assert.Contains("llm: serverError", error.Text("message"), StringComparison.Ordinal);
        }

        Assert.Equal(0, await Decisions());
        Assert.False((await Moderate([Nice]).Body()).GetProperty("moderato").TryGetProperty("notDecided", out _));
    }

    [Fact]
    public async Task Sent_again_under_the_same_idempotency_key_it_is_decided_and_the_others_are_not_decided_twice()
    {
        using var keyed = server.ClientOf(server.AdminKey);
        keyed.DefaultRequestHeaders.Add("Idempotency-Key", "k1");
        var first = DecisionsOf(await Moderate([Nice, Asked, Kind], keyed).Body());
        works = true;
        var second = DecisionsOf(await Moderate([Nice, Asked, Kind], keyed).Body());
        Assert.Equal([first[0], first[2]], [second[0], second[2]]);
        Assert.Null(first[1]);
        Assert.NotNull(second[1]);
        Assert.Equal(3, await Decisions());
    }

    [Fact]
    public async Task The_client_for_Node_gets_what_it_expects()
    {
        var got = await NodeClient.RunAsync("openai-refused.mjs", new Dictionary<string, string>
        {
            ["MODERATO_URL"] = server.App.Urls.First(),
            ["MODERATO_KEY"] = server.AdminKey,
            ["TEXTS"] = JsonSerializer.Serialize((string[])[Nice, Asked, Kind]),
            ["REFUSED"] = Asked,
        });
        Assert.Equal([false, true, false], got.GetProperty("many").GetProperty("results").EnumerateArray().Select(result => result.GetProperty("flagged").GetBoolean()));
        Assert.Equal(DecisionsOf(got.GetProperty("many")), DecisionsOf(got.GetProperty("again")));
        foreach (string failed in (string[])["single", "all"])
        {
            Assert.Equal((503, "InternalServerError"), (got.GetProperty(failed).GetProperty("status").GetInt32(), got.GetProperty(failed).Text("name")));
        }

        Assert.Equal(2, await Decisions());
    }

    [Fact]
    public async Task The_client_for_NET_gets_what_it_expects()
    {
        var client = new ModerationClient("omni-moderation-latest", new ApiKeyCredential(server.AdminKey), new OpenAIClientOptions
        {
            Endpoint = new Uri($"{server.App.Urls.First()}/v1"),
            RetryPolicy = new ClientRetryPolicy(0),
        });
        ModerationResultCollection results = await client.ClassifyTextAsync([Nice, Asked, Kind], TestContext.Current.CancellationToken);
        Assert.Equal([false, true, false], results.Select(result => result.Flagged));
        Assert.Equal(0, results[1].Hate.Score);
        var refused = await Assert.ThrowsAsync<ClientResultException>(() => client.ClassifyTextAsync([Asked, Asked], TestContext.Current.CancellationToken));
        Assert.Equal(503, refused.Status);
    }

    private static string?[] DecisionsOf(JsonElement answer) =>
        [.. answer.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("moderato").TryGetProperty("decision", out var id) ? id.GetString() : null)];

    private Task<HttpResponseMessage> Moderate(string[] texts, HttpClient? client = null) =>
        (client ?? server.Client).PostJson("/v1/moderations", JsonSerializer.Serialize(new { input = texts }));

    private async Task<int> Decisions() =>
        (await server.Client.GetAsync("/v1/decisions", TestContext.Current.CancellationToken).Body()).GetProperty("decisions").GetArrayLength();
}
