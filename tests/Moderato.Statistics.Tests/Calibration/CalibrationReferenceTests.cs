using Moderato.Statistics.Calibration;
using Moderato.Statistics.Curves;
using Moderato.Statistics.Tests.Curves;
using Moderato.Statistics.Tests.Reference;

namespace Moderato.Statistics.Tests.Calibration;

public sealed class CalibrationReferenceTests
{
    private static readonly ReferenceFile File = ReferenceFile.Read("calibration");

    public static TheoryData<string> Cases => File.Names;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Agrees_with_independent_libraries(string name) => File.Check(name, new Dictionary<string, Action<ReferenceCase>>
    {
        ["isotonic"] = Isotonic,
        ["Platt"] = Platt,
        ["temperature"] = Temperature,
        ["calibration curve uniform"] = c => Curve(c, ReliabilityBinning.EqualWidthRightClosed),
        ["calibration curve quantile"] = c => Curve(c, ReliabilityBinning.EqualMassQuantiles),
        ["ECE"] = Errors,
        ["CORP"] = Corp,
        ["calibration tests"] = Tests,
        ["MAPIE ECE"] = MapieErrors,
    });

    private static LabelledScores Rows(ReferenceCase c) => CurvesReferenceTests.Rows(c, "p");

    private static void Isotonic(ReferenceCase c)
    {
        var map = IsotonicMap.Fit(
            c.Numbers("x"), c.Numbers("y"), c.Has("sample_weight") ? c.Numbers("sample_weight") : [],
            c.Has("y_min") ? c.Number("y_min") : double.NegativeInfinity,
            c.Has("y_max") ? c.Number("y_max") : double.PositiveInfinity).Value;
        c.Expect("at_points", [.. c.Numbers("points").Select(map.Apply)]);
        c.Expect("at_x", [.. c.Numbers("x").Select(map.Apply)]);
        c.Expect("x_thresholds", map.Knots);
        c.Expect("y_thresholds", map.Values);
    }

    private static void Platt(ReferenceCase c)
    {
        var map = PlattMap.Fit(CurvesReferenceTests.Rows(c, "f")).Value;
        c.Expect("a", map.Slope);
        c.Expect("b", map.Intercept);
        c.Expect("probability_at_points", [.. c.Numbers("points").Select(map.Apply)]);
    }

    private static void Temperature(ReferenceCase c)
    {
        var rows = CurvesReferenceTests.Rows(c, "logit");
        var map = TemperatureMap.Fit(rows).Value;
        c.Expect("temperature", map.Temperature);
        c.Expect("nll_before", new TemperatureMap(1).NegativeLogLikelihood(rows));
        c.Expect("nll_after", map.NegativeLogLikelihood(rows));
    }

    private static void Curve(ReferenceCase c, ReliabilityBinning binning)
    {
        var ours = ReliabilityCurve.Of(Rows(c), c.Integer("bins"), binning);
        c.Expect("fraction_of_positives", [.. ours.Select(bin => bin.Observed)]);
        c.Expect("mean_predicted", [.. ours.Select(bin => bin.MeanScore)]);
    }

    private static void Errors(ReferenceCase c)
    {
        foreach (var (key, binning) in new[]
        {
            ("equal_width_left_closed", ReliabilityBinning.EqualWidthLeftClosed),
            ("equal_width_right_closed", ReliabilityBinning.EqualWidthRightClosed),
            ("equal_mass_array_split", ReliabilityBinning.EqualMassRuns),
            ("equal_mass_quantile_edges", ReliabilityBinning.EqualMassQuantiles),
        })
        {
            var ours = CalibrationError.Of(Rows(c), c.Integer("bins"), binning).Value;
            c.Expect($"{key}/ece", ours.Ece);
            c.Expect($"{key}/max", ours.Largest);
            c.Expect($"{key}/squared", ours.Squared);
            c.Expect($"{key}/debiased_ece_squared", ours.DebiasedSquared);
            c.Expect($"{key}/bins_used", ours.Bins);
        }
    }

    private static void Corp(ReferenceCase c)
    {
        var ours = CorpDecomposition.Of(Rows(c)).Value;
        c.Expect("brier", ours.Brier);
        c.Expect("MCB", ours.Miscalibration);
        c.Expect("DSC", ours.Discrimination);
        c.Expect("UNC", ours.Uncertainty);
        c.Expect("recalibrated", [.. c.Numbers("p").Select(ours.Map.Apply)]);
    }

