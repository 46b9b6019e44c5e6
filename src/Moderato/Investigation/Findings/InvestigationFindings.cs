using System.Text.Json.Serialization;
using Moderato.Statistics.Intervals;

namespace Moderato.Investigation.Findings;

/// <summary>Everything an investigation found: what <c>investigate --json</c> prints and <c>report.json</c> holds (CONTRACT).</summary>
public sealed record InvestigationFindings(
    InputFinding Input,
    RatesFinding Rates,
    PatternsFinding Patterns,
    ShiftFinding Shift,
    ConfidenceFinding Confidence,
    IReadOnlyList<Diagnosis> Diagnosis,
    IReadOnlyList<Remedy> Plan,
    IReadOnlyList<NotAssessed> NotAssessed,
    IReadOnlyList<LabelNext> LabelNext)
{
    /// <summary>One sentence that answers "why so many?", how sure, and what to do now.</summary>
    public required string Answer { get; init; }

    /// <summary>The category analysed; empty when the log names none.</summary>
    public required string Category { get; init; }

    /// <summary>The file's other categories, worst first; null where there is one.</summary>
    public IReadOnlyList<InvestigationFindings>? Others { get; init; }
}

/// <param name="Rows">Rows of this category in the file, readable or not.</param>
/// <param name="Clusters">Near-duplicate clusters among the contents, or null where there is no text.</param>
/// <param name="ScoreResolution">Distinct scores seen; null where there are no scores.</param>
public sealed record InputFinding(
    long Rows, long Read, long Rejected, long Labelled,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] long? Clusters,
    PeriodCounts Period,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? ScoreResolution)
{
    /// <summary>Today's lower cut; null where there is no queue or the log came without cuts.</summary>
    public double? ReviewFrom { get; init; }

    /// <summary>Today's upper cut, from which a content is flagged.</summary>
    public double? BlockFrom { get; init; }
}

public sealed record PeriodCounts(long Reference, long Current);

/// <param name="Which">One sentence for each number that people call "the false-positive rate".</param>
public sealed record RatesFinding(
    Rate FlagRate,
    Rate? Fpr,
    Rate? Fnr,
    Rate? FalseDiscoveryShare,
    Rate? ContestedShare,
    Rate? ReferenceFpr,
    Rate? ReferenceFnr,
    IReadOnlyList<string> Which)
{
    /// <summary>The same with its parts, in the same order.</summary>
    public IReadOnlyList<FprMeaning> Meanings { get; init; } = [];

    /// <summary>How the numbers that people call "the false-positive rate" come from the same contents; empty where nothing was counted.</summary>
    public string Reconciled { get; init; } = "";

    /// <summary>What labels allow that carry no rate; null where the labels carry one, or where there are none.</summary>
    public LabelBounds? Bounds { get; init; }

    public Rate? ReviewShare { get; init; }

    public Rate? ReferenceFlagRate { get; init; }

    /// <summary>How the reviewers of the current period vote, by verdict; empty where no content has several votes.</summary>
    public IReadOnlyList<VerdictAgreement> Agreement { get; init; } = [];

    /// <summary>The highest acceptable FPR as the operator stated it; then the yardstick.</summary>
    public double? ObjectiveFpr { get; init; }

    /// <summary>What each release flagged, in the order in which they began; empty where the log has no two.</summary>
    public IReadOnlyList<ReleaseFlags> Releases { get; init; } = [];

    /// <summary>Where the flag rate moved most, label-free: what is flagged more than before.</summary>
    public IReadOnlyList<FlagRateChange> FlagRateChanges { get; init; } = [];
}

/// <param name="Where">Column → value of the slice.</param>
/// <param name="Difference">Current less reference flag rate inside the slice; null where the reference has no such content.</param>
/// <param name="ExcessShare">The slice's part of the additional flags, each flag counted once in the order of the list.</param>
public sealed record FlagRateChange(
    IReadOnlyDictionary<string, string> Where, Rate FlagRate, Rate ReferenceFlagRate, double? Difference, double ExcessShare)
{
    /// <summary>Newcombe's interval of <see cref="Difference"/>; null where the reference has no such content.</summary>
    public Interval? DifferenceInterval { get; init; }

    /// <summary>Benjamini–Hochberg adjusted p-value of the slice's share of the flags having risen; null for a flood, which is counted and not inferred.</summary>
    public double? Q { get; init; }
}

/// <summary>A reason why something could not be assessed, and what would make it possible.</summary>
public sealed record NotAssessed(string What, string Why)
{
    /// <summary>One of <see cref="Steps"/> where it belongs to one.</summary>
    public string? Step { get; init; }

    /// <summary>The labels are the reason: who labelled should read why, not only what.</summary>
    [JsonIgnore]
    public bool IsOfLabels { get; init; }
}

public static class Steps
{
    public const string Patterns = "patterns";
    public const string Shift = "shift";
    public const string Confidence = "confidence";
}

/// <param name="What">Which contents to label next.</param>
/// <param name="Additional">How many more.</param>
public sealed record LabelNext(string What, long Additional);
