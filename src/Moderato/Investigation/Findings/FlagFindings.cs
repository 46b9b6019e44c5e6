using System.Text.Json.Serialization;
using Moderato.Statistics.Intervals;

namespace Moderato.Investigation.Findings;

/// <summary>What one release flagged: no label is needed for it.</summary>
/// <param name="From">Its first decision in the log; null without times.</param>
/// <param name="To">Its last.</param>
public sealed record ReleaseFlags(
    string Release, long Contents, Rate FlagRate,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? From,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? To);

/// <summary>One text with its near-duplicates, counted: copies are one draw, so they are told and not tested.</summary>
/// <param name="ExampleId">The first flagged copy.</param>
/// <param name="Contents">Copies in the current period.</param>
/// <param name="ReferenceContents">Copies in the reference; 0 where there is none.</param>
/// <param name="ShareOfFlags">Of the flagged contents of the current period.</param>
/// <param name="ShareOfFalsePositives">Of its false positives, weighted; null where no rate may be estimated.</param>
public sealed record RepeatedText(
    string ExampleId, long Contents, long Flagged, long ReferenceContents, long ReferenceFlagged, double ShareOfFlags,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? ShareOfFalsePositives);

/// <summary>The change of the flag rate as what the scores did and what the cut did: current less reference, in shares of all content.</summary>
/// <param name="FromScores">At the reference's cut, current less reference.</param>
/// <param name="FromCut">In the current period, at today's cut less at the reference's.</param>
public sealed record FlagRateSplit(double ReferenceCut, double Cut, Rate Change, Rate FromScores, Rate FromCut);
