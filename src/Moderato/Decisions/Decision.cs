namespace Moderato.Decisions;

/// <summary>The immutable record of one content under one release. It holds no text, so that erasing texts leaves every count true.</summary>
public sealed record Decision
{
    /// <summary>Its place in the log: unique, and what its public id is made of.</summary>
    public required long Sequence { get; init; }

    public required int Workspace { get; init; }

    public required string ContentId { get; init; }

    /// <summary>0 for the first decision on a content; each later one, under another release, is one higher.</summary>
    public int Revision { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>The category that gave the verdict; null when none could be judged.</summary>
    public required string? Category { get; init; }

    /// <summary>By category, to 4 decimals; one that was not judged is absent.</summary>
    public required IReadOnlyDictionary<string, double> Scores { get; init; }

    /// <summary>The tier that decided; <see cref="OtherTier.Person"/> where a person's verdict on the same text did.</summary>
    public required string Tier { get; init; }

    public required string Release { get; init; }

    public required string Policy { get; init; }

    public required DecisionOrigin Origin { get; init; }

    public required string Language { get; init; }

    public string? Surface { get; init; }

    /// <summary>A keyed hash of the author's id: enough to count and to find by, too little to know who it is.</summary>
    public long? Author { get; init; }

    public required ContentFingerprint Fingerprint { get; init; }

    public long LatencyMicroseconds { get; init; }

    /// <summary>What paid tiers cost, in millionths of the currency that the release prices in.</summary>
    public long CostMicros { get; init; }

    /// <summary>What each further tier answered or failed with, as JSON; null where only the first was asked.</summary>
    public string? TierDetail { get; init; }
}

/// <summary>Where a verdict came from.</summary>
public enum DecisionOrigin : byte
{
    /// <summary>A release of ours decided.</summary>
    Release,

    /// <summary>Another system decided and told us (observe mode).</summary>
    Recorded,

    /// <summary>A release decided a content that had a decision already (redecide).</summary>
    Redecided,

    /// <summary>A release decided as far as its tiers had come when the caller's time ran out. The final decision follows and is the one that is counted.</summary>
    Provisional,
}
