namespace Moderato.Statistics.Thresholds;

/// <summary>
/// Two thresholds over score bins: bin i is safe for i &lt; review_from, reviewed up to block_from, blocked from there on.
/// harm = CostFalseBlock · safe(blocked) + CostMissed · violating(allowed) + CostReview · items(reviewed), and where reviewers err
/// + CostFalseBlock · ErrorOnSafe · safe(reviewed) + CostMissed · ErrorOnViolating · violating(reviewed).
/// </summary>
/// <param name="Safe">Mass of truly safe content per bin.</param>
/// <param name="Violating">Mass of truly violating content per bin.</param>
/// <param name="ReviewItems">Reviews that a bin needs when it is reviewed: usually all its contents, labelled or not.</param>
/// <param name="Capacity">Most reviews, in the unit of <paramref name="ReviewItems"/>; +∞ for no limit.</param>
/// <param name="MostFalseBlocks">Optional limit on safe(blocked).</param>
/// <param name="MostMissed">Optional limit on violating(allowed).</param>
public sealed record ThresholdProblem(
    IReadOnlyList<double> Safe, IReadOnlyList<double> Violating, IReadOnlyList<double> ReviewItems,
    double CostFalseBlock, double CostMissed, double CostReview, double Capacity,
    double? MostFalseBlocks = null, double? MostMissed = null)
{
    /// <summary>Share of the safe contents under review that the reviewer blocks.</summary>
    public double ErrorOnSafe { get; init; }

    /// <summary>Share of the violating contents under review that the reviewer lets pass.</summary>
    public double ErrorOnViolating { get; init; }
}
