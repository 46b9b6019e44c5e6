namespace Moderato.Statistics.Thresholds;

/// <summary>
/// Conformal risk control (Angelopoulos et al. 2024): of candidates ordered from the safest on, with losses that never fall
/// along the order, the last one up to which (Σ loss + B) / (n + 1) ≤ α. Then the expected loss on the next content is at most
/// α: in expectation over calibration samples, not with a stated confidence. Labels must be a simple random sample.
/// </summary>
public static class ConformalRiskControl
{
    /// <summary>(Σ loss + B) / (n + 1): the risk with the next content's loss taken as the worst.</summary>
    public static double Bound(double lossSum, long n, double most = 1) => n >= 0 && lossSum >= 0 && lossSum <= (n * most) + 1e-9
        ? (lossSum + most) / (n + 1)
        : throw new ArgumentOutOfRangeException(nameof(lossSum), lossSum, $"The sum of {n} losses in [0, {most}] lies in [0, {n * most}].");

    /// <param name="lossSums">Sum of each candidate's losses over the n contents, safest first.</param>
    /// <param name="most">B, the greatest loss a content can have.</param>
    /// <returns>The candidate's index; undefined where not even the safest will do.</returns>
    public static Outcome<int> Choose(ReadOnlySpan<double> lossSums, long n, double alpha, double most = 1)
    {
        int reached = 0;
        while (reached < lossSums.Length && Bound(lossSums[reached], n, most) <= alpha)
        {
            reached++;
        }

        return reached > 0
            ? Outcome.Defined(reached - 1)
            : Outcome.Undefined<int>($"Infeasible: with {n} labels even the safest candidate may cost more than {alpha}; without any loss it takes {Math.Ceiling((most / alpha) - 1 - 1e-9)}.");
    }
}