    private static void Tests(ReferenceCase c)
    {
        var rows = Rows(c);
        var spiegelhalter = CalibrationTests.Spiegelhalter(rows);
        if (c.Name.EndsWith("certain", StringComparison.Ordinal))
        {
            Assert.All(c.Keys(), key => Assert.NotNull(c.Error(key)));
            Assert.IsType<Outcome<CalibrationTest>.Undefined>(spiegelhalter);
            Assert.IsType<Outcome<CalibrationTest>.Undefined>(CalibrationTests.KolmogorovSmirnov(rows));
            Assert.IsType<Outcome<CalibrationTest>.Undefined>(CalibrationTests.Kuiper(rows));
            return;
        }

        c.Expect("spiegelhalter_z", spiegelhalter.Value.Statistic);
        c.ExpectRelatively("spiegelhalter_pvalue_two_sided", spiegelhalter.Value.P);
        c.LeaveOut("spiegelhalter_pvalue_one_sided_mapie", "ours is two-sided");

        // MAPIE breaks ties by noise and lets the order inside a tie into the statistic; with its noise ours agrees.
        if (c.Name.EndsWith("ties", StringComparison.Ordinal))
        {
            rows = rows.With([.. c.Numbers("p").Select((p, i) => p * (1 + (1e-8 * MapieNoise[i])))]);
        }

        var smirnov = CalibrationTests.KolmogorovSmirnov(rows).Value;
        var kuiper = CalibrationTests.Kuiper(rows).Value;
        c.Expect("ks_statistic", smirnov.Statistic);
        c.Expect("ks_pvalue", smirnov.P);
        c.Expect("kuiper_statistic", kuiper.Statistic);
        c.Expect("kuiper_pvalue", kuiper.P);
    }

    /// <summary>MAPIE's bins are others than anyone asked for (9 of 10, unsorted); the sum over given bins is ours.</summary>
    private static void MapieErrors(ReferenceCase c)
    {
        var rows = Rows(c);
        double[] p = c.Numbers("p");
        int edges = c.Integer("num_bins");
        if (c.Error() is not null)
        {
            Assert.True(rows.Count < edges, "MAPIE raises where a run is empty; we answer on fewer bins.");
            Assert.Equal(rows.Count, CalibrationError.Of(rows, edges, ReliabilityBinning.EqualMassRuns).Value.Bins);
            return;
        }

        int[] bins = c.Name switch
        {
            var name when name.Contains("uniform", StringComparison.Ordinal) => Right(p, [.. Enumerable.Range(0, edges).Select(i => i / (edges - 1.0))]),
            var name when name.Contains("quantile", StringComparison.Ordinal) => Right(p, Percentiles(p, edges)),
            _ => Right(p, LastOfRuns(p, edges)),
        };
        c.Expect("", CalibrationError.Of(ReliabilityCurve.Of(rows, edges + 1, bins)).Value.Ece);
    }

    private static int[] Right(double[] p, double[] edges) => [.. p.Select(value => edges.Count(edge => edge < value))];

    private static double[] Percentiles(double[] p, int edges)
    {
        var sorted = p.Order().ToArray();
        return [.. Enumerable.Range(0, edges).Select(i => Quantiles.At(sorted, i / (edges - 1.0)))];
    }

    private static double[] LastOfRuns(double[] p, int edges)
    {
        var (size, longer) = Math.DivRem(p.Length, edges);
        var ends = new List<double>();
        for (int run = 0, at = 0; run < edges; run++)
        {
            int length = size + (run < longer ? 1 : 0);
            ends.Add(p.Skip(at).Take(length).Max());
            at += length;
        }

        return [.. ends.SkipLast(1)];
    }

    /// <summary>numpy.random.RandomState(1).normal(size=60).</summary>
    private static readonly double[] MapieNoise =
    [
        1.6243, -.6118, -.5282, -1.0730, .8654, -2.3015, 1.7448, -.7612, .3190, -.2494,
        1.4621, -2.0601, -.3224, -.3841, 1.1338, -1.0999, -.1724, -.8779, .0422, .5828,
        -1.1006, 1.1447, .9016, .5025, .9009, -.6837, -.1229, -.9358, -.2679, .5304,
        -.6917, -.3968, -.6872, -.8452, -.6712, -.0127, -1.1173, .2344, 1.6598, .7420,
        -.1918, -.8876, -.7472, 1.6925, .0508, -.6370, .1909, 2.1003, .1202, .6172,
        .3002, -.3522, -1.1425, -.3493, -.2089, .5866, .8390, .9311, .2856, .8851,
    ];
}
