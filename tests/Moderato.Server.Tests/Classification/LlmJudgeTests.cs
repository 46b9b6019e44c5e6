using System.Text.Json;
using Moderato.Classification;
using Moderato.Classification.Llm;
using Moderato.Policies;
using Moderato.Releases;
using Moderato.Server.Classification;

namespace Moderato.Server.Tests.Classification;

public sealed class LlmJudgeTests
{
    private const string Good = """{"hate": {"violates": true, "confidence": 0.9}}""";

    [Fact]
    public async Task Nothing_that_identifies_a_person_and_no_author_leaves()
    {
        using var provider = FaultyProvider.Answering(200, FaultyProvider.Chat(Good));
        using var endpoint = new EndpointConnection(LlmRelease.Endpoint(provider.Url), "secret-key", TimeProvider.System);
        using var judge = LlmRelease.Judge(endpoint);
        await judge.JudgeAsync(new TierRequest("write to me@example.org or +44 20 7946 0958", "card 4111 1111 1111 1111", ["hate"]), TestContext.Current.CancellationToken);
        Assert.Contains("write to [e-mail] or [phone]", provider.Request, StringComparison.Ordinal);
        Assert.Contains("card [account]", provider.Request, StringComparison.Ordinal);
        Assert.Contains("Authorization: Bearer secret-key", provider.Request, StringComparison.Ordinal);
        Assert.DoesNotContain("example.org", provider.Request, StringComparison.Ordinal);

        // What the request can hold at all is text, context and categories: there is no member for an author to stand in.
        Assert.Equal(["Categories", "Context", "Text"], typeof(TierRequest).GetProperties().Select(member => member.Name).Where(name => name != "EqualityContract").Order());
    }

