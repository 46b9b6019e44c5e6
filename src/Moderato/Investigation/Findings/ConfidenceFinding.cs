using System.Text.Json.Serialization;
using Moderato.Statistics.Intervals;

namespace Moderato.Investigation.Findings;

/// <summary>Step 3: how sure the model is where it is wrong. Null figures: not assessable, and <c>notAssessed</c> says why.</summary>
/// <param name="Margins">score − block_from over the false positives.</param>
/// <param name="LowShare">Share of the false positives within .15 of block_from.</param>
/// <param name="HighShare">Share of the false positives scored .85 or more.</param>
/// <param name="CalibrationP">p-value of the calibration test.</param>
/// <param name="RemovableByThreshold">Share of the excess false positives that the best move of the cuts removes on held-out rows.</param>
/// <param name="RemovableByCalibration">Share of the excess that a monotone map back to the reference removes on held-out rows.</param>
public sealed record ConfidenceFinding(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Margins? Margins,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? LowShare,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? HighShare,
    Rate Ece,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? CalibrationP,
    Rate RemovableByThreshold, Rate RemovableByCalibration)
{
    /// <summary>Equal-mass reliability bins, for the picture.</summary>
    public IReadOnlyList<ReliabilityBin> Reliability { get; init; } = [];

    /// <summary>How finely the scores can be cut; null without scores.</summary>
    public ScoreSteps? Resolution { get; init; }

    /// <summary>What scores said and what was so inside the slices of step 1, in their order.</summary>
    public IReadOnlyList<SliceCalibration> InSlices { get; init; } = [];

    /// <summary>Where the false positives' scores lie: 20 bins of .05, current and (where known) reference.</summary>
    public IReadOnlyList<ScoreBand> FalsePositiveScores { get; init; } = [];
}

public sealed record Margins(double P10, double P50, double P90);

public sealed record ReliabilityBin(double MeanScore, Rate Observed);

/// <param name="MeanScore">Weighted mean score of the labelled contents of the slice.</param>
/// <param name="Observed">Share of them that violates.</param>
public sealed record SliceCalibration(IReadOnlyDictionary<string, string> Where, double MeanScore, Rate Observed);

/// <param name="Share">Share of the contents (or of the false positives) with a score in [From, To); the last band includes 1.</param>
public sealed record ScoreBand(double From, double To, double Share, double? ReferenceShare);
