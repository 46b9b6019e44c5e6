using System.Net;
using Moderato.Classification;
using Moderato.Releases;
using Moderato.Server.Classification;
using Moderato.Server.Tests.Hosting;

namespace Moderato.Server.Tests.Classification;

/// <summary>End to end with a real, tiny model: for the plumbing, not for its judgement. A handful of calls, since two cores answer in a second or more.</summary>
public sealed class RealLlmTests
{
    [Fact]
    public async Task A_real_model_answers_in_the_schema_with_probabilities_of_tokens_and_the_same_each_time()
    {
        await using var llm = await TinyLlm.StartAsync();
        using var endpoint = new EndpointConnection(LlmRelease.Endpoint(llm.Url) with { TimeoutMs = 120_000 }, null, TimeProvider.System);
        var request = new TierRequest("you are vermin", "a thread about rats", ["hate"]);
        using var judge = LlmRelease.Judge(endpoint);
        var answer = await judge.JudgeAsync(request, TestContext.Current.CancellationToken);
        var judged = Assert.IsType<TierOutcome.Judged>(answer.Outcome);
        Assert.InRange(judged.Scores["hate"], 0, 1);
        Assert.Equal(ConfidenceSource.TokenProbability, judged.Confidence);
        Assert.InRange(answer.Cost.InputTokens, 100, 4_000);
        Assert.InRange(answer.Cost.OutputTokens, 5, 512);

        using var another = LlmRelease.Judge(endpoint);
        var again = Assert.IsType<TierOutcome.Judged>((await another.JudgeAsync(request, TestContext.Current.CancellationToken)).Outcome);
        Assert.Equal(judged.Scores["hate"], again.Scores["hate"]);
    }

    [Fact]
    public async Task Content_goes_from_http_to_a_real_model_and_back_as_a_committed_decision()
    {
        await using var llm = await TinyLlm.StartAsync();
        await using var server = await LlmRelease.StartAsync(LlmRelease.Endpoint(llm.Url) with { TimeoutMs = 120_000 }, OnFailure.Refuse);
        var answer = await server.Client.PostJson("/v1/decisions", """{"content": {"id": "c1", "text": "good morning to all of you", "language": "en"}}""").Body(HttpStatusCode.OK);
        var decision = answer.GetProperty("decisions")[0];
        var tier = decision.GetProperty("tiers")[0];
        Assert.Equal(("llm", "judged", "tokenProbability"), (tier.Text("tier"), tier.Text("outcome"), tier.Text("confidence")));
        Assert.InRange(decision.GetProperty("scores").GetProperty("hate").GetDouble(), 0, 1);
    }
}
