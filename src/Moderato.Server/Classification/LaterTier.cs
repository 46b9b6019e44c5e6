using Moderato.Classification;

namespace Moderato.Server.Classification;

/// <summary>What a later tier is asked: no author, no id.</summary>
/// <param name="Context">What the content answers or stands in; null when not known.</param>
/// <param name="Categories">Those of the release that escalated.</param>
public sealed record TierRequest(string Text, string? Context, IReadOnlyList<string> Categories);

/// <param name="Cost">What asking took, whatever came of it.</param>
public sealed record TierAnswer(TierOutcome Outcome, TierCost Cost);

/// <param name="CostMicros">In millionths of the currency that the endpoint is priced in.</param>
/// <param name="Calls">0 where it was known already.</param>
public sealed record TierCost(long InputTokens = 0, long OutputTokens = 0, long CostMicros = 0, int Calls = 0)
{
    public static TierCost operator +(TierCost one, TierCost other) =>
        new(one.InputTokens + other.InputTokens, one.OutputTokens + other.OutputTokens, one.CostMicros + other.CostMicros, one.Calls + other.Calls);
}

/// <summary>A tier after the first: it takes its time, and it may fail.</summary>
public interface ILaterTier : IDisposable
{
    /// <summary>As in <see cref="Moderato.Releases.TierModel.Tier"/>.</summary>
    string Name { get; }

    /// <summary>Content leaves this installation: categories that the policy restricts are kept from it.</summary>
    bool LeavesHouse { get; }

    /// <exception cref="OperationCanceledException">The caller's time ran out; nothing else is thrown for what a provider does.</exception>
    Task<TierAnswer> JudgeAsync(TierRequest request, CancellationToken cancel);
}
