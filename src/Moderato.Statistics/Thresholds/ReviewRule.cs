namespace Moderato.Statistics.Thresholds;

/// <summary>What is best done with one content.</summary>
public enum BestVerdict
{
    Allow,

    Review,

    Block,
}

/// <summary>
/// The rule for known probabilities: blocking costs c_FP (1 − p), allowing c_FN p, and a review its own cost, what its errors cost,
/// and μ, what the capacity it takes would have saved elsewhere (the shadow price of a review).
/// </summary>
/// <param name="ReviewerError">Share of the reviews that end in the wrong verdict.</param>
/// <param name="ShadowPrice">μ; 0 where the capacity is no limit.</param>
public readonly record struct ReviewRule(double CostFalseBlock, double CostMissed, double CostReview, double ReviewerError = 0, double ShadowPrice = 0)
{
    /// <summary>Review iff c_R + μ + e (c_FP (1 − p) + c_FN p) is less than either alternative; of equal alternatives allow.</summary>
    /// <param name="p">Probability that the content violates.</param>
    public BestVerdict Of(double p)
    {
        if (!(p is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(p), p, "A probability lies in [0,1].");
        }

        double block = CostFalseBlock * (1 - p), allow = CostMissed * p;
        double review = CostReview + ShadowPrice + (ReviewerError * (block + allow));
        return review < Math.Min(block, allow) ? BestVerdict.Review : block < allow ? BestVerdict.Block : BestVerdict.Allow;
    }
}
