using Moderato.Statistics.Distributions;
using Moderato.Statistics.Sampling;
using Moderato.Statistics.Tests.Reference;

namespace Moderato.Statistics.Tests.Sampling;

public sealed class SamplingReferenceTests
{
    private const string OtherConvention = "ddof 0 in the standard errors; ours takes n − 1 throughout";

    private static readonly ReferenceFile File = ReferenceFile.Read("sampling");

    public static TheoryData<string> Cases => File.Names;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Agrees_with_independent_libraries(string name) => File.Check(name, new Dictionary<string, Action<ReferenceCase>>
    {
        ["stratified ratio"] = StratifiedRatio,
        ["all 150 samples"] = EverySample,
        ["prediction-powered mean"] = PredictionPowered,
        ["stratified prediction-powered mean"] = StratifiedPredictionPowered,
        ["Neyman allocation"] = Neyman,
        ["expected confusion"] = Expected,
    });

    private static bool[] Flags(IEnumerable<double> values) => [.. values.Select(value => value == 1)];

    private static int[] Whole(IEnumerable<double> values) => [.. values.Select(value => (int)value)];

    private static void StratifiedRatio(ReferenceCase c)
    {
        var rows = new AuditedRows(Flags(c.Numbers("flagged")), Flags(c.Numbers("y")));
        int[] stratum = Whole(c.Numbers("stratum"));
        long[] sizes = [.. c.Numbers("stratum_sizes").Select(size => (long)size)];
        if (c.Error() is not null)
        {
            var refused = Assert.IsType<Outcome<RatioEstimate>.Undefined>(HajekRatio.OfPeriod(rows, stratum, sizes, ErrorRate.Fpr));
            Assert.Contains("Label more", refused.Why, StringComparison.Ordinal);
            return;
        }

        foreach (var (key, rate) in new[] { ("fpr", ErrorRate.Fpr), ("fnr", ErrorRate.Fnr) })
        {
            var ours = HajekRatio.OfPeriod(rows, stratum, sizes, rate);
            if (c.Error(key) is not null)
            {
                Assert.IsType<Outcome<RatioEstimate>.Undefined>(ours);
                continue;
            }

            double half = NormalDistribution.TwoSidedQuantile(.95) * ours.Value.StandardError;
            c.Expect($"{key}/estimate", ours.Value.Estimate);
            c.Expect($"{key}/variance", ours.Value.Variance);
            c.Expect($"{key}/standard_error", ours.Value.StandardError);
            c.Expect($"{key}/normal_95", [ours.Value.Estimate - half, ours.Value.Estimate + half]);
        }
    }

    private static void StratifiedPredictionPowered(ReferenceCase c)
    {
        double[] y = c.Numbers("y_nan_where_unlabelled"), f = c.Numbers("f"), groups = c.Numbers("groups");
        PredictedStratum[] strata = [.. Enumerable.Range(0, y.Length).GroupBy(row => groups[row]).Select(rows => new PredictedStratum(
            [.. rows.Where(row => !double.IsNaN(y[row])).Select(row => y[row])],
            [.. rows.Where(row => !double.IsNaN(y[row])).Select(row => f[row])],
            [.. rows.Where(row => double.IsNaN(y[row])).Select(row => f[row])]))];
        foreach (var (key, ours) in new[]
        {
            ("ppi_tuned", StratifiedPredictionPoweredMean.Tuned(strata)),
            ("ppi_lambda_1", StratifiedPredictionPoweredMean.At(1, strata)),
            ("classical_population_weights", StratifiedPredictionPoweredMean.At(0, strata)),
        })
        {
            c.Expect($"{key}/point", ours.Estimate);
            c.Expect($"{key}/standard_error", ours.StandardError);
            c.Expect($"{key}/ci_95", [ours.Normal().Low, ours.Normal().High]);
        }

        c.LeaveOut("ppi_tuned/effective_sample_size", "a figure of its own");
        c.LeaveOut("ppi_lambda_1/effective_sample_size", "a figure of its own");
        c.LeaveOut("classical_default_weights", "weighs by the share of the labelled, which is wrong where strata are labelled unequally");
    }

