using System.Text.Json.Serialization;

namespace Moderato.Investigation.Findings;

/// <summary>A cause of the excess false positives.</summary>
/// <param name="Cause">One of <see cref="Causes"/>.</param>
/// <param name="Share">The part of the excess that it explains, counted once in rank order; null where there is no excess to share out.</param>
/// <param name="Trigger">What changed when, where something did.</param>
/// <param name="Statement">One sentence a lead can forward.</param>
public sealed record Diagnosis(
    string Cause,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? Share,
    Trigger? Trigger, string Statement, IReadOnlyList<string> Evidence);

/// <param name="Kind">release, provider, platform, event, flood, season, pipeline or unknown.</param>
/// <param name="Since">When it began, where the log has times.</param>
/// <param name="What">What changed, in words.</param>
public sealed record Trigger(
    string Kind,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? Since,
    string What);

/// <summary>The mechanisms that a diagnosis can name (CONTRACT).</summary>
public static class Causes
{
    public const string Threshold = "threshold";
    public const string Calibration = "calibration";
    public const string MixShift = "mix-shift";
    public const string NewContent = "new-content";
    public const string Slice = "slice";
    public const string LabelNoise = "label-noise";
    public const string Policy = "policy";
    public const string None = "none";
    public const string Inconclusive = "inconclusive";
}
