namespace Moderato.Classification;

/// <summary>
/// What asking a later tier came to. A failure is none of the verdicts: the release says where such content goes
///, and safe is not among the choices.
/// </summary>
public abstract record TierOutcome
{
    private TierOutcome()
    {
    }

    /// <param name="Scores">By category, in [0,1], as the model gave them and not calibrated; a category that it cannot judge is absent.</param>
    /// <param name="Confidence">What the scores stand on.</param>
    public sealed record Judged(IReadOnlyDictionary<string, double> Scores, ConfidenceSource Confidence) : TierOutcome;

    /// <param name="Fault">What went wrong.</param>
    public sealed record Failed(ProviderFault Fault) : TierOutcome;

    /// <param name="Why">What kept it from being asked.</param>
    public sealed record NotAsked(NotAskedBecause Why) : TierOutcome;
}

/// <summary>What a score stands on, best first.</summary>
public enum ConfidenceSource
{
    /// <summary>A classifier's own score.</summary>
    ModelScore,

    /// <summary>The probability of the token that says the verdict, against those that would have said another.</summary>
    TokenProbability,

    /// <summary>The share of several samples that said so.</summary>
    SampleAgreement,

    /// <summary>A number that the model wrote about itself.</summary>
    SelfReport,

    /// <summary>The verdict and nothing else: 1 or 0.</summary>
    VerdictOnly,
}

/// <summary>Why a tier was not asked.</summary>
public enum NotAskedBecause
{
    /// <summary>Longer than the tier may be given whole; what was cut off would never be judged.</summary>
    TooLong,

    /// <summary>The day's money is spent.</summary>
    CostCeiling,

    /// <summary>So many calls failed that it is given time to recover.</summary>
    CircuitOpen,

    /// <summary>As many wait already as may.</summary>
    QueueFull,

    /// <summary>The caller's time ran out first.</summary>
    Deadline,

    /// <summary>This node does not know its endpoint, or its files do not work here.</summary>
    NotConfigured,

    /// <summary>An earlier tier saw a category that must not leave this installation.</summary>
    Restricted,
}
