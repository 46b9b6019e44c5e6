using CsCheck;
using Moderato.Statistics.Sampling;

namespace Moderato.Statistics.Tests.Sampling;

public sealed class LabelsNeededTests
{
    [Fact]
    public void Reaches_the_wanted_error_and_takes_no_label_for_nothing() => Gen.Select(
        Gen.Double[.01, 2].Array[3], Gen.Int[1, 400].Array[3], Gen.Double[.005, .3]).Sample((spreads, counts, wanted) =>
        {
            long[] labelled = [.. counts.Select(n => (long)n)];
            var more = LabelsNeeded.Additional(spreads, labelled, wanted);
            Assert.All(more, n => Assert.True(n >= 0));
            Assert.True(Variance(spreads, labelled, more) <= wanted * wanted * (1 + 1e-9));

            // Rounding up costs at most one label a stratum: with one fewer in each that got some, the error is not reached.
            if (more.Sum() > 0)
            {
                Assert.True(Variance(spreads, labelled, [.. more.Select(n => Math.Max(0, n - 1))]) >= wanted * wanted * (1 - 1e-9));
            }
        }, iter: 500);

    [Fact]
    public void Enough_is_enough() => Assert.Equal([0L, 0], LabelsNeeded.Additional([.1, .2], [1_000, 1_000], .1));

    [Fact]
    public void Neyman_puts_the_labels_where_the_spread_is() =>
        Assert.Equal([30L, 110], LabelsNeeded.Additional([.25, .75], [10, 10], Math.Sqrt(1 / 160.0)));

    private static double Variance(double[] spreads, long[] labelled, long[] more) =>
        spreads.Select((spread, h) => spread * spread / (labelled[h] + more[h])).Sum();
}
