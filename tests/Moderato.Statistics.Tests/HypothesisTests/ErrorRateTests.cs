using Moderato.Statistics.Drift;
using Moderato.Statistics.HypothesisTests;

namespace Moderato.Statistics.Tests.HypothesisTests;

/// <summary>How often a test cries wolf when nothing differs; seeds fixed, limits at four standard errors of the simulation.</summary>
public sealed class ErrorRateTests
{
    private const int Runs = 2_000;

    [Fact]
    public void Kolmogorov_Smirnov_and_Mann_Whitney_reject_a_true_null_at_their_level()
    {
        int exact = 0, limit = 0, mann = 0;
        var random = new Random(20261201);
        for (int run = 0; run < Runs; run++)
        {
            double[] x = Uniform(random, 40), y = Uniform(random, 60);
            var test = KolmogorovSmirnovTest.Of(x, y);
            exact += test.ExactPValue() <= .05 ? 1 : 0;
            limit += test.LimitPValue <= .05 ? 1 : 0;
            mann += MannWhitneyTest.Of(x, y).PValue() <= .05 ? 1 : 0;
        }

        Assert.InRange(exact / (double)Runs, .03, .0695);
        Assert.InRange(limit / (double)Runs, .015, .0695);
        Assert.InRange(mann / (double)Runs, .0305, .0695);
    }

    [Fact]
    public void Domain_auc_rejects_a_true_null_at_its_level_and_covers_a_true_shift()
    {
        int rejected = 0, covered = 0;
        var random = new Random(20261202);
        for (int run = 0; run < Runs; run++)
        {
            double[] reference = Uniform(random, 80), current = Uniform(random, 50);
            rejected += DomainAuc.Of(reference, current).PValue <= .05 ? 1 : 0;

            // P(U + .2 > V) for uniform U, V is 1 − .8²/2.
            covered += DomainAuc.Of(reference, [.. current.Select(value => value + .2)]).Interval.Contains(.68) ? 1 : 0;
        }

        Assert.InRange(rejected / (double)Runs, .0305, .0695);
        Assert.InRange(covered / (double)Runs, .92, .965);
    }

    [Fact]
    public void Psi_against_its_null_rejects_at_its_level_whatever_the_sample_sizes()
    {
        var random = new Random(20261203);
        foreach (var (n, m) in new[] { (200, 200), (5_000, 300) })
        {
            int rejected = Enumerable.Range(0, 600).Count(_ =>
            {
                double[] reference = QuantileBins.Counts([.1, .2, .3, .4, .5, .6, .7, .8, .9], Uniform(random, n));
                double[] current = QuantileBins.Counts([.1, .2, .3, .4, .5, .6, .7, .8, .9], Uniform(random, m));
                return PopulationStabilityIndex.OfCounts(reference, current).PValue <= .05;
            });
            Assert.InRange(rejected / 600.0, .015, .086);
        }
    }

    [Fact]
    public void Benjamini_Hochberg_keeps_the_false_discovery_rate()
    {
        var random = new Random(20261204);
        double share = 0;
        for (int run = 0; run < Runs; run++)
        {
            // 40 true nulls, 10 effects.
            double[] p = [.. Uniform(random, 40), .. Uniform(random, 10).Select(u => u * .002)];
            bool[] rejected = MultipleTesting.Rejected(MultipleTesting.BenjaminiHochberg(p), .1);
            int all = rejected.Count(r => r), wrong = rejected.Take(40).Count(r => r);
            share += all == 0 ? 0 : wrong / (double)all;
        }

        // π₀ α = .08.
        Assert.InRange(share / Runs, .06, .1);
    }

    [Fact]
    public void A_permutation_p_value_is_never_0() => Assert.Equal(1.0 / 100, PermutationPValue.Of(9, new double[99]), 1e-15);

    [Fact]
    public void Histograms_tell_the_same_as_their_values()
    {
        var random = new Random(20261205);
        long[] x = new long[10_001], y = new long[10_001];
        double[] first = [.. Uniform(random, 700).Select(u => Math.Round(u * u, 4))], second = [.. Uniform(random, 900).Select(u => Math.Round(u, 4))];
        Array.ForEach(first, value => x[(int)Math.Round(value * 10_000)]++);
        Array.ForEach(second, value => y[(int)Math.Round(value * 10_000)]++);

        var byValues = KolmogorovSmirnovTest.Of(first, second);
        var byBins = KolmogorovSmirnovTest.OfHistograms(x, y);
        Assert.Equal(byValues.Statistic, byBins.Statistic, 1e-12);
        Assert.Equal(byValues.PValue, byBins.PValue, 1e-12);
        Assert.Equal(WassersteinDistance.Of(first, second), WassersteinDistance.OfHistograms(x, y, 1e-4), 1e-12);
        Assert.Equal(WassersteinDistance.OverSigma(first, second)!.Value, WassersteinDistance.OverSigmaOfHistograms(x, y)!.Value, 1e-12);
    }

    [Fact]
    public void Fewer_independent_contents_make_the_same_gap_less_certain()
    {
        double[] x = [.. Enumerable.Range(0, 400).Select(i => i / 400.0)], y = [.. Enumerable.Range(0, 400).Select(i => (i / 400.0) + .1)];
        var all = KolmogorovSmirnovTest.Of(x, y);
        var clustered = all.WithEffectiveSizes(40, 40);

        Assert.Equal(all.Statistic, clustered.Statistic);
        Assert.True(clustered.PValue > all.PValue);
        Assert.Equal(clustered.LimitPValue, clustered.PValue);
    }

    private static double[] Uniform(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
}
