using Moderato.Statistics.Drift;
using Moderato.Statistics.HypothesisTests;
using Moderato.Statistics.Tests.Reference;

namespace Moderato.Statistics.Tests.HypothesisTests;

/// <summary>The whole of tests.json.</summary>
public sealed class TestsReferenceTests
{
    private static readonly ReferenceFile File = ReferenceFile.Read("tests");

    private static readonly (string Key, Alternative Value)[] Alternatives =
        [("two-sided", Alternative.TwoSided), ("greater", Alternative.Greater), ("less", Alternative.Less)];

    private static readonly Dictionary<string, Action<ReferenceCase>> Handlers = new()
    {
        ["chi-squared"] = ChiSquared,
        ["Fisher"] = Fisher,
        ["McNemar"] = McNemar,
        ["Kolmogorov-Smirnov"] = KolmogorovSmirnov,
        ["Mann-Whitney"] = MannWhitney,
        ["Wasserstein"] = Wasserstein,
        ["Jensen-Shannon"] = JensenShannonDistance,
        ["permutation p-value"] = Permutation,
        ["multiple tests"] = MultipleTests,
    };

    public static TheoryData<string> Cases => File.Names;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Agrees_with_independent_libraries(string name) => File.Check(name, Handlers);

    private static void ChiSquared(ReferenceCase c)
    {
        double[][] rows = c.Table("table");
        var table = new double[rows.Length, rows[0].Length];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < rows[0].Length; j++)
            {
                table[i, j] = rows[i][j];
            }
        }

        var plain = ChiSquaredTest.Of(table);
        if (c.Error() is not null)
        {
            Assert.Equal((1.0, 0, null), (plain.PValue, plain.DegreesOfFreedom, plain.CramersV));
            return;
        }

        foreach (var (key, test) in new[] { ("correction_false", plain), ("correction_true", ChiSquaredTest.Of(table, yates: true)) })
        {
            c.Expect($"{key}/statistic", test.Statistic);
            c.ExpectRelatively($"{key}/pvalue", test.PValue);
            c.Expect($"{key}/dof", test.DegreesOfFreedom);
            c.Expect($"{key}/expected", [.. Enumerable.Range(0, rows.Length).Select(i => Enumerable.Range(0, rows[0].Length).Select(j => test.Expected[i, j]).ToArray())]);
        }

        if (c.Error("cramers_v") is not null)
        {
            Assert.Null(plain.CramersV);
        }
        else
        {
            c.Expect("cramers_v", plain.CramersV!.Value);
        }

        // Our undefined is null, the file's NaN.
        c.Expect("cramers_v_bias_corrected", plain.BiasCorrectedCramersV ?? double.NaN);
    }

    private static void Fisher(ReferenceCase c)
    {
        double[][] table = c.Table("table");
        var test = new FisherExactTest((long)table[0][0], (long)table[0][1], (long)table[1][0], (long)table[1][1]);
        foreach (var (key, alternative) in Alternatives)
        {
            c.ExpectRelatively(key, test.PValue(alternative));
            string mid = $"mid_p_{key.Replace('-', '_')}";
            if (table[0].Sum() + table[1].Sum() == 0)
            {
                c.LeaveOut(mid, "scipy's law of an empty table is NaN; the note asks for ½.");
                Assert.Equal(.5, test.MidPValue(alternative));
            }
            else
            {
                c.ExpectRelatively(mid, test.MidPValue(alternative));
            }
        }

        c.Expect("odds_ratio", test.OddsRatio ?? double.NaN);
    }

    private static void McNemar(ReferenceCase c)
    {
        double[][] table = c.Table("table");
        long first = (long)table[0][1], second = (long)table[1][0];
        Expect("exact", McNemarTest.Exact(first, second));
        Expect("chi2", McNemarTest.ChiSquared(first, second));
        if (first == second && first > 0)
        {
            c.LeaveOut("chi2_corrected", "statsmodels carries the correction past the null at b = c; the answer is p = 1.");
            Assert.Equal(new McNemarTest(0, 1), McNemarTest.Corrected(first, second));
            return;
        }

        Expect("chi2_corrected", McNemarTest.Corrected(first, second));

        void Expect(string key, McNemarTest ours)
        {
            if (c.Error(key) is not null)
            {
                Assert.Equal(new McNemarTest(0, 1), ours);
                return;
            }

            c.Expect($"{key}/statistic", ours.Statistic);
            c.ExpectRelatively($"{key}/pvalue", ours.PValue);
        }
    }

    private static void KolmogorovSmirnov(ReferenceCase c)
    {
        var test = KolmogorovSmirnovTest.Of(c.Numbers("x"), c.Numbers("y"));
        c.Expect("two-sided/statistic", test.Statistic);
        c.Expect("greater/statistic", test.Above);
        c.Expect("less/statistic", test.Below);
        c.ExpectRelatively("two-sided/pvalue_kolmogorov_limit", test.LimitPValue);
        foreach (var (key, alternative) in Alternatives)
        {
            if (c.Keys(key).Contains("pvalue_exact"))
            {
                c.ExpectRelatively($"{key}/pvalue_exact", test.ExactPValue(alternative));
            }

            if (alternative == Alternative.TwoSided && c.Name.EndsWith("one each", StringComparison.Ordinal))
            {
                c.LeaveOut("two-sided/pvalue_asymp", "scipy's effective n rounds to 0 and its answer is NaN.");
                Assert.Equal(1, test.AsymptoticPValue());
                continue;
            }

            c.ExpectRelatively($"{key}/pvalue_asymp", test.AsymptoticPValue(alternative));
        }
    }

    private static void MannWhitney(ReferenceCase c)
    {
        var test = MannWhitneyTest.Of(c.Numbers("x"), c.Numbers("y"));
        foreach (var (key, alternative) in Alternatives)
        {
            foreach (bool continuity in new[] { true, false })
            {
                string path = $"{key}, continuity {(continuity ? "true" : "false")}";
                c.Expect($"{path}/statistic", test.U);
                if (test.Variance == 0)
                {
                    c.LeaveOut($"{path}/pvalue", "All values equal: scipy divides 0 by 0; the answer is p = 1.");
                    Assert.Equal(1, test.PValue(alternative, continuity));
                    continue;
                }

                c.ExpectRelatively($"{path}/pvalue", test.PValue(alternative, continuity));
            }
        }
    }

    private static void Wasserstein(ReferenceCase c)
    {
        if (c.Error() is not null)
        {
            Assert.Throws<ArgumentException>("x", () => WassersteinDistance.Of([], [1]));
            return;
        }

        c.Expect("", c.Has("x_weights")
            ? WassersteinDistance.Of(c.Numbers("x"), c.Numbers("x_weights"), c.Numbers("y"), c.Numbers("y_weights"))
            : WassersteinDistance.Of(c.Numbers("x"), c.Numbers("y")));
    }

    private static void JensenShannonDistance(ReferenceCase c)
    {
        double[] p = c.Numbers("p"), q = c.Numbers("q");
        if (c.Error() is not null)
        {
            Assert.Throws<ArgumentException>("reference", () => JensenShannon.Distance(p, q));
            return;
        }

        c.Expect("distance_base_2", JensenShannon.Distance(p, q));
        c.Expect("distance_base_e", JensenShannon.Distance(p, q) * Math.Sqrt(Math.Log(2)));
        c.Expect("divergence_base_2", JensenShannon.Divergence(p, q));
        c.Expect("divergence_base_e", JensenShannon.Divergence(p, q) * Math.Log(2));
    }

    private static void Permutation(ReferenceCase c)
    {
        if (!c.Has("x"))
        {
            c.Expect("pvalue", PermutationPValue.Of(c.Number("observed"), c.Numbers("resampled")));
            return;
        }

        double[] x = c.Numbers("x"), pooled = [.. x, .. c.Numbers("y")];
        double observed = Gap((1 << x.Length) - 1);
        double[] all = [.. Enumerable.Range(0, 1 << pooled.Length).Where(set => int.PopCount(set) == x.Length).Select(Gap)];
        c.Expect("observed", observed);
        c.Expect("splits", all.Length);
        c.Expect("pvalue", PermutationPValue.OfAll(observed, all));

        double Gap(int set) =>
            pooled.Where((_, i) => (set >> i & 1) == 1).Average() - pooled.Where((_, i) => (set >> i & 1) == 0).Average();
    }

    private static void MultipleTests(ReferenceCase c)
    {
        double[] p = c.Numbers("pvals");
        double alpha = c.Number("alpha");
        Expect("fdr_bh", MultipleTesting.BenjaminiHochberg(p));
        Expect("fdr_by", MultipleTesting.BenjaminiYekutieli(p));
        Expect("holm", MultipleTesting.Holm(p));

        void Expect(string key, double[] adjusted)
        {
            c.Expect($"{key}/adjusted", adjusted);
            c.Expect($"{key}/reject", MultipleTesting.Rejected(adjusted, alpha));
        }
    }
}
