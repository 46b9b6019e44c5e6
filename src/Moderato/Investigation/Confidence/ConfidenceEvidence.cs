using Moderato.Investigation.Findings;

namespace Moderato.Investigation.Confidence;

/// <summary>Step 3 with what the diagnosis needs of it beside what is reported.</summary>
/// <param name="ThresholdMove">By how much both cuts move for <see cref="ConfidenceFinding.RemovableByThreshold"/>, the mean of the two halves; null where none may.</param>
/// <param name="MappedCut">The current score that stands where the reference's cut stood; null without a map.</param>
/// <param name="Uniformity">How far one map undoes the change in every slice alike, 1 at best; NaN without a map.</param>
public sealed record ConfidenceEvidence(
    ConfidenceFinding Finding, double? ThresholdMove, double? MappedCut, double Uniformity, IReadOnlyList<NotAssessed> NotAssessed);
