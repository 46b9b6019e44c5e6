using Moderato.Statistics.Agreement;
using Moderato.Statistics.Sampling;

namespace Moderato.Statistics.Tests.Agreement;

public sealed class AgreementTests
{
    [Fact]
    public void Agreement_does_not_depend_on_the_order_of_items_or_on_who_is_first()
    {
        int[] a = [0, 1, 2, 2, 1, 0, 1], b = [0, 1, 1, 2, 1, 2, 1];
        double kappa = CohenKappa.Of(a, b, weight: DisagreementWeight.Linear).Value;

        Assert.Equal(kappa, CohenKappa.Of(b, a, weight: DisagreementWeight.Linear).Value, 1e-12);
        Assert.Equal(kappa, CohenKappa.Of([.. a.Reverse()], [.. b.Reverse()], weight: DisagreementWeight.Linear).Value, 1e-12);
    }

    [Fact]
    public void An_item_of_weight_two_is_two_items() => Assert.Equal(
        CohenKappa.Of([0, 1, 1, 1], [0, 1, 0, 0]).Value, CohenKappa.Of([0, 1, 1], [0, 1, 0], [1, 1, 2]).Value, 1e-12);

    [Fact]
    public void Nothing_rated_has_no_agreement()
    {
        Assert.IsType<Outcome<double>.Undefined>(CohenKappa.Of([], []));
        Assert.IsType<Outcome<double>.Undefined>(KrippendorffAlpha.Of([], MeasurementLevel.Nominal));
        Assert.Throws<ArgumentException>(() => FleissKappa.Of([]));
        Assert.Empty(MajorityVote.Of([], 2));
        Assert.Throws<ArgumentException>(() => DawidSkene.Fit([], 2));
    }

    [Fact]
    public void A_rating_that_is_no_number_is_refused() => Assert.Contains(
        "not a number", Assert.Throws<ArgumentException>(() => KrippendorffAlpha.Of([[double.NaN, 1]], MeasurementLevel.Nominal)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_interval_of_alpha_holds_the_alpha_of_the_population_about_as_often_as_it_says()
    {
        // Two raters who each err in one of ten: α = 1 − 2 · .1 · .9 / (2 · ½ · ½), with half of the contents violating.
        double truth = 1 - (2 * .1 * .9 / .5);
        var random = new SplitMix64(3);
        int holds = 0;
        for (int trial = 0; trial < 200; trial++)
        {
            var units = new List<double[]>();
            for (int unit = 0; unit < 120; unit++)
            {
                double label = random.NextDouble() < .5 ? 1 : 0;
                units.Add([Said(label, ref random), Said(label, ref random)]);
            }

            holds += KrippendorffAlpha.Bootstrap(units, MeasurementLevel.Nominal, 200, (ulong)trial).Value.Contains(truth) ? 1 : 0;
        }

        Assert.InRange(holds, 180, 199);

        static double Said(double label, ref SplitMix64 random) => random.NextDouble() < .1 ? 1 - label : label;
    }

    [Fact]
    public void Errors_of_reviewers_are_found_without_the_truth()
    {
        // Four reviewers, the last says violating half of the time whatever the content is.
        var random = new SplitMix64(5);
        var ratings = new List<Rating>();
        for (int task = 0; task < 3_000; task++)
        {
            int truth = random.NextDouble() < .3 ? 1 : 0;
            ratings.Add(new(task, 0, random.NextDouble() < .05 ? 1 - truth : truth));
            ratings.Add(new(task, 1, random.NextDouble() < .1 ? 1 - truth : truth));
            ratings.Add(new(task, 2, random.NextDouble() < .15 ? 1 - truth : truth));
            ratings.Add(new(task, 3, random.NextDouble() < .5 ? 1 - truth : truth));
        }

        var fit = DawidSkene.Fit(ratings, 2);

        Assert.Equal(.3, fit.Priors[1], .03);
        Assert.Equal(.05, fit.Confusion[0][0][1], .03);
        Assert.Equal(.1, fit.Confusion[1][0][1], .03);
        Assert.Equal(.5, fit.Confusion[3][0][1], .05);
    }
}
