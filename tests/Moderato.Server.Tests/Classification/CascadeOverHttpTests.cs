using System.Net;
using Moderato.Releases;
using Moderato.Server.Decisions;
using Moderato.Server.Tests.Hosting;

namespace Moderato.Server.Tests.Classification;

public sealed class CascadeOverHttpTests
{
    private const string Violates = """{"hate": {"violates": true, "confidence": 0.9}}""";
    private const string Content = """{"content": {"id": "c1", "text": "good morning to all of you", "language": "en", "author": "somebody", "context": {"title": "rats"}}}""";

    [Fact]
    public async Task A_content_in_the_band_is_decided_by_the_later_tier_and_the_decision_says_how()
    {
        using var provider = FaultyProvider.Answering(200, FaultyProvider.Chat(Violates));
        await using var server = await LlmRelease.StartAsync(LlmRelease.Endpoint(provider.Url) with { InputPrice = 3 }, OnFailure.Review);
        var decision = (await server.Client.PostJson("/v1/decisions", Content).Body()).GetProperty("decisions")[0];
        Assert.Equal(("borderline", "hate", "llm"), (decision.Text("verdict"), decision.Text("category"), decision.Text("tier")));
        Assert.Equal(0.9, decision.GetProperty("scores").GetProperty("hate").GetDouble());
        var tier = decision.GetProperty("tiers")[0];
        Assert.Equal(("judged", "selfReport", 0.9), (tier.Text("outcome"), tier.Text("confidence"), tier.GetProperty("scores").GetProperty("hate").GetDouble()));
        Assert.Equal(300, tier.GetProperty("costMicros").GetInt64());
        Assert.Contains("Title: rats", provider.Request, StringComparison.Ordinal);
        Assert.DoesNotContain("somebody", provider.Request, StringComparison.Ordinal);

        var read = await server.Client.GetAsync($"/v1/decisions/{decision.Text("id")}", TestContext.Current.CancellationToken).Body();
        Assert.Equal(decision.ToString(), read.ToString());
    }

    [Fact]
    public async Task A_provider_that_fails_sends_content_to_review_and_never_to_safe()
    {
        using var provider = FaultyProvider.Answering(500, "{}");
        await using var server = await LlmRelease.StartAsync(LlmRelease.Endpoint(provider.Url), OnFailure.Review);
        var decision = (await server.Client.PostJson("/v1/decisions", Content).Body()).GetProperty("decisions")[0];
        Assert.Equal(("borderline", "ngram"), (decision.Text("verdict"), decision.Text("tier")));
        Assert.True(decision.TryGetProperty("review", out _));
        Assert.Equal(("serverError", "review"), (decision.GetProperty("tiers")[0].Text("outcome"), decision.GetProperty("tiers")[0].Text("became")));
    }

    [Fact]
    public async Task A_release_that_does_not_decide_without_a_tier_answers_503_and_keeps_nothing()
    {
        int calls = 0;
        using var provider = new FaultyProvider(async (stream, cancel) =>
        {
            bool good = Interlocked.Increment(ref calls) > 2;
            string body = good ? FaultyProvider.Chat(Violates) : "{}";
            await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(FaultyProvider.Head(good ? 200 : 500, body.Length) + body), cancel);
        });
        await using var server = await LlmRelease.StartAsync(LlmRelease.Endpoint(provider.Url), OnFailure.Refuse);
        var problem = await server.Client.PostJson("/v1/decisions", Content).Body(HttpStatusCode.ServiceUnavailable);
        Assert.Equal("urn:moderato:problem:tier-failed", problem.Text("type"));
        Assert.Contains("llm", problem.Text("detail"), StringComparison.Ordinal);

        var many = await server.Client.PostJson("/v1/decisions", """{"contents": [{"id": "c1", "text": "good morning to all of you", "language": "en"}, {"id": "c2", "text": "bonjour", "language": "fr"}]}""").Body();
        Assert.Equal(["c2"], many.GetProperty("decisions").EnumerateArray().Select(one => one.Text("contentId")));
        Assert.Equal((0, 503), (many.GetProperty("errors")[0].GetProperty("index").GetInt32(), many.GetProperty("errors")[0].GetProperty("status").GetInt32()));

