namespace Moderato.Decisions;

/// <summary>What a decision's <see cref="Decision.Tier"/> may say beside the tiers of a release.</summary>
public static class OtherTier
{
    /// <summary>A person decided on the same text under the same policy version before.</summary>
    public const string Person = "person";

    /// <summary>Another system decided (observe mode) and did not name its tier.</summary>
    public const string External = "external";
}
