using Moderato.Investigation.Findings;
using Moderato.Statistics.Intervals;

namespace Moderato.Investigation.Confidence;

/// <summary>Step 3 with what the diagnosis needs of it beside what is reported.</summary>
/// <param name="ThresholdMove">By how much both cuts move for <see cref="ConfidenceFinding.RemovableByThreshold"/>, the mean of the two halves; null where none may.</param>
/// <param name="MappedCut">The current score that stands where the reference's cut stood; null without a map.</param>
/// <param name="Uniformity">How far one map undoes the change in every slice alike, 1 at best; NaN without a map.</param>
/// <param name="InSlices">What scores said and what was so inside the slices that step 1 found.</param>
public sealed record ConfidenceEvidence(
    ConfidenceFinding Finding, double? ThresholdMove, double? MappedCut, double Uniformity,
    IReadOnlyList<SliceCalibration> InSlices, IReadOnlyList<NotAssessed> NotAssessed);

/// <param name="MeanScore">Weighted mean score of the labelled contents of the slice.</param>
/// <param name="Observed">Share of them that violates.</param>
public sealed record SliceCalibration(IReadOnlyDictionary<string, string> Where, double MeanScore, Rate Observed);
