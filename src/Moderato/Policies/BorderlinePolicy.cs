using System.Text.Json.Serialization;

namespace Moderato.Policies;

/// <summary>What the platform does with borderline content while it waits for a person, and when nobody came in time.</summary>
public sealed record BorderlinePolicy
{
    /// <summary>People see it meanwhile, and go on seeing it: what wrongly waits must not be the harm it is meant to prevent.</summary>
    public static BorderlinePolicy Default { get; } = new();

    public WaitingAction WhileWaiting { get; init; } = WaitingAction.Publish;

    public double ExpiresAfterHours { get; init; } = 72;

    public WaitingAction AtExpiry { get; init; } = WaitingAction.Publish;

    [JsonIgnore]
    public TimeSpan ExpiresAfter => TimeSpan.FromHours(ExpiresAfterHours);
}

/// <summary>Publish: as if it were safe. Limit: its author and whoever follows a link see it. Hold: its author alone sees it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WaitingAction>))]
public enum WaitingAction : byte
{
    [JsonStringEnumMemberName("publish")]
    Publish,

    [JsonStringEnumMemberName("limit")]
    Limit,

    [JsonStringEnumMemberName("hold")]
    Hold,
}
