using System.Text.Json.Serialization;
using Moderato.Statistics.Intervals;

namespace Moderato.Investigation.Findings;

/// <summary>Step 2: whether the content is another than before, or than the model was made for. Also what <c>drift --json</c> prints.</summary>
public sealed record ShiftFinding(
    TextShift? Text,
    ScoreShift? Score,
    IReadOnlyList<ColumnShift> Columns,
    FprAttribution? Attribution,
    IReadOnlyList<Burst> Bursts,
    IReadOnlyList<Flood> Floods)
{
    /// <summary>The days of the log in order, where it has times.</summary>
    public IReadOnlyList<DayFinding> Days { get; init; } = [];
}

/// <param name="FlagRate">Flagged of all contents of the day; null where the content has not been decided.</param>
public sealed record DayFinding(DateOnly Day, long Contents, Rate? FlagRate)
{
    /// <summary>Most of its contents belong to the reference.</summary>
    public bool IsReference { get; init; }
}

/// <param name="Auc">AUC of the cross-fitted domain classifier, current against reference; .5 means that they cannot be told apart.</param>
/// <param name="Terms">The n-grams that give the current content away, most telling first.</param>
public sealed record TextShift(double Auc, double Low, double High, double P, IReadOnlyList<string> Terms);

/// <param name="Statistic">Kolmogorov–Smirnov D.</param>
/// <param name="Effect">Wasserstein distance over the reference's standard deviation.</param>
public sealed record ScoreShift(double Statistic, double Effect, double P, double MeanReference, double MeanCurrent)
{
    /// <summary>20 bins of .05 over all contents, current and reference.</summary>
    public IReadOnlyList<ScoreBand> Bands { get; init; } = [];

    /// <summary>What of the flag rate's change came from the scores and what from the cut; null where a period's cut is not known.</summary>
    public FlagRateSplit? Flags { get; init; }
}

/// <param name="Statistic">χ² for categories, Kolmogorov–Smirnov D for numbers.</param>
/// <param name="Effect">Bias-corrected Cramér's V for categories, Wasserstein/σ for numbers.</param>
/// <param name="Q">Benjamini–Hochberg adjusted over the columns.</param>
public sealed record ColumnShift(string Column, double Statistic, double Effect, double P, double Q);

/// <summary>ΔFPR = mix + rate, exactly, over the slices of one column.</summary>
public sealed record FprAttribution(Rate Change, Rate Mix, Rate Rate, string By, IReadOnlyList<SliceAttribution> Slices);

public sealed record SliceAttribution(IReadOnlyDictionary<string, string> Where, double Mix, double Rate);

/// <summary>Terms whose daily rate jumps: their dates and their part of the flags.</summary>
/// <param name="From">First day, UTC.</param>
/// <param name="To">Last day, UTC; the burst lasts until its end.</param>
/// <param name="ShareOfFlags">Of the flagged contents of the current period, those that hold a term within these days.</param>
/// <param name="ShareOfFalsePositives">The same of its false positives, weighted; null where no rate may be estimated.</param>
public sealed record Burst(
    IReadOnlyList<string> Terms, DateTimeOffset From, DateTimeOffset To, double ShareOfFlags, double? ShareOfFalsePositives)
{
    /// <summary>Contents with such a term within these days.</summary>
    public long Contents { get; init; }

    /// <summary>Flagged, of these contents; null where content has not been decided.</summary>
    public Rate? FlagRate { get; init; }
}

/// <summary>One text, or near-duplicates of it, posted over and over.</summary>
/// <param name="Authors">Distinct authors; 0 where the log does not say who they are.</param>
public sealed record Flood(
    string ExampleId, long Contents, long Authors,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? From,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? To)
{
    /// <summary>Flagged, of these contents; null where content has not been decided.</summary>
    public long? Flagged { get; init; }
}
