using System.Text.Json.Serialization;
using Moderato.Statistics.Intervals;

namespace Moderato.Investigation.Findings;

/// <summary>Step 1: what the false positives are.</summary>
/// <param name="Sample">The seeded random sample of false positives for hand-coding.</param>
/// <param name="Codes">Shares of the codes, once the sheet came back coded; null before.</param>
/// <param name="Slices">Slices found on one half and tested on the other, worst first.</param>
public sealed record PatternsFinding(
    IReadOnlyList<SampledContent> Sample, IReadOnlyList<CodeShare>? Codes, IReadOnlyList<SliceFinding> Slices);

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
    double Q, double ExcessShare, IReadOnlyList<string> Examples);