    private static void EverySample(ReferenceCase c)
    {
        bool[] y = Flags(c.Numbers("y")), flagged = Flags(c.Numbers("flagged"));
        int[] stratum = Whole(c.Numbers("stratum")), drawn = Whole(c.Numbers("sampled"));
        long[] sizes = [.. c.Numbers("stratum_sizes").Select(size => (long)size)];
        var estimates = new List<double>();
        var variances = new List<double>();
        var totals = new List<double>();
        int[] all = [.. Enumerable.Range(0, y.Length)];
        foreach (int[] first in Choices([.. all.Where(i => stratum[i] == 0)], drawn[0]))
        {
            foreach (int[] second in Choices([.. all.Where(i => stratum[i] == 1)], drawn[1]))
            {
                int[] sample = [.. first, .. second];
                var ours = HajekRatio.OfPeriod(
                    new([.. sample.Select(i => flagged[i])], [.. sample.Select(i => y[i])]), [.. sample.Select(i => stratum[i])], sizes, ErrorRate.Fpr).Value;
                estimates.Add(ours.Estimate);
                variances.Add(ours.Variance);
                totals.Add(sample.Sum(i => flagged[i] && !y[i] ? sizes[stratum[i]] / (double)drawn[stratum[i]] : 0));
            }
        }

        double truth = all.Count(i => flagged[i] && !y[i]) / (double)all.Count(i => !y[i]), mean = estimates.Average();
        c.Expect("samples", estimates.Count);
        c.Expect("true_fpr", truth);
        c.Expect("mean_estimate", mean);
        c.Expect("bias", mean - truth);
        c.Expect("true_variance", estimates.Average(estimate => (estimate - mean) * (estimate - mean)));
        c.Expect("mean_estimated_variance", variances.Average());
        c.Expect("true_total_false_positives", all.Count(i => flagged[i] && !y[i]));
        c.Expect("mean_estimated_total", totals.Average());
        c.Expect("first_sample_estimate", estimates[0]);
        c.Expect("last_sample_estimate", estimates[^1]);
    }

    private static IEnumerable<int[]> Choices(int[] from, int size) => size == 0
        ? [[]]
        : from.SelectMany((first, at) => Choices(from[(at + 1)..], size - 1).Select(rest => (int[])[first, .. rest]));

    private static void PredictionPowered(ReferenceCase c)
    {
        double[] y = c.Numbers("y"), labelled = c.Numbers("f_labelled"), unlabelled = c.Numbers("f_unlabelled");
        var tuned = PredictionPoweredMean.Tuned(y, labelled, unlabelled);
        foreach (double lambda in new[] { 0, .5, 1 })
        {
            string path = $"ppi_py/lam={lambda.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture)}";
            c.Expect($"{path}/point", [PredictionPoweredMean.At(lambda, y, labelled, unlabelled).Estimate]);
            c.LeaveOut($"{path}/ci_95", OtherConvention);
        }

        c.LeaveOut("ppi_py/lam=None", OtherConvention);
        c.LeaveOut("glide/power_tuning=True", "its λ is not clipped");
        const string untuned = "glide/power_tuning=False";
        if (c.Error(untuned) is null)
        {
            ExpectMean(c, untuned, PredictionPoweredMean.At(1, y, labelled, unlabelled));
            c.LeaveOut($"{untuned}/effective_sample_size", "a figure of its own");
        }

        if (c.Keys().Contains("methods"))
        {
            ExpectMean(c, "methods", tuned);
            c.Expect("methods/lambda", tuned.Lambda);
            c.LeaveOut("ppi_py/lambda_used", OtherConvention);
            c.LeaveOut("glide/lambda_used", "not clipped");
        }
        else
        {
            Assert.Equal(0, tuned.Lambda);
        }
    }

    private static void ExpectMean(ReferenceCase c, string path, PredictionPoweredMean ours)
    {
        c.Expect($"{path}/point", ours.Estimate);
        c.Expect($"{path}/standard_error", ours.StandardError);
        c.Expect($"{path}/ci_95", [ours.Normal().Low, ours.Normal().High]);
    }

    private static void Neyman(ReferenceCase c)
    {
        long[] sizes = [.. c.Numbers("sizes").Select(size => (long)size)];
        double[] deviations = c.Numbers("standard_deviations");
        c.Expect("real_valued", NeymanAllocation.RealValued(sizes, deviations, c.Number("n")));
        c.Expect("with_floor_2_and_caps", [.. NeymanAllocation.WithFloorAndCaps(sizes, deviations, c.Integer("n"), floor: 2).Select(n => (double)n)]);
        c.LeaveOut("glide_integers", "cut at N_h without handing the rest on");
    }

    private static void Expected(ReferenceCase c)
    {
        var ours = ExpectedConfusion.At(c.Numbers("p"), c.Number("threshold"));
        c.Expect("fp", ours.FalsePositives);
        c.Expect("tp", ours.TruePositives);
        c.Expect("fn", ours.FalseNegatives);
        c.Expect("tn", ours.TrueNegatives);
        c.Expect("fpr", ours.FalsePositiveRate.Value);
        c.Expect("fnr", ours.FalseNegativeRate.Value);
    }
}
