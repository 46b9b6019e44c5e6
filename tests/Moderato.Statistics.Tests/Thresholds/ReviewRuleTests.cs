using CsCheck;
using Moderato.Statistics.Thresholds;

namespace Moderato.Statistics.Tests.Thresholds;

public sealed class ReviewRuleTests
{
    private const int Bins = 200;

    [Fact]
    public void Decides_each_bin_as_the_exact_optimum_of_calibrated_scores_does() =>
        Gen.Select(Gen.Double[.1, 5], Gen.Double[.1, 5], Gen.Double[.01, .6], Gen.Double[0, .2]).Sample((fp, fn, review, error) =>
        {
            double[] p = [.. Enumerable.Range(0, Bins).Select(i => (i + .5) / Bins)], ones = [.. p.Select(_ => 1.0)];
            var optimum = (ThresholdChoice.Optimal)TwoThresholdOptimum.Find(
                new([.. p.Select(share => 1 - share)], p, ones, fp, fn, review, double.PositiveInfinity) { ErrorOnSafe = error, ErrorOnViolating = error });
            var rule = new ReviewRule(fp, fn, review, error);
            return p.Select((share, bin) => (Rule: rule.Of(share), Bin: bin)).All(one => one.Rule ==
                (one.Bin >= optimum.BlockFrom ? BestVerdict.Block : one.Bin >= optimum.ReviewFrom ? BestVerdict.Review : BestVerdict.Allow)
                || Near(rule, p[one.Bin]));
        }, iter: 200);

    [Fact]
    public void The_price_of_the_capacity_makes_reviews_rarer()
    {
        int Reviews(double price) => Enumerable.Range(0, 101).Count(i => new ReviewRule(1, 1, .1, 0, price).Of(i / 100.0) == BestVerdict.Review);

        Assert.Equal([79, 39, 0], [Reviews(0), Reviews(.2), Reviews(.5)]);
    }

    [Fact]
    public void No_probability_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new ReviewRule(1, 1, 1).Of(double.NaN));

    /// <summary>Alternatives that cost the same to rounding.</summary>
    private static bool Near(ReviewRule rule, double p)
    {
        double block = rule.CostFalseBlock * (1 - p), allow = rule.CostMissed * p, review = rule.CostReview + (rule.ReviewerError * (block + allow));
        return Math.Min(Math.Abs(block - allow), Math.Min(Math.Abs(review - block), Math.Abs(review - allow))) < 1e-9;
    }
}