        var again = await server.Client.PostJson("/v1/decisions", Content).Body();
        Assert.Equal("llm", again.GetProperty("decisions")[0].Text("tier"));
    }

    [Fact]
    public async Task A_deadline_gets_what_is_known_and_the_final_decision_follows()
    {
        using var provider = new FaultyProvider(async (stream, cancel) =>
        {
            await Task.Delay(700, cancel);
            string body = FaultyProvider.Chat(Violates);
            await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(FaultyProvider.Head(200, body.Length) + body), cancel);
        });
        await using var server = await LlmRelease.StartAsync(LlmRelease.Endpoint(provider.Url) with { TimeoutMs = 30_000 }, OnFailure.Review);
        var provisional = (await server.Client.PostJson("/v1/decisions", Content.Replace("}}}", "}}, \"deadlineMs\": 50}", StringComparison.Ordinal)).Body()).GetProperty("decisions")[0];
        Assert.True(provisional.GetProperty("provisional").GetBoolean());
        Assert.Equal(("safe", "pending"), (provisional.Text("verdict"), provisional.GetProperty("tiers")[0].Text("outcome")));

        var maker = (DecisionMaker)server.App.Services.GetService(typeof(DecisionMaker))!;
        for (int i = 0; i < 500 && maker.Unfinished > 0; i++)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        // The same request again is answered with the decision that stands now.
        var final = (await server.Client.PostJson("/v1/decisions", Content).Body()).GetProperty("decisions")[0];
        Assert.Equal(("borderline", "llm"), (final.Text("verdict"), final.Text("tier")));
        Assert.False(final.TryGetProperty("provisional", out _));
        Assert.NotEqual(provisional.Text("id"), final.Text("id"));
    }

    [Fact]
    public async Task A_provisional_decision_whose_process_ended_is_finished_by_the_next()
    {
        int calls = 0;
        using var provider = new FaultyProvider(async (stream, cancel) =>
        {
            if (Interlocked.Increment(ref calls) == 1)
            {
                await Task.Delay(Timeout.Infinite, cancel);
            }

            string body = FaultyProvider.Chat(Violates);
            await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(FaultyProvider.Head(200, body.Length) + body), cancel);
        });
        var server = await LlmRelease.StartAsync(LlmRelease.Endpoint(provider.Url) with { TimeoutMs = 60_000 }, OnFailure.Review);
        await server.Client.PostJson("/v1/decisions", Content.Replace("}}}", "}}, \"deadlineMs\": 50}", StringComparison.Ordinal)).Body();

        // It is not given the time to finish.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => server.App.StopAsync(new CancellationToken(canceled: true)));
        await using var next = await server.RestartAsync();
        for (int i = 0; i < 500 && calls < 2; i++)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        var maker = (DecisionMaker)next.App.Services.GetService(typeof(DecisionMaker))!;
        for (int i = 0; i < 500 && maker.Unfinished > 0; i++)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        var decisions = (await next.Client.GetAsync("/v1/decisions", TestContext.Current.CancellationToken).Body()).GetProperty("decisions").EnumerateArray().ToList();
        Assert.Equal(["llm", "ngram"], decisions.Select(one => one.Text("tier")));
        Assert.False(decisions[0].TryGetProperty("provisional", out _));
        Assert.Equal("borderline", decisions[0].Text("verdict"));
    }

    [Fact]
    public async Task An_endpoint_that_nobody_configured_is_a_failure_like_any_other()
    {
        await using var server = await LlmRelease.StartAsync(null, OnFailure.Review);
        var decision = (await server.Client.PostJson("/v1/decisions", Content).Body()).GetProperty("decisions")[0];
        Assert.Equal(("borderline", "notConfigured"), (decision.Text("verdict"), decision.GetProperty("tiers")[0].Text("outcome")));
    }

    [Fact]
    public async Task An_encoder_in_the_release_judges_what_the_first_tier_is_not_sure_of()
    {
        await using var server = await EncoderRelease.StartAsync();
        var decision = (await server.Client.PostJson("/v1/decisions", """{"content": {"id": "c1", "text": "You people are vermin and should be wiped out.", "language": "en"}}""").Body()).GetProperty("decisions")[0];
        var tier = decision.GetProperty("tiers")[0];
        Assert.Equal(("encoder", "judged", "modelScore"), (tier.Text("tier"), tier.Text("outcome"), tier.Text("confidence")));
        Assert.Equal(0.5819, tier.GetProperty("scores").GetProperty("hate").GetDouble(), 0.01);
    }
}
