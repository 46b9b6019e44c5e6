using Moderato.Statistics.Distributions;
using Moderato.Statistics.HypothesisTests;
using Moderato.Statistics.Intervals;

namespace Moderato.Statistics.Tests.HypothesisTests;

/// <summary>Counts of a large platform and tails far out, against 40-digit sums (mpmath 1.3), relatively.</summary>
public sealed class LargeCountsTests
{
    [Theory]
    [InlineData(500300, 9499700, 499700, 9500300, 0.26942233704209291, 0.73125497819877721, 0.53884467408418582, 0.00067731524087012334)]
    [InlineData(5003000, 4997000, 5000000, 5000000, 0.08992879575644844, 0.91021627839095463, 0.17985759151289688, 0.000145074147403069)]
    [InlineData(120, 9999880, 60, 9999940, 4.5718761105434301e-6, 0.9999977829908483, 9.1437522210868602e-6, 2.3548669588453527e-6)]
    [InlineData(30, 70, 10000, 9990000, 2.8745395092809938e-65, 1.0, 2.8745395092809938e-65, 2.8680427817467259e-65)]
    [InlineData(1, 9999999, 25, 9999975, 0.99999998509908095, 4.0232578295635702e-7, 8.0465156591271405e-7, 3.8742486390472009e-7)]
    public void Fisher_keeps_its_digits(long a, long b, long c, long d, double greater, double less, double twoSided, double here)
    {
        var test = new FisherExactTest(a, b, c, d);
        Near(greater, test.PValue(Alternative.Greater));
        Near(less, test.PValue(Alternative.Less));
        Near(twoSided, test.PValue());
        Near(greater - (here / 2), test.MidPValue(Alternative.Greater));
    }

    [Fact]
    public void Fisher_underflows_to_0_and_not_to_NaN() => Assert.Equal(0, new FisherExactTest(200_000, 300_000, 3_000_000, 6_500_000).PValue());

    [Theory]
    [InlineData(1, 1_000_000_000, 2.531780798396938e-11, 5.5716433782031153e-9)]
    [InlineData(3, 10_000_000, 6.1867216562505893e-8, 8.7672705415797509e-7)]
    [InlineData(250, 1_000_000, 0.00021997118892110428, 0.00028298303725031113)]
    public void Clopper_Pearson_keeps_its_digits(long successes, long n, double low, double high)
    {
        var interval = ClopperPearsonInterval.Of(successes, n);
        Near(low, interval.Low);
        Near(high, interval.High);
    }

    [Fact]
    public void A_binomial_tail_keeps_its_digits() =>
        Near(7.5872765299262308e-21, BinomialTest.PValue(600, 1_000_000, .0004, Alternative.Greater));

    [Theory]
    [InlineData(60, 1, 9.4857375710738484e-15)]
    [InlineData(800, 3, 4.3274708143852048e-173)]
    [InlineData(5300, 5000, 0.0015958249441347306)]
    [InlineData(20, 40, 0.99654565802414319)]
    public void A_chi_squared_tail_keeps_its_digits(double x, double degrees, double tail) =>
        Near(tail, GammaDistribution.ChiSquaredUpperTail(x, degrees));

    private static void Near(double theirs, double ours) => Assert.InRange(ours / theirs, 1 - 1e-10, 1 + 1e-10);
}
