using Moderato.Classification;

namespace Moderato.Releases;

/// <summary>What is known of one content on its way through the tiers. What it says so far is a decision at any moment.</summary>
public sealed record CascadeState
{
    /// <summary>As the release's languages and thresholds know it.</summary>
    public required string Language { get; init; }

    public string? Surface { get; init; }

    /// <summary>Probabilities, in the order of <see cref="Cascade.Categories"/>; NaN where nothing judged.</summary>
    public required IReadOnlyList<double> Scores { get; init; }

    /// <summary>By category and then tier, what each tier said by itself.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> ByTier { get; init; }

    public required CascadeVerdict Verdict { get; init; }

    /// <summary>The tier that decided.</summary>
    public required string Tier { get; init; }

    /// <summary>What became of each later tier that was to be asked, in order.</summary>
    public IReadOnlyList<TierStep> Steps { get; init; } = [];

    /// <summary>A tier failed and the release refuses to decide without it.</summary>
    public bool Refused { get; init; }
}

/// <summary>One later tier's part in a decision.</summary>
/// <param name="Categories">Those that it was asked about.</param>
/// <param name="Combined">The categories whose probability rests on earlier tiers' scores too.</param>
/// <param name="Became">Where the content went, when the tier did not judge.</param>
public sealed record TierStep(string Tier, IReadOnlyList<string> Categories, TierOutcome Outcome, IReadOnlyList<string> Combined, OnFailure? Became);
