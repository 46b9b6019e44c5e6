namespace Moderato.Classification.Llm;

/// <summary>What a model said, taken out of its provider's envelope.</summary>
/// <param name="Text">Empty when it said nothing.</param>
/// <param name="Tokens">With probabilities; empty where the provider gives none.</param>
/// <param name="FinishReason">As the provider names it.</param>
/// <param name="Refusal">What the model said instead of an answer, where the provider tells the two apart.</param>
public sealed record ModelAnswer(string Text, IReadOnlyList<AnswerToken> Tokens, string? FinishReason = null, string? Refusal = null);

/// <param name="LogProbability">Natural.</param>
/// <param name="Alternatives">The likeliest tokens in its place, itself among them or not.</param>
public sealed record AnswerToken(string Text, double LogProbability, IReadOnlyList<TokenChance> Alternatives);

/// <param name="LogProbability">Natural.</param>
public readonly record struct TokenChance(string Text, double LogProbability);
