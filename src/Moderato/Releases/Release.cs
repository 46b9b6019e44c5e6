using Moderato.Decisions;
using Moderato.Policies;

namespace Moderato.Releases;

/// <summary>An immutable bundle of policy, models, calibration and thresholds: everything that a decision depends on.</summary>
public sealed record Release
{
    public required string Id { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required Policy Policy { get; init; }

    /// <summary>The model of each tier, in the order of the cascade.</summary>
    public required IReadOnlyList<TierModel> Tiers { get; init; }

    /// <summary>By category, of the first tier; a category without one is not judged by it.</summary>
    public required IReadOnlyDictionary<string, CalibrationMap> Calibration { get; init; }

    /// <summary>By category, for all that a tier judges.</summary>
    public required IReadOnlyDictionary<string, CategoryThresholds> Thresholds { get; init; }

    /// <summary>
    /// By category, the languages (ISO 639-1, and <c>und</c> for text whose language cannot be told) in which it was
    /// measured to be fit. In all others the category is absent from a decision.
    /// </summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Languages { get; init; }

    public ContentProfile? Profile { get; init; }

    /// <summary>The later tiers in the order in which they are asked; null where the first decides alone.</summary>
    public IReadOnlyList<Escalation>? Escalations { get; init; }

    /// <summary>The categories that this release judges, in the policy's order.</summary>
    public IEnumerable<string> JudgedCategories() =>
        Policy.Categories.Select(definition => definition.Category).Where(category =>
            Calibration.ContainsKey(category) || (Escalations ?? []).Any(escalation => escalation.Calibration.ContainsKey(category)));

    /// <summary>The decision names a category that the policy restricts, or its score in one is not safe.</summary>
    public bool Restricts(Decision decision) =>
        (decision.Category is { } category && Policy.Restricts(category))
        || decision.Scores.Any(score =>
            Policy.Restricts(score.Key)
            && Thresholds.TryGetValue(score.Key, out var thresholds)
            && thresholds.For(decision.Language, decision.Surface).Decide(score.Value) != Verdict.Safe);
}
