using Moderato.Statistics.Sampling;

namespace Moderato.Statistics.Tests.Sampling;

public sealed class AssistedTotalsTests
{
    private const int Rows = 4_000;
    private const int Labels = 400;

    /// <summary>One stratum; a fifth bears the mark, and the class is commoner there.</summary>
    private static (AssistedTotals Totals, double Truth, double PostStratified) Draw(Random random)
    {
        var totals = new AssistedTotals([0], [true]);
        double truth = 0, seen = 0;
        var order = Enumerable.Range(0, Rows).ToArray();
        random.Shuffle(order);
        for (int at = 0; at < Rows; at++)
        {
            bool marked = order[at] % 5 == 0, inClass = random.NextDouble() < (marked ? .9 : .7);
            totals.Count(0);
            if (marked)
            {
                totals.CountMark(0, 0, 1);
                truth += inClass ? 1 : 0;
            }

            if (at < Labels)
            {
                totals.Label(0, order[at], Rows / (double)Labels, inClass);
                if (marked)
                {
                    totals.LabelMark(0, order[at], Rows / (double)Labels, inClass, 0, 1);
                    seen += inClass ? 1 : 0;
                }
            }
        }

        return (totals, truth, Rows * seen / Labels);
    }

    [Fact]
    public void Knowing_who_is_marked_takes_most_of_the_variance_away_and_no_truth()
    {
        var random = new Random(1);
        var draws = Enumerable.Range(0, 300).Select(_ => Draw(random)).ToList();

        double bias = draws.Average(draw => draw.Totals.Totals[0, 1] - draw.Truth);
        double own = draws.Average(draw => Math.Pow(draw.Totals.Totals[0, 1] - draw.Truth, 2));
        double plain = draws.Average(draw => Math.Pow(draw.PostStratified - draw.Truth, 2));
        Assert.InRange(bias, -6, 6);
        Assert.True(own < plain / 3, $"mean square error {own:0} against {plain:0}");
    }

    [Fact]
    public void Its_standard_error_covers_the_truth_at_the_nominal_level()
    {
        var random = new Random(2);
        int covered = 0;
        const int trials = 400;
        for (int trial = 0; trial < trials; trial++)
        {
            var (totals, truth, _) = Draw(random);
            var (estimate, error) = totals.Jackknife(t => t[0, 1]);
            covered += Math.Abs(estimate - truth) <= 1.96 * error ? 1 : 0;
        }

        Assert.InRange(covered / (double)trials, .92, .99);
    }

    [Fact]
    public void A_mark_on_labelled_rows_only_is_post_stratified()
    {
        var totals = new AssistedTotals([0], [false]);
        for (int row = 0; row < 10; row++)
        {
            totals.Count(0);
            if (row < 4)
            {
                totals.Label(0, row, 2.5, inClass: row < 3);
            }
        }

        totals.LabelMark(0, 0, 2.5, inClass: true, 0, 1);
        Assert.Equal(10 * .75, totals.Totals[0, 0], 1e-12);
        Assert.Equal(10 * .25, totals.Totals[0, 1], 1e-12);
    }

    [Fact]
    public void A_stratum_without_labels_borrows_its_twins_share()
    {
        var totals = new AssistedTotals([1, 0], [true]);
        for (int row = 0; row < 8; row++)
        {
            totals.Count(row % 2);
            totals.CountMark(row % 2, 0, row < 4 ? 1 : 0);
        }

        totals.Label(0, 0, 1, inClass: true);
        totals.Label(0, 2, 1, inClass: false);
        Assert.Equal(2, totals.Totals[1, 0], 1e-12);
        Assert.Equal(1, totals.Totals[1, 1], 1e-12);
    }

    [Fact]
    public void Without_any_label_nothing_is_known()
    {
        var totals = new AssistedTotals([0], [true]);
        totals.Count(0);
        totals.CountMark(0, 0, 1);

        Assert.True(double.IsNaN(totals.Totals[0, 0]));
        Assert.True(double.IsNaN(totals.Totals[0, 1]));
        Assert.Equal(double.PositiveInfinity, totals.Jackknife(t => t[0, 1]).StandardError);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NaN)]
    public void A_weight_is_positive_and_finite(double weight) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new AssistedTotals([0], []).Label(0, 0, weight, inClass: true));
}