    [Fact]
    public async Task A_duplicate_is_paid_for_once_and_a_failure_is_not_kept()
    {
        int call = 0;
        using var provider = new FaultyProvider(async (stream, cancel) =>
        {
            string body = Interlocked.Increment(ref call) == 1 ? "{}" : FaultyProvider.Chat(Good);
            await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(FaultyProvider.Head(200, body.Length) + body), cancel);
        });
        using var endpoint = new EndpointConnection(LlmRelease.Endpoint(provider.Url) with { InputPrice = 2, OutputPrice = 8 }, null, TimeProvider.System);
        using var judge = LlmRelease.Judge(endpoint);
        var request = new TierRequest("the same text", null, ["hate"]);
        var failed = await judge.JudgeAsync(request, TestContext.Current.CancellationToken);
        Assert.IsType<TierOutcome.Failed>(failed.Outcome);
        var paid = await judge.JudgeAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(new TierCost(100, 10, (100 * 2) + (10 * 8), 1), paid.Cost);
        var free = await judge.JudgeAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(new TierCost(), free.Cost);
        Assert.Equal(paid.Outcome, free.Outcome);
        Assert.Equal(2, provider.Calls);
    }

    [Fact]
    public async Task Asks_several_times_where_tokens_have_no_probabilities()
    {
        int call = 0;
        using var provider = new FaultyProvider(async (stream, cancel) =>
        {
            string body = FaultyProvider.Chat(Good.Replace("true", Interlocked.Increment(ref call) % 4 == 0 ? "false" : "true", StringComparison.Ordinal));
            await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(FaultyProvider.Head(200, body.Length) + body), cancel);
        });
        using var endpoint = new EndpointConnection(LlmRelease.Endpoint(provider.Url), null, TimeProvider.System);
        using var judge = LlmRelease.Judge(endpoint, LlmRelease.Tier with { Samples = 4, Temperature = 0.7 });
        var answer = await judge.JudgeAsync(new TierRequest("some text", null, ["hate"]), TestContext.Current.CancellationToken);
        var judged = Assert.IsType<TierOutcome.Judged>(answer.Outcome);
        Assert.Equal((0.75, ConfidenceSource.SampleAgreement, 4), (judged.Scores["hate"], judged.Confidence, answer.Cost.Calls));
    }

    [Fact]
    public async Task The_days_money_is_not_passed_by_many_calls_at_once_and_comes_back_at_midnight()
    {
        var time = new SetTime(new DateTimeOffset(2026, 3, 1, 23, 0, 0, TimeSpan.Zero));
        using var provider = FaultyProvider.Answering(200, FaultyProvider.Chat(Good));
        using var endpoint = new EndpointConnection(LlmRelease.Endpoint(provider.Url) with { InputPrice = 1, TimeoutMs = 5_000 }, null, TimeProvider.System);
        var budget = new DailyBudget(6_000, time);
        using var judge = LlmRelease.Judge(endpoint, budget: budget);
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => judge.JudgeAsync(new TierRequest($"text {i}", null, ["hate"]), TestContext.Current.CancellationToken)));
        int refused = answers.Count(answer => answer.Outcome is TierOutcome.NotAsked { Why: NotAskedBecause.CostCeiling });
        Assert.InRange(refused, 1, 29);
        Assert.Equal(100 * (30 - refused), budget.SpentMicros);
        Assert.Equal(30 - refused, provider.Calls);

        time.Now += TimeSpan.FromHours(2);
        Assert.Equal(0, budget.SpentMicros);
        time.Now -= TimeSpan.FromHours(3);
        budget.Settle(0, 5);
        time.Now += TimeSpan.FromHours(3);
        Assert.Equal(5, budget.SpentMicros);
    }

    [Fact]
    public async Task What_it_cannot_be_given_whole_is_not_asked_about()
    {
        using var provider = FaultyProvider.Answering(200, FaultyProvider.Chat(Good));
        using var endpoint = new EndpointConnection(LlmRelease.Endpoint(provider.Url), null, TimeProvider.System);
        using var judge = LlmRelease.Judge(endpoint, LlmRelease.Tier with { MostCharacters = 10 });
        var answer = await judge.JudgeAsync(new TierRequest("longer than ten", null, ["hate"]), TestContext.Current.CancellationToken);
        Assert.Equal(new TierOutcome.NotAsked(NotAskedBecause.TooLong), answer.Outcome);
        Assert.Equal(0, provider.Calls);
    }

    [Fact]
    public async Task A_provider_that_keeps_failing_is_left_alone_and_a_full_queue_says_so()
    {
        using var provider = FaultyProvider.Answering(500, "{}");
        using var endpoint = new EndpointConnection(LlmRelease.Endpoint(provider.Url), null, TimeProvider.System);
        using var judge = LlmRelease.Judge(endpoint);
        var outcomes = new List<TierOutcome>();
        for (int i = 0; i < 15; i++)
        {
            outcomes.Add((await judge.JudgeAsync(new TierRequest($"text {i}", null, ["hate"]), TestContext.Current.CancellationToken)).Outcome);
        }

        Assert.Equal(new TierOutcome.Failed(ProviderFault.ServerError), outcomes[0]);
        Assert.Equal(new TierOutcome.NotAsked(NotAskedBecause.CircuitOpen), outcomes[^1]);
        Assert.Equal(10, provider.Calls);

        using var silent = new FaultyProvider((_, cancel) => Task.Delay(Timeout.Infinite, cancel));
        using var narrow = new EndpointConnection(LlmRelease.Endpoint(silent.Url) with { MostAtOnce = 1, MostWaiting = 0 }, null, TimeProvider.System);
        using var waiting = LlmRelease.Judge(narrow);
        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(i => waiting.JudgeAsync(new TierRequest($"text {i}", null, ["hate"]), TestContext.Current.CancellationToken)));
        Assert.Contains(both, answer => answer.Outcome is TierOutcome.NotAsked { Why: NotAskedBecause.QueueFull });
        Assert.Contains(both, answer => answer.Outcome is TierOutcome.Failed { Fault: ProviderFault.NoAnswerInTime });
    }

    [Fact]
    public async Task A_callers_end_of_patience_is_no_fault_of_the_provider()
    {
        using var silent = new FaultyProvider((_, cancel) => Task.Delay(Timeout.Infinite, cancel));
        using var endpoint = new EndpointConnection(LlmRelease.Endpoint(silent.Url) with { TimeoutMs = 60_000 }, null, TimeProvider.System);
        using var judge = LlmRelease.Judge(endpoint);
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => judge.JudgeAsync(new TierRequest("text", null, ["hate"]), patience.Token));
    }

    [Fact]
    public async Task One_category_a_call_is_as_many_calls_in_the_older_interface()
    {
        const string Answer = """{"choices":[{"text":"Yes","finish_reason":"length","logprobs":{"tokens":["Yes"],"token_logprobs":[-0.1],"top_logprobs":[{"Yes":-0.105360516,"No":-2.302585093}]}}]}""";
        using var provider = FaultyProvider.Answering(200, Answer);
        using var endpoint = new EndpointConnection(LlmRelease.Endpoint(provider.Url), null, TimeProvider.System);
        using var judge = LlmRelease.Judge(endpoint, LlmRelease.Tier with { Adapter = "shieldgemma" });
        var answer = await judge.JudgeAsync(new TierRequest("some text", null, ["hate", "harassment", "spam"]), TestContext.Current.CancellationToken);
        var judged = Assert.IsType<TierOutcome.Judged>(answer.Outcome);
        Assert.Equal((0.9, 0.9, ConfidenceSource.TokenProbability, 2), (judged.Scores["hate"], judged.Scores["harassment"], judged.Confidence, answer.Cost.Calls));
        Assert.False(judged.Scores.ContainsKey("spam"));
        Assert.StartsWith("POST /v1/completions ", provider.Request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_moderation_endpoint_is_given_the_text_and_nothing_else()
    {
        using var provider = FaultyProvider.Answering(200, """{"results":[{"flagged":false,"category_scores":{"hate":0.25,"violence":0.1}}]}""");
        using var endpoint = new EndpointConnection(LlmRelease.Endpoint(provider.Url), null, TimeProvider.System);
        using var judge = LlmRelease.Judge(endpoint, LlmRelease.Tier with { Adapter = "openai-moderation", Model = "omni-moderation-latest" });
        var answer = await judge.JudgeAsync(new TierRequest("some text", "a thread", ["hate"]), TestContext.Current.CancellationToken);
        Assert.Equal([new("hate", 0.25)], Assert.IsType<TierOutcome.Judged>(answer.Outcome).Scores);
        Assert.StartsWith("POST /v1/moderations ", provider.Request, StringComparison.Ordinal);
        using var body = JsonDocument.Parse(provider.Request[(provider.Request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
        Assert.Equal(["input", "model"], body.RootElement.EnumerateObject().Select(member => member.Name).Order());
    }

    private sealed class SetTime(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
