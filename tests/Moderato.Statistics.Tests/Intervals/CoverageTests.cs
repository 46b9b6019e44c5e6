using Moderato.Statistics.Distributions;
using Moderato.Statistics.Intervals;

namespace Moderato.Statistics.Tests.Intervals;

/// <summary>Coverage summed over every outcome of the binomial law, so without simulation error.</summary>
public sealed class CoverageTests
{
    private static readonly double[] TrueRates = [.001, .01, .03, .08, .2, .35, .5, .77, .97];

    [Theory]
    [InlineData(10)]
    [InlineData(50)]
    [InlineData(400)]
    public void Clopper_Pearson_covers_at_least_at_the_nominal_level_everywhere(int n) =>
        Assert.All(TrueRates, p => Assert.InRange(Coverage(n, p, k => ClopperPearsonInterval.Of(k, n)), .95, 1));

    [Theory]
    [InlineData(10)]
    [InlineData(50)]
    [InlineData(400)]
    public void One_sided_bounds_cover_at_least_at_the_nominal_level_everywhere(int n) => Assert.All(TrueRates, p =>
    {
        Assert.InRange(Coverage(n, p, k => new(0, ClopperPearsonInterval.UpperBound(k, n))), .95, 1);
        Assert.InRange(Coverage(n, p, k => new(ClopperPearsonInterval.LowerBound(k, n), 1)), .95, 1);
    });

    [Fact]
    public void Wilson_Jeffreys_and_Agresti_Coull_cover_at_the_nominal_level_on_average()
    {
        double[] rates = [.. Enumerable.Range(1, 199).Select(i => i / 200.0)];
        Assert.InRange(rates.Average(p => Coverage(100, p, k => WilsonInterval.Of(k, 100))), .945, .957);
        Assert.InRange(rates.Average(p => Coverage(100, p, k => JeffreysInterval.Of(k, 100))), .943, .955);
        Assert.InRange(rates.Average(p => Coverage(100, p, k => AgrestiCoullInterval.Of(k, 100))), .948, .962);
    }

    [Theory]
    [InlineData(25, 40, .1, .3)]
    [InlineData(60, 20, .5, .45)]
    [InlineData(50, 50, .04, .02)]
    public void Intervals_of_a_difference_cover_near_the_nominal_level(int n1, int n2, double p1, double p2)
    {
        Assert.InRange(Both(NewcombeInterval.OfDifference), .935, .995);
        Assert.InRange(Both(ScoreIntervalOfDifference.MiettinenNurminen), .935, .995);
        Assert.InRange(Both(ScoreIntervalOfDifference.Mee), .93, .985);

        double Both(Func<long, long, long, long, double, Interval> method)
        {
            double covered = 0;
            for (int k1 = 0; k1 <= n1; k1++)
            {
                for (int k2 = 0; k2 <= n2; k2++)
                {
                    double probability = BinomialDistribution.Probability(k1, n1, p1) * BinomialDistribution.Probability(k2, n2, p2);
                    covered += probability > 1e-7 && method(k1, n1, k2, n2, .95).Contains(p1 - p2) ? probability : 0;
                }
            }

            return covered;
        }
    }

    [Theory]
    [InlineData(.5)]
    [InlineData(4)]
    [InlineData(30)]
    public void Garwood_covers_at_least_at_the_nominal_level(double mean)
    {
        double covered = 0, probability = Math.Exp(-mean);
        for (int k = 0; k < 200; k++, probability *= mean / k)
        {
            covered += PoissonInterval.Of(k).Contains(mean) ? probability : 0;
        }

        Assert.InRange(covered, .95, 1);
    }

    [Fact]
    public void Nothing_counted_is_an_unknown_rate_that_says_so() =>
        Assert.Equal(new Rate.Unknown("There are no truly safe contents to count."), WilsonInterval.Rate(0, 0, "truly safe contents", "random"));

    [Theory]
    [InlineData(-1, 10)]
    [InlineData(11, 10)]
    [InlineData(0, -1)]
    public void Impossible_counts_are_refused(long successes, long n) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => WilsonInterval.Of(successes, n));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(95)]
    [InlineData(double.NaN)]
    public void An_impossible_confidence_is_refused(double confidence) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ClopperPearsonInterval.Of(1, 10, confidence));

    private static double Coverage(int n, double p, Func<long, Interval> of)
    {
        double covered = 0;
        for (int k = 0; k <= n; k++)
        {
            double probability = BinomialDistribution.Probability(k, n, p);
            covered += probability > 1e-12 && of(k).Contains(p) ? probability : 0;
        }

        return covered;
    }
}
