using System.Text.Json.Serialization;

namespace Moderato.Releases;

/// <summary>When a release asks a later tier, what its answer means, and where content goes when there is none.</summary>
public sealed record Escalation
{
    /// <summary><see cref="TierModel.Encoder"/> or <see cref="TierModel.Llm"/>; its model is among <see cref="Release.Tiers"/>.</summary>
    public required string Tier { get; init; }

    /// <summary>By category: the scores so far with which it is asked. A category without a band is not asked about.</summary>
    public required IReadOnlyDictionary<string, EscalationBand> Bands { get; init; }

    /// <summary>For the same categories.</summary>
    public required IReadOnlyDictionary<string, TierCalibration> Calibration { get; init; }

    /// <summary>By category, the languages in which it was measured to be fit, as in <see cref="Release.Languages"/>.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Languages { get; init; }

    public required OnFailure OnFailure { get; init; }

    /// <summary>Whether it is asked about a category: its score so far lies in the band, or no tier before could judge it; and it is fit for the language.</summary>
    /// <param name="score">NaN where there is none.</param>
    public bool Asks(string category, double score, string language) =>
        Bands.TryGetValue(category, out var band)
        && (double.IsNaN(score) || (score >= band.From && score < band.To))
        && Languages.TryGetValue(category, out var fit)
        && fit.Contains(language, StringComparer.OrdinalIgnoreCase);
}

/// <param name="From">The least score that escalates.</param>
/// <param name="To">The least score above it that does not: what is so sure no later tier, and no text that speaks to one, can lower.</param>
public sealed record EscalationBand(double From, double To);

/// <summary>Where content goes that a tier was asked about and did not judge. Safe is not among the choices.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OnFailure>))]
public enum OnFailure
{
    /// <summary>A person decides.</summary>
    [JsonStringEnumMemberName("review")]
    Review,

    /// <summary>What the tiers before it said stands; where none of them judged the category, a person decides.</summary>
    [JsonStringEnumMemberName("previousTier")]
    PreviousTier,

    /// <summary>Nothing is decided: the caller gets 503 and asks again.</summary>
    [JsonStringEnumMemberName("refuse")]
    Refuse,
}
