using System.Text.Json.Serialization;
using Moderato.Statistics.Intervals;

namespace Moderato.Investigation.Findings;

/// <summary>Step 1: what the false positives are.</summary>
/// <param name="Sample">The seeded random sample of false positives for hand-coding.</param>
/// <param name="Codes">Shares of the codes, once the sheet came back coded; null before.</param>
/// <param name="Slices">Slices found on one half and tested on the other, worst first.</param>
public sealed record PatternsFinding(
    IReadOnlyList<SampledContent> Sample, IReadOnlyList<CodeShare>? Codes, IReadOnlyList<SliceFinding> Slices)
{
    /// <summary>False where no false positive is known and the sample is of what was flagged.</summary>
    [JsonIgnore]
    public bool SampleIsOfFalsePositives { get; init; } = true;

    /// <summary>SliceLine's exact top k, where they were asked for; ties with the last are all there.</summary>
    public IReadOnlyList<TopSlice>? TopSlices { get; init; }

    /// <summary>The texts whose copies hold most flags.</summary>
    public IReadOnlyList<RepeatedText> Clusters { get; init; } = [];
}

public sealed record SampledContent(string Id, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? Score);

public sealed record CodeShare(string Code, Rate Share);

/// <param name="Where">Feature → value, one to three conditions.</param>
/// <param name="N">Truly safe labelled rows of the slice in the testing half.</param>
/// <param name="Lift">FPR of the slice over FPR of the rest of the safe content.</param>
/// <param name="Q">Benjamini–Hochberg adjusted p-value on the testing half.</param>
/// <param name="ExcessShare">The slice's part of the excess over the yardstick.</param>
/// <param name="Examples">Ids of false positives in the slice.</param>
public sealed record SliceFinding(
    IReadOnlyDictionary<string, string> Where, long N, long FalsePositives, Rate Fpr,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? Lift,
    double Q, double ExcessShare, IReadOnlyList<string> Examples)
{
    /// <summary>95% interval of <see cref="Lift"/>; null where it is not known.</summary>
    public Interval? LiftInterval { get; init; }
}

/// <summary>One of SliceLine's best over all labelled false positives, neither tested nor held out: for comparison with other tools.</summary>
/// <param name="Score">α((e_S/|S|)/ē − 1) − (1 − α)(n/|S| − 1), α = .95.</param>
/// <param name="N">Safe contents in it, one a near-duplicate cluster.</param>
public sealed record TopSlice(IReadOnlyDictionary<string, string> Where, double Score, long N, long FalsePositives);
