using System.Globalization;
using System.Text.Json;
using Moderato.Statistics.Detection;
using Moderato.Statistics.Sampling;
using Moderato.Statistics.Tests.Reference;
using Moderato.Statistics.Thresholds;

namespace Moderato.Statistics.Tests.Thresholds;

public sealed class ConformalReferenceTests
{
    private static readonly ReferenceFile File = ReferenceFile.Read("conformal");

    public static TheoryData<string> Cases => File.Names;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Agrees_with_independent_libraries(string name) => File.Check(name, new Dictionary<string, Action<ReferenceCase>>
    {
        ["Hoeffding-Bentkus n="] = HoeffdingBentkusValues,
        ["Hoeffding-Bentkus rounding trap"] = RoundingTrap,
        ["fixed sequence"] = FixedSequence,
        ["learn then test"] = Whole,
        ["conformal risk control"] = RiskControl,
        ["hedged betting sequence"] = Hedged,
        ["one-sided betting test"] = OneSided,
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

    private static void RiskControl(ReferenceCase c)
    {
        double[] scores = c.Numbers("score"), lambdas = c.Numbers("lambdas");
        string loss = c.Input("loss").GetString()!;
        double Loss(double score, double lambda) => loss switch
        {
            "1 if score >= lambda else 0" => score >= lambda ? 1 : 0,
            "1 if score < lambda else 0" => score < lambda ? 1 : 0,
            "round(sqrt(score), 4) if score >= lambda else 0" => score >= lambda ? Math.Round(Math.Sqrt(score), 4) : 0,
            _ => throw new NotSupportedException(loss),
        };
        double[] sums = [.. lambdas.Select(lambda => scores.Sum(score => Loss(score, lambda)))];
        c.Expect("r_hat", [.. sums.Select(sum => sum / scores.Length)]);
        c.Expect("r_hat_plus", [.. sums.Select(sum => ConformalRiskControl.Bound(sum, scores.Length))]);
        c.LeaveOut("mapie", "asks for less than α, and answers an extreme λ where none will do");

        // The safe end is where the loss is least.
        bool falls = sums[0] > sums[^1];
        int[] order = falls ? [.. Enumerable.Range(0, lambdas.Length).Reverse()] : [.. Enumerable.Range(0, lambdas.Length)];
        var chosen = ConformalRiskControl.Choose([.. order.Select(i => sums[i])], scores.Length, c.Number("alpha"));
        if (c.Error("lambda") is { } error)
        {
            Assert.Equal("infeasible", error);
            Assert.StartsWith("Infeasible", Assert.IsType<Outcome<int>.Undefined>(chosen).Why, StringComparison.Ordinal);
        }
        else
        {
            c.Expect("lambda", lambdas[order[chosen.Value]]);
        }
    }

    private static void Hedged(ReferenceCase c)
    {
        int breaks = c.Integer("breaks");
        var sequence = new BettingSequence(c.Number("alpha"), breaks);
        double[] grid = c.Numbers("grid");
        List<double> bets = [], lower = [], upper = [];
        var capital = grid.ToDictionary(m => m, _ => new List<double>());
        foreach (double x in c.Numbers("x"))
        {
            bets.Add(sequence.NextBet);
            sequence.See(x);
            lower.Add(sequence.Interval.Low);
            upper.Add(sequence.Interval.High);
            foreach (double m in grid)
            {
                capital[m].Add(sequence.Capital((int)Math.Round(m * breaks)));
            }
        }

        c.Expect("bets_before_truncation", bets);
        c.Expect("lower", lower);
        c.Expect("upper", upper);
        foreach (string m in c.Keys("capital_by_m"))
        {
            c.Expect($"capital_by_m/{m}", capital[double.Parse(m, CultureInfo.InvariantCulture)]);
        }
    }

    private static void OneSided(ReferenceCase c)
    {
        foreach (string m in c.Keys("capital_by_m"))
        {
            var test = new BettingTest(double.Parse(m, CultureInfo.InvariantCulture), c.Number("alpha"));
            List<double> capital = [];
            int? alarm = null;
            foreach (double x in c.Numbers("x"))
            {
                test.See(x);
                capital.Add(test.Capital);
                alarm ??= test.IsAlarm ? capital.Count : null;
            }

            c.Expect($"capital_by_m/{m}", capital);
            c.Expect($"anytime_pvalue/{m}", test.PValue);
            var expected = c.Expected($"first_alarm/{m}");
            Assert.Equal(expected.ValueKind == JsonValueKind.Null ? null : expected.GetInt32(), alarm);
        }
    }
}
