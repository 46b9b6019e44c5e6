using Moderato.Classification;
using Moderato.Classification.Llm;
using Moderato.Policies;
using Moderato.Releases;

namespace Moderato.Server.Classification;

/// <summary>The <c>llm</c> tier of one release: content → prompts → calls → one outcome, with what it cost.</summary>
public sealed class LlmJudge(LlmTier tier, Adapter adapter, Policy policy, EndpointConnection endpoint, DailyBudget budget) : ILaterTier
{
    /// <summary>UTF-8 bytes of a token, at least: what a call may cost is never guessed too low.</summary>
    private const int LeastBytesOfToken = 2;

    private readonly KnownAnswers known = new();

    public string Name => TierModel.Llm;

    public bool LeavesHouse => endpoint.Settings.ThirdParty;

    public void Dispose() => known.Dispose();

    public async Task<TierAnswer> JudgeAsync(TierRequest request, CancellationToken cancel)
    {
        if (request.Text.Length + (request.Context?.Length ?? 0) > tier.MostCharacters)
        {
            return new(new TierOutcome.NotAsked(NotAskedBecause.TooLong), new TierCost());
        }

        var content = tier.Redact
            ? new PromptContent(Redaction.Of(request.Text), request.Context is { } context ? Redaction.Of(context) : null)
            : new PromptContent(request.Text, request.Context);
        if (known.Find(content, request.Categories) is { } before)
        {
            return new(before, new TierCost());
        }

        var answers = adapter.Endpoint == LlmEndpoint.Moderations
            ? [await AskAsync(LlmRequest.ModerationBody(adapter, tier, content), Judgeable(request.Categories), cancel)]
            : await Task.WhenAll(Prompt.Of(adapter, policy, request.Categories, content).Select(prompt => SampledAsync(prompt, cancel)));
        var cost = answers.Aggregate(new TierCost(), (sum, answer) => sum + answer.Cost);
        if (answers.FirstOrDefault(answer => answer.Outcome is not TierOutcome.Judged) is { } failed)
        {
            return new(failed.Outcome, cost);
        }

        var judged = answers.Select(answer => (TierOutcome.Judged)answer.Outcome).ToList();
        var together = new TierOutcome.Judged(
            judged.SelectMany(answer => answer.Scores).ToDictionary(score => score.Key, score => Math.Round(score.Value, 4)),
            judged.Select(answer => answer.Confidence).DefaultIfEmpty().Max());
        known.Keep(content, request.Categories, together);
        return new(together, cost);
    }

    private List<string> Judgeable(IReadOnlyList<string> categories) => [.. categories.Where(category => adapter.Categories?.Contains(category) ?? true)];

    /// <summary>One call where it gives probabilities of tokens; else as many as the release samples.</summary>
    private async Task<TierAnswer> SampledAsync(Prompt prompt, CancellationToken cancel)
    {
        byte[] body = LlmRequest.Body(adapter, tier, prompt);
        var first = await AskAsync(body, prompt.Categories, cancel);
        if (tier.Samples == 1 || first.Outcome is not TierOutcome.Judged { Confidence: > ConfidenceSource.TokenProbability })
        {
            return first;
        }

        var others = await Task.WhenAll(Enumerable.Range(1, tier.Samples - 1).Select(_ => AskAsync(body, prompt.Categories, cancel)));
        TierAnswer[] all = [first, .. others];
        return new(AnswerReader.Agreement([.. all.Select(answer => answer.Outcome)]), all.Aggregate(new TierCost(), (sum, answer) => sum + answer.Cost));
    }

    private async Task<TierAnswer> AskAsync(byte[] body, IReadOnlyList<string> categories, CancellationToken cancel)
    {
        long most = endpoint.Settings.CostMicros(body.Length / LeastBytesOfToken, adapter.MaxTokens);
        if (!budget.TryReserve(most))
        {
            return new(new TierOutcome.NotAsked(NotAskedBecause.CostCeiling), new TierCost());
        }

        // A call that is broken off may have been charged: until it is known better, it was.
        long actual = most;
        try
        {
            var (bytes, instead) = await endpoint.AskAsync(adapter.Endpoint, body, cancel);
            if (bytes is null)
            {
                actual = 0;
                return new(instead!, new TierCost(Calls: instead is TierOutcome.Failed ? 1 : 0));
            }

            var reply = LlmReply.Read(adapter.Endpoint, bytes);
            actual = reply.InputTokens + reply.OutputTokens > 0 ? endpoint.Settings.CostMicros(reply.InputTokens, reply.OutputTokens) : most;
            var cost = new TierCost(reply.InputTokens, reply.OutputTokens, actual, 1);
            return new(reply.Fault is { } fault ? new TierOutcome.Failed(fault) : AnswerReader.Read(adapter.Answer, categories, reply.Answer!), cost);
        }
        finally
        {
            budget.Settle(most, actual);
        }
    }
}
