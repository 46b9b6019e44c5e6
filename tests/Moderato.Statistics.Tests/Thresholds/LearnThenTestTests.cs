using Moderato.Statistics.Sampling;
using Moderato.Statistics.Tests.Reference;
using Moderato.Statistics.Thresholds;

namespace Moderato.Statistics.Tests.Thresholds;

public sealed class LearnThenTestTests
{
    private static readonly ReferenceFile File = ReferenceFile.Read("conformal");

    /// <summary>The file's other cases, conformal risk control and betting, belong to statistics that are not here.</summary>
    public static TheoryData<string> Cases => [.. File.Names.Select(row => row.Data)
        .Where(name => name.StartsWith("Hoeffding", StringComparison.Ordinal) || name.StartsWith("fixed sequence", StringComparison.Ordinal)
            || name.StartsWith("learn then test", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Agrees_with_MAPIE_given_whole_counts(string name) => File.Check(name, new Dictionary<string, Action<ReferenceCase>>
    {
        ["Hoeffding-Bentkus n="] = HoeffdingBentkusValues,
        ["Hoeffding-Bentkus rounding trap"] = RoundingTrap,
        ["fixed sequence"] = FixedSequence,
        ["learn then test"] = Whole,
    });

    [Fact]
    public void A_certified_threshold_exceeds_its_risk_at_most_as_often_as_said()
    {
        const int n = 120;
        const double alpha = .1, delta = .1;
        double[] risks = [.05, .08, .11, .15, .2];
        var random = new SplitMix64(7);
        int broken = 0;
        const int trials = 4_000;
        for (int trial = 0; trial < trials; trial++)
        {
            var errors = new long[risks.Length];
            for (int i = 0; i < n; i++)
            {
                // One uniform a content: the sets of missed contents are nested, as thresholds make them.
                double u = random.NextDouble();
                for (int candidate = 0; candidate < risks.Length; candidate++)
                {
                    errors[candidate] += u < risks[candidate] ? 1 : 0;
                }
            }

            broken += LearnThenTest.Choose(errors, n, alpha, delta) is GuaranteedChoice.Certified(var index, _) && risks[index] > alpha ? 1 : 0;
        }

        Assert.True(broken <= (delta * trials) + (4 * Math.Sqrt(delta * trials)), $"{broken} of {trials}");
    }

    [Fact]
    public void Infeasible_says_how_many_labels_would_do()
    {
        var choice = Assert.IsType<GuaranteedChoice.Infeasible>(LearnThenTest.Choose([0], n: 30, alpha: .05, delta: .05));

        Assert.Equal(59, choice.LabelsForNoError);
        Assert.IsType<GuaranteedChoice.Certified>(LearnThenTest.Choose([0], n: 59, alpha: .05, delta: .05));
        Assert.IsType<GuaranteedChoice.Infeasible>(LearnThenTest.Choose([0], n: 58, alpha: .05, delta: .05));
    }

    private static void HoeffdingBentkusValues(ReferenceCase c)
    {
        var (errors, n, alpha) = (c.Numbers("errors"), c.Integer("n"), c.Number("alpha"));
        c.Expect("binary_loss", [.. errors.Select(k => HoeffdingBentkus.BinaryWithHoeffding((long)k, n, alpha))]);
        c.Expect("any_loss_in_0_1", [.. errors.Select(k => HoeffdingBentkus.General(k, n, alpha))]);
        Assert.All(errors, k => Assert.True(
            HoeffdingBentkus.Binary((long)k, n, alpha) >= HoeffdingBentkus.BinaryWithHoeffding((long)k, n, alpha) - 1e-15));
        c.LeaveOut("mapie_binary", "takes the ceiling of a double");
        c.LeaveOut("mapie_general", "takes the ceiling of a double");
    }

    private static void RoundingTrap(ReferenceCase c)
    {
        c.Expect("binary_loss", [.. c.Numbers("errors").Select(k => HoeffdingBentkus.BinaryWithHoeffding((long)k, c.Integer("n"), c.Number("alpha")))]);
        c.LeaveOut("mapie_binary", "the trap itself");
    }

    private static void FixedSequence(ReferenceCase c)
    {
        if (c.Error("fixed_sequence") is not null)
        {
            Assert.Empty(c.Numbers("p_values"));
            Assert.Equal(0, LearnThenTest.Certified([], c.Number("delta")));
            c.LeaveOut("", "MAPIE refuses an empty list; nothing is certified");
            return;
        }

        c.Expect("fixed_sequence", [.. Enumerable.Range(0, LearnThenTest.Certified(c.Numbers("p_values"), c.Number("delta"))).Select(i => (double)i)]);
        c.LeaveOut("bonferroni", "another procedure, less powerful here");
        c.LeaveOut("bonferroni_holm", "another procedure, less powerful here");
    }

    private static void Whole(ReferenceCase c)
    {
        double alpha = c.Number("alpha"), delta = c.Number("delta");
        double[] y = c.Numbers("y"), score = c.Numbers("score"), thresholds = c.Numbers("thresholds_in_order");
        long n = y.LongCount(label => label == 0);
        long[] errors = [.. thresholds.Select(t => y.Where((label, i) => label == 0 && score[i] >= t).LongCount())];
        double[] pValues = [.. errors.Select(k => HoeffdingBentkus.BinaryWithHoeffding(k, n, alpha))];
        int certified = LearnThenTest.Certified(pValues, delta);
        c.Expect("n_class", n);
        c.Expect("errors", [.. errors.Select(k => (double)k)]);
        c.Expect("p_values", pValues);
        c.Expect("certified", [.. thresholds.Take(certified)]);
        if (certified == 0)
        {
            Assert.Equal("infeasible", c.Error("chosen"));
        }
        else
        {
            c.Expect("chosen", thresholds[certified - 1]);
        }
    }
}
