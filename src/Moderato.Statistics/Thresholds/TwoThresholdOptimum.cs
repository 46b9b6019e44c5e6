namespace Moderato.Statistics.Thresholds;

/// <summary>
/// The exact optimum of two thresholds under a review capacity. Harm separates as A(review_from) + B(block_from), so a
/// sliding-window minimum finds it in one pass over the bins. All sums are exact (the given doubles as integers over a common
/// power of two), so it equals brute force on every input, ties included: fewer reviews first, then the larger block_from,
/// then the larger review_from.
/// </summary>
public static class TwoThresholdOptimum
{
    /// <exception cref="ArgumentException">Lengths differ, or a mass or cost is NaN, infinite or negative.</exception>
    public static ThresholdChoice Find(ThresholdProblem problem) => new ThresholdSearch(problem).Find(problem.Capacity);

    /// <summary>The optimum at each of several capacities: what a capacity is worth. The prefix sums are made once.</summary>
    public static IReadOnlyList<ThresholdChoice> Find(ThresholdProblem problem, IReadOnlyList<double> capacities)
    {
        var search = new ThresholdSearch(problem);
        return [.. capacities.Select(search.Find)];
    }

    /// <summary>
    /// The capacity beyond which no review is worth its cost: the reviews of the optimum without a limit.
    /// </summary>
    public static double WorthwhileReviews(ThresholdProblem problem) =>
        new ThresholdSearch(problem).Find(double.PositiveInfinity) is ThresholdChoice.Optimal optimum ? optimum.Reviews : 0;
}
