using System.Net;
using System.Text.Json;
using Moderato.Policies;
using Moderato.Releases;
using Moderato.Server.Tests.Classification;
using Moderato.Server.Tests.Hosting;

namespace Moderato.Server.Tests.FrontDoors;

/// <summary>Perspective's attributes that a later tier of the release judges.</summary>
public sealed class LaterAttributeTests
{
    private const string Threat = """{"harassment/threatening": {"violates": true, "confidence": 0.9}}""";

    [Fact]
    public async Task One_that_only_a_later_tier_judges_has_its_score_and_no_spans()
    {
        using var provider = FaultyProvider.Answering(200, FaultyProvider.Chat(Threat));
        await using var server = await StartAsync(provider);
        var scores = (await Analyze(server, "en-GB", """ "spanAnnotations": true """).Body()).GetProperty("attributeScores");
        Assert.Equal(0.9, Score(scores, "THREAT"));
        Assert.False(scores.GetProperty("THREAT").TryGetProperty("spanScores", out _));
        Assert.Equal(2, scores.GetProperty("TOXICITY").GetProperty("spanScores").GetArrayLength());
    }

    [Fact]
    public async Task One_that_the_first_tier_judges_has_a_score_in_the_band_and_out_of_it()
    {
        const string Text = "I will find you. You know where.";
        double first = ReleaseFile.LoadShipped().Decide(Text, "en").Scores[Category.Hate];
        using var provider = FaultyProvider.Answering(200, FaultyProvider.Chat("""{"hate": {"violates": true, "confidence": 0.9}}"""));
        foreach (var (band, score, calls) in ((EscalationBand, double, int)[])[(new(first + 0.0001, 1), first, 0), (new(first, 1), 0.9, 1)])
        {
            await using var server = await LlmRelease.StartAsync(LlmRelease.Endpoint(provider.Url), OnFailure.Review, band: band);
            Assert.Equal(score, Score((await Analyze(server, "en", attribute: "IDENTITY_ATTACK").Body()).GetProperty("attributeScores"), "IDENTITY_ATTACK"));
            Assert.Equal(calls, provider.Calls);
        }
    }

    [Fact]
    public async Task One_whose_tier_fails_is_unavailable_or_dropped_and_the_decision_stands()
    {
        using var provider = FaultyProvider.Answering(500, "{}");
        await using var server = await StartAsync(provider);
        var error = (await Analyze(server, "en").Body(HttpStatusCode.ServiceUnavailable)).GetProperty("error");
        Assert.Equal((503, "UNAVAILABLE"), (error.GetProperty("code").GetInt32(), error.Text("status")));
        var decision = Assert.Single((await server.Client.GetAsync("/v1/decisions", TestContext.Current.CancellationToken).Body()).GetProperty("decisions").EnumerateArray());
        Assert.Equal("borderline", decision.Text("verdict"));
        Assert.Contains($"Attribute THREAT was not judged (llm: serverError); decision {decision.Text("id")}", error.Text("message"), StringComparison.Ordinal);

        var scores = (await Analyze(server, "en", """ "dropUnsupportedAttributes": true """).Body()).GetProperty("attributeScores");
        Assert.Equal("TOXICITY", Assert.Single(scores.EnumerateObject()).Name);
    }

    [Fact]
    public async Task One_that_the_model_leaves_out_is_unsupported()
    {
        using var provider = FaultyProvider.Answering(200, FaultyProvider.Chat("safe"));
        await using var server = await LlmRelease.StartAsync(
            LlmRelease.Endpoint(provider.Url), OnFailure.Review, category: Category.HarassmentThreatening, adapter: "llama-guard-3");
        await Unsupported(Analyze(server, "en"));
        Assert.Equal("borderline", Assert.Single((await server.Client.GetAsync("/v1/decisions", TestContext.Current.CancellationToken).Body()).GetProperty("decisions").EnumerateArray()).Text("verdict"));
    }

    [Fact]
    public async Task One_that_no_tier_judges_in_the_language_is_unsupported_and_nobody_is_asked()
    {
        using var provider = FaultyProvider.Answering(200, FaultyProvider.Chat(Threat));
        await using var server = await StartAsync(provider);
        await Unsupported(Analyze(server, "fi"));
        Assert.Empty((await server.Client.GetAsync("/v1/decisions", TestContext.Current.CancellationToken).Body()).GetProperty("decisions").EnumerateArray());
        Assert.Equal(0, provider.Calls);
    }

    private static Task<RunningServer> StartAsync(FaultyProvider provider) =>
        LlmRelease.StartAsync(LlmRelease.Endpoint(provider.Url) with { Retries = 0 }, OnFailure.Review, category: Category.HarassmentThreatening);

    private static double Score(JsonElement scores, string attribute) => scores.GetProperty(attribute).GetProperty("summaryScore").GetProperty("value").GetDouble();

    private static async Task Unsupported(Task<HttpResponseMessage> answer) => Assert.Equal(
        "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
        (await answer.Body(HttpStatusCode.BadRequest)).GetProperty("error").GetProperty("details")[0].Text("errorType"));

    private static Task<HttpResponseMessage> Analyze(RunningServer server, string language, string further = """ "clientToken": "t" """, string attribute = "THREAT") =>
        server.Client.PostJson(
            "/v1alpha1/comments:analyze",
            $$$"""{"comment": {"text": "I will find you. You know where."}, "requestedAttributes": {"TOXICITY": {}, "{{{attribute}}}": {}}, "languages": ["{{{language}}}"], {{{further}}}}""");
}
