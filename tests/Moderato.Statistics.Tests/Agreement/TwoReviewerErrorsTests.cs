using CsCheck;
using Moderato.Statistics.Agreement;
using Moderato.Statistics.Sampling;

namespace Moderato.Statistics.Tests.Agreement;

public sealed class TwoReviewerErrorsTests
{
    [Fact]
    public void Expected_counts_give_the_errors_that_made_them() => Gen.Select(Gen.Double[.6, .99], Gen.Double[.6, .99], Gen.Double[.01, .3], Gen.Double[.5, .95]).Sample(
        (s, t, low, high) =>
        {
            var found = TwoReviewerErrors.Of([Expected(1_000, low, s, t), Expected(1_000, high, s, t)]).Value;
            return Math.Abs(found.Sensitivity - s) < .02 && Math.Abs(found.Specificity - t) < .02 && Math.Abs(found.Violating[1] - high) < .02;
        }, iter: 100);

    [Fact]
    public void Only_the_ratios_of_the_weights_and_no_order_of_the_strata_matter()
    {
        JudgedTwice[] strata = [new(5, 20, 400), new(30, 25, 60), new(90, 20, 12)];
        var one = TwoReviewerErrors.Of(strata).Value;
        var scaled = TwoReviewerErrors.Of([.. strata.Select(stratum => new JudgedTwice(stratum.Both * .37, stratum.Split * .37, stratum.Neither * .37))]).Value;
        var turned = TwoReviewerErrors.Of([.. strata.Reverse()]).Value;

        Assert.Equal(one.Sensitivity, scaled.Sensitivity, 1e-6);
        Assert.Equal(one.Specificity, turned.Specificity, 1e-6);
        Assert.Equal(one.Violating[0], turned.Violating[2], 1e-6);
    }

    [Fact]
    public void Perfect_agreement_is_no_error()
    {
        var found = TwoReviewerErrors.Of([new(10, 0, 90), new(80, 0, 20)]).Value;

        Assert.Equal((1, 1), (Math.Round(found.Sensitivity, 6), Math.Round(found.Specificity, 6)));
        Assert.Equal(.1, found.Violating[0], 1e-6);
    }

    [Fact]
    public void One_stratum_and_none_and_coins_are_undefined_with_a_reason()
    {
        Assert.Contains("Fewer than two verdicts", Assert.IsType<Outcome<TwoReviewerErrors>.Undefined>(TwoReviewerErrors.Of([])).Why, StringComparison.Ordinal);
        Assert.IsType<Outcome<TwoReviewerErrors>.Undefined>(TwoReviewerErrors.Of([new(0, 0, 0), new(10, 5, 10)]));
        Assert.Throws<ArgumentException>(() => TwoReviewerErrors.Of([new(double.NaN, 1, 1)]));
        Assert.Throws<ArgumentException>(() => TwoReviewerErrors.Of([new(-1, 1, 1), new(1, 1, 1)]));
    }

    [Fact]
    public void A_sample_of_labels_finds_the_errors_within_its_chance()
    {
        var random = new SplitMix64(5);
        var counts = new double[2, 3];
        for (int content = 0; content < 4_000; content++)
        {
            int stratum = content % 2;
            bool violating = random.NextDouble() < (stratum == 0 ? .05 : .7);
            bool Says() => random.NextDouble() < (violating ? .85 : .04);
            counts[stratum, (Says() ? 1 : 0) + (Says() ? 1 : 0)]++;
        }

        var found = TwoReviewerErrors.Of([new(counts[0, 2], counts[0, 1], counts[0, 0]), new(counts[1, 2], counts[1, 1], counts[1, 0])]).Value;

        Assert.InRange(found.Sensitivity, .82, .88);
        Assert.InRange(found.Specificity, .93, .99);
    }

    private static JudgedTwice Expected(double n, double q, double s, double t) => new(
        n * ((q * s * s) + ((1 - q) * (1 - t) * (1 - t))),
        n * 2 * ((q * s * (1 - s)) + ((1 - q) * t * (1 - t))),
        n * ((q * (1 - s) * (1 - s)) + ((1 - q) * t * t)));
}
