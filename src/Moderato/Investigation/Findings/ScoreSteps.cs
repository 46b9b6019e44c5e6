using Moderato.Statistics.Intervals;

namespace Moderato.Investigation.Findings;

/// <summary>How finely the scores of the current period can be cut: a threshold exists only where scores lie on both sides of it.</summary>
/// <param name="Distinct">Distinct scores, to the four decimals in which scores are kept.</param>
/// <param name="IsCoarse">Half of the flagged contents or more stand on a few scores: a threshold takes a whole step or nothing of it.</param>
/// <param name="ShareOfFlags">Of the flagged contents, those that stand on one of <paramref name="Steps"/>.</param>
/// <param name="Steps">The scores that many flagged contents share, rising.</param>
/// <param name="Gaps">Between one step and the next, rising.</param>
public sealed record ScoreSteps(
    int Distinct, bool IsCoarse, double ShareOfFlags, IReadOnlyList<ScoreStep> Steps, IReadOnlyList<StepGap> Gaps);

/// <param name="ShareOfFlags">Of the flagged contents.</param>
/// <param name="ShareOfFalsePositives">Of the false positives, weighted; null where no rate may be estimated.</param>
/// <param name="Violating">What the score means: the share of the contents with it that violates.</param>
public sealed record ScoreStep(double Score, double ShareOfFlags, double? ShareOfFalsePositives, Rate Violating);

/// <param name="ShareOfFlags">Of the flagged contents, those with a score strictly between; where it is 0, every cut in (Above, UpTo] decides alike.</param>
public sealed record StepGap(double Above, double UpTo, double ShareOfFlags);
