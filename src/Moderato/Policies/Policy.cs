using System.Text.Json.Serialization;

namespace Moderato.Policies;

/// <summary>A versioned document: which categories are judged and what each means. Labels, calibrations and thresholds refer to its version.</summary>
public sealed record Policy
{
    public required string Version { get; init; }

    public required IReadOnlyList<CategoryPolicy> Categories { get; init; }

    [JsonPropertyName("borderline")]
    public BorderlinePolicy? StatedBorderline { get; init; }

    /// <summary>As stated, else <see cref="BorderlinePolicy.Default"/>.</summary>
    [JsonIgnore]
    public BorderlinePolicy Borderline => StatedBorderline ?? BorderlinePolicy.Default;

    /// <summary>As the category says; one that the policy does not name is restricted where it is <c>sexual/minors</c>.</summary>
    public bool Restricts(string category) =>
        Categories.FirstOrDefault(own => own.Category == category)?.Restricted ?? category == Category.SexualMinors;
}

/// <summary>One category as the policy's owner defines it, in sentences that a reviewer or an LLM can be given as they are.</summary>
public sealed record CategoryPolicy
{
    public required string Category { get; init; }

    public required string Definition { get; init; }

    public IReadOnlyList<string> Violates { get; init => field = value ?? []; } = [];

    public IReadOnlyList<string> DoesNotViolate { get; init => field = value ?? []; } = [];

    /// <summary>Never exported, trained on, shown in an ordinary queue or sent to a third party; null where the category says it itself.</summary>
    [JsonPropertyName("restricted")]
    public bool? StatedRestricted { get; init; }

    /// <summary>As stated; else <c>sexual/minors</c> is and no other.</summary>
    [JsonIgnore]
    public bool Restricted => StatedRestricted ?? Category == Policies.Category.SexualMinors;
}
