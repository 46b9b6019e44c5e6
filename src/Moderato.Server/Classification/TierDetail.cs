using System.Text.Json;
using System.Text.Json.Serialization;
using Moderato.Classification;
using Moderato.Releases;

namespace Moderato.Server.Classification;

/// <summary>One later tier's part in a decision, as the log keeps it and the API gives it.</summary>
/// <param name="Outcome"><c>judged</c>, a provider's fault, or why it was not asked.</param>
/// <param name="Confidence">What its scores stand on, a <see cref="ConfidenceSource"/>; absent when it did not judge.</param>
/// <param name="Scores">As the model gave them, not calibrated.</param>
/// <param name="CombinedWithEarlier">The categories whose probability rests on earlier tiers' scores too.</param>
/// <param name="Became">Where the content went, when the tier did not judge.</param>
public sealed record TierDetail(
    string Tier,
    IReadOnlyList<string> Categories,
    string Outcome,
    string? Confidence,
    IReadOnlyDictionary<string, double>? Scores,
    IReadOnlyList<string>? CombinedWithEarlier,
    OnFailure? Became,
    double LatencyMs,
    long InputTokens,
    long OutputTokens,
    long CostMicros,
    int Calls)
{
    /// <summary>The outcome of a tier that answered.</summary>
    public const string Judged = "judged";

    public static IReadOnlyList<TierDetail> Of(CascadeState state, IReadOnlyList<StepCost> costs) => [.. state.Steps.Zip(costs, Of)];

    public static string ToJson(IReadOnlyList<TierDetail> details) => JsonSerializer.Serialize(details, TierDetailJson.Default.IReadOnlyListTierDetail);

    public static IReadOnlyList<TierDetail>? FromJson(string? json) => json is null ? null : JsonSerializer.Deserialize(json, TierDetailJson.Default.IReadOnlyListTierDetail);

    /// <summary>A tier that has been asked and has not answered yet.</summary>
    public static TierDetail Pending((string Tier, IReadOnlyList<string> Categories) asking) =>
        new(asking.Tier, asking.Categories, "pending", null, null, null, null, 0, 0, 0, 0, 0);

    /// <summary>As it is written everywhere.</summary>
    public static string OutcomeName(TierOutcome outcome) => outcome switch
    {
        TierOutcome.Judged => Judged,
        TierOutcome.Failed failed => JsonNamingPolicy.CamelCase.ConvertName(failed.Fault.ToString()),
        TierOutcome.NotAsked not => JsonNamingPolicy.CamelCase.ConvertName(not.Why.ToString()),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    private static TierDetail Of(TierStep step, StepCost cost)
    {
        var judged = step.Outcome as TierOutcome.Judged;
        return new(
            step.Tier, step.Categories, OutcomeName(step.Outcome), judged is null ? null : JsonNamingPolicy.CamelCase.ConvertName(judged.Confidence.ToString()), judged?.Scores, step.Combined.Count > 0 ? step.Combined : null, step.Became,
            Math.Round(cost.Took.TotalMilliseconds, 3), cost.Cost.InputTokens, cost.Cost.OutputTokens, cost.Cost.CostMicros, cost.Cost.Calls);
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyList<TierDetail>))]
internal sealed partial class TierDetailJson : JsonSerializerContext;
