using CsCheck;
using Moderato.Statistics.Calibration;
using Moderato.Statistics.Curves;
using Moderato.Statistics.Intervals;
using Moderato.Statistics.Sampling;

namespace Moderato.Statistics.Tests.Curves;

public sealed class CurveBootstrapTests
{
    private static readonly IReadOnlyList<CurveStatistic> All =
        [CurveStatistic.AveragePrecision, CurveStatistic.RocAuc, CurveStatistic.TprAtFpr(.05), CurveStatistic.MacroF1(.5), CurveStatistic.Fpr(.5), CurveStatistic.Fnr(.5)];

    [Fact]
    public void Covers_the_true_value_at_about_its_nominal_level()
    {
        // Scores u for the safe and √u for the violating: AUC = 2/3, FPR at ½ = .5, FNR at ½ = .25.
        var truth = new (CurveStatistic Statistic, double Value)[]
        {
            (CurveStatistic.RocAuc, 2 / 3.0), (CurveStatistic.Fpr(.5), .5), (CurveStatistic.Fnr(.5), .25),
        };
        int[] covered = new int[truth.Length];
        const int trials = 200;
        for (int trial = 0; trial < trials; trial++)
        {
            var rates = CurveBootstrap.Run(
                Rows(250, (ulong)trial, positiveShare: .3), [.. truth.Select(pair => pair.Statistic)], "contents", "random", new((ulong)trial, Resamples: 200));
            for (int i = 0; i < truth.Length; i++)
            {
                var rate = Assert.IsType<Rate.Known>(rates[i]);
                covered[i] += rate.Low <= truth[i].Value && truth[i].Value <= rate.High ? 1 : 0;
            }
        }

        Assert.All(covered, count => Assert.InRange(count / (double)trials, .90, .99));
    }

    [Fact]
    public void Clusters_of_ten_copies_widen_the_interval_by_the_root_of_ten()
    {
        var single = Rows(400, seed: 3, positiveShare: .4);
        int[] tenfold = [.. Enumerable.Range(0, 4_000).Select(i => i / 10)];
        var copies = new LabelledScores(
            [.. tenfold.Select(i => single.Scores[i])], [.. tenfold.Select(i => single.Positive[i])], default, tenfold);
        var rows = new LabelledScores(copies.Scores, copies.Positive);

        double byCluster = Width(copies), byRow = Width(rows);

        Assert.InRange(byCluster / byRow, Math.Sqrt(10) * .85, Math.Sqrt(10) * 1.15);
        Assert.InRange(byCluster / Width(single), .85, 1.15);

        static double Width(LabelledScores rows)
        {
            var rate = Assert.IsType<Rate.Known>(CurveBootstrap.Run(rows, [CurveStatistic.RocAuc], "contents", "random", new(1))[0]);
            return rate.High - rate.Low;
        }
    }

    [Fact]
    public void No_error_seen_still_has_an_interval()
    {
        var rows = new LabelledScores([.. Enumerable.Range(0, 60).Select(i => i < 40 ? .1 : .9)], [.. Enumerable.Range(0, 60).Select(i => i >= 40)]);

        var fpr = Assert.IsType<Rate.Known>(CurveBootstrap.Run(rows, [CurveStatistic.Fpr(.5)], "contents", "random", new(1))[0]);

        Assert.Equal((0, 0, 40), (fpr.Estimate, fpr.Low, fpr.N));
        Assert.Equal(ClopperPearsonInterval.Of(0, 40).High, fpr.High, 12);
    }

    [Fact]
    public void One_class_and_no_row_are_unknown_with_a_reason()
    {
        Assert.All(
            CurveBootstrap.Run(new([.1, .2], [false, false]), [CurveStatistic.AveragePrecision, CurveStatistic.RocAuc], "contents", "random", new(1)),
            rate => Assert.Contains("both classes", Assert.IsType<Rate.Unknown>(rate).Why, StringComparison.Ordinal));
        Assert.All(
            CurveBootstrap.Run(new([], []), All, "contents", "random", new(1)),
            rate => Assert.Contains("no labelled row", Assert.IsType<Rate.Unknown>(rate).Why, StringComparison.Ordinal));
    }

    [Fact]
    public void Equal_seeds_give_equal_limits_and_others_do_not()
    {
        var rows = Rows(300, seed: 9, positiveShare: .2);
        Assert.Equal(Run(5), Run(5));
        Assert.NotEqual(Run(5), Run(6));

        IReadOnlyList<Rate> Run(ulong seed) => CurveBootstrap.Run(rows, All, "contents", "random", new(seed, Resamples: 100));
    }

    [Fact]
    public void The_difference_of_a_scorer_from_itself_is_nothing_and_from_noise_is_its_advantage()
    {
        var rows = Rows(800, seed: 4, positiveShare: .3);
        var random = new SplitMix64(8);
        double[] noise = [.. rows.Scores.Select(_ => random.NextDouble())];

        var same = PairedBootstrap.Difference(rows, rows.Scores, CurveStatistic.AveragePrecision, new(1)).Value;
        var worse = PairedBootstrap.Difference(rows, noise, CurveStatistic.AveragePrecision, new(1)).Value;

        Assert.Equal((0.0, 0.0, 0.0, .5), (same.Difference, same.Low, same.High, same.ShareAbove));
        Assert.True(worse.High < 0 && worse.ShareAbove < .01);
        Assert.IsType<Outcome<PairedDifference>.Undefined>(
            PairedBootstrap.Difference(new([.1, .2], [false, false]), [.2, .1], CurveStatistic.AveragePrecision, new(1)));
    }

    private static LabelledScores Rows(int count, ulong seed, double positiveShare)
    {
        var random = new SplitMix64(seed * 7919);
        var scores = new double[count];
        var positive = new bool[count];
        for (int i = 0; i < count; i++)
        {
            positive[i] = random.NextDouble() < positiveShare;
            double u = random.NextDouble();
            scores[i] = Math.Round(positive[i] ? Math.Sqrt(u) : u, 4);
        }

        return new(scores, positive);
    }

    [Fact]
    public void Calibration_error_read_off_levels_is_that_of_the_equal_mass_bins() =>
        Gen.Select(Gen.Int[0, 40].Select(k => k / 40.0), Gen.Bool, Gen.Double[.1, 3]).Array[1, 200].Sample(rows =>
        {
            var labelled = new LabelledScores([.. rows.Select(row => row.Item1)], [.. rows.Select(row => row.Item2)], [.. rows.Select(row => row.Item3)]);

            double read = CurveStatistic.CalibrationError(labelled, bins: 7).At(ScoreLevels.Of(labelled).Masses);

            Assert.Equal(CalibrationError.Of(labelled, 7).Value.Ece, read, 1e-12);
        }, iter: 200);

    [Fact]
    public void Debiased_calibration_error_read_off_levels_is_that_of_the_equal_mass_bins() =>
        Gen.Select(Gen.Int[0, 40].Select(k => k / 40.0), Gen.Bool).Array[1, 200].Sample(rows =>
        {
            var labelled = new LabelledScores([.. rows.Select(row => row.Item1)], [.. rows.Select(row => row.Item2)]);

            double read = CurveStatistic.DebiasedCalibrationError(labelled, bins: 7).At(ScoreLevels.Of(labelled).Masses);

            Assert.Equal(CalibrationError.Of(labelled, 7).Value.Debiased, read, 1e-9);
        }, iter: 200);
}
