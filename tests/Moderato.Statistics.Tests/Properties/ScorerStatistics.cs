using Moderato.Statistics.Calibration;
using Moderato.Statistics.Curves;
using Moderato.Statistics.Sampling;

namespace Moderato.Statistics.Tests.Properties;

/// <summary>Curves, calibration and audited rates of scores against the truth (true = violating).</summary>
internal static class ScorerStatistics
{
    public static IReadOnlyList<Statistic> All { get; } =
    [
        Ranking("average precision", levels => AveragePrecision.Of(levels)) with { OnlySecond = Answer.Is(1), Constant = Answer.Is(.5) },
        Ranking("ROC AUC", levels => RocAuc.Of(levels)) with { Constant = Answer.Is(.5), WhenGroupsSwap = auc => 1 - auc },
        Ranking("TPR at 20% FPR", levels => TprAtFpr.Of(levels, .2)) with { Constant = Answer.Is(0) },
        Levels("Brier score", levels => BrierScore.Of(levels)) with { Constant = Answer.Is(.5) },
        Levels("log loss", levels => LogLoss.Of(levels)),
        Levels("FPR", levels => Confusion.At(levels, .5).FalsePositiveRate) with { OnlySecond = Answer.Undefined, Constant = Answer.Is(1) },
        Levels("FNR", levels => Confusion.At(levels, .5).FalseNegativeRate) with { OnlyFirst = Answer.Undefined, Constant = Answer.Is(0) },
        Levels("macro-F1", levels => Confusion.At(levels, .5).MacroF1),
        Levels("histogram AP", levels => AveragePrecision.Of(ByBins(levels).Levels())) with { OnlyFirst = Answer.Undefined, OnlySecond = Answer.Is(1), Constant = Answer.Is(.5) },

        Levels("precision at half recall", levels => PrecisionRecallCurve.Of(levels) is Outcome<PrecisionRecallCurve>.Defined(var curve) ? Outcome.Defined(curve.PrecisionAt(.5)) : Outcome.Undefined<double>("no curve"))
            with
            {
                // A recall of ½ is met or missed by a rounding of the weights.
                WeightScaleFree = false,
                RanksOnly = true,
                OnlyFirst = Answer.Undefined,
                OnlySecond = Answer.Is(1),
                Constant = Answer.Is(.5),
            },
        Calibrated("temperature", rows => ValueOf(TemperatureMap.Fit(rows), map => map.Temperature))
            with { Values = Statistic.Kind.Numbers, WeightScaleFree = false, Tolerance = 1e-6, OnlyFirst = Answer.Undefined, OnlySecond = Answer.Undefined, Constant = Answer.Undefined },

        Calibrated("isotonic map at .5", rows => ValueOf(IsotonicMap.Fit(rows), map => map.Apply(.5))),
        Calibrated("Platt map at .5", rows => ValueOf(PlattMap.Fit(rows), map => map.Apply(.5))) with { WeightScaleFree = false, Tolerance = 1e-6 },
        Calibrated("equal-width ECE", rows => ValueOf(CalibrationError.Of(rows, 5, ReliabilityBinning.EqualWidthLeftClosed), error => error.Ece)) with { Constant = Answer.Is(.5) },
        Calibrated("ECE", rows => ValueOf(CalibrationError.Of(rows, 5), error => error.Ece)) with { Weighted = false, WeightScaleFree = false, Constant = Answer.Is(.5) },
        Calibrated("debiased ECE²", rows => ValueOf(CalibrationError.Of(rows, 5), error => error.DebiasedSquared)) with { Weighted = false, WeightScaleFree = false },
        Calibrated("CORP miscalibration", rows => ValueOf(CorpDecomposition.Of(rows), corp => corp.Miscalibration)),
        Calibrated("CORP discrimination", rows => ValueOf(CorpDecomposition.Of(rows), corp => corp.Discrimination)) with { OnlyFirst = Answer.Is(0), OnlySecond = Answer.Is(0), Constant = Answer.Is(0) },
        Calibrated("calibration slope", rows => ValueOf(CalibrationSlope.Of(rows), fit => fit.Slope))
            with { Tolerance = 1e-6, OnlyFirst = Answer.Undefined, OnlySecond = Answer.Undefined, Constant = Answer.Undefined },
        Calibrated("Spiegelhalter p", rows => ValueOf(CalibrationTests.Spiegelhalter(rows), test => test.P)) with { Weighted = false, Constant = Answer.Undefined },
        Calibrated("Kolmogorov–Smirnov calibration p", rows => ValueOf(CalibrationTests.KolmogorovSmirnov(rows), test => test.P)) with { Weighted = false, Constant = Answer.Undefined },
        Calibrated("Kuiper calibration p", rows => ValueOf(CalibrationTests.Kuiper(rows), test => test.P)) with { Weighted = false, Constant = Answer.Undefined },

        Audited("Hájek FPR", rows => ValueOf(HajekRatio.OfProcess(rows, ErrorRate.Fpr), ratio => ratio.Estimate)) with { OnlySecond = Answer.Undefined },
        Audited("Hájek FNR", rows => ValueOf(HajekRatio.OfProcess(rows, ErrorRate.Fnr), ratio => ratio.Estimate)) with { OnlyFirst = Answer.Undefined },
    ];

    private static Statistic Ranking(string name, Func<ScoreLevels, Outcome<double>> of) =>
        Levels(name, of) with { RanksOnly = true, OnlyFirst = Answer.Undefined, OnlySecond = Answer.Undefined };

    private static Statistic Levels(string name, Func<ScoreLevels, Outcome<double>> of) =>
        Calibrated(name, rows => ValueOf(of(ScoreLevels.Of(rows)), value => value));

    private static Statistic Calibrated(string name, Func<LabelledScores, double?> of) =>
        new(name, rows => of(new(rows.Values, rows.Group, rows.Weights)))
        {
            Weighted = true,
            WeightScaleFree = true,
            Empty = Answer.Undefined,
            OnlyFirst = Answer.Any,
            OnlySecond = Answer.Any,
            Constant = Answer.Any,
        };

    private static Statistic Audited(string name, Func<AuditedRows, double?> of) => new(name, rows => of(new([.. rows.Values.Select(value => value >= 2)], rows.Group, rows.Weights)))
    {
        Values = Statistic.Kind.Categories,
        Weighted = true,
        WeightScaleFree = true,
        Empty = Answer.Undefined,
        OnlyFirst = Answer.Any,
        OnlySecond = Answer.Any,
        Constant = Answer.Any,
    };

    private static double? ValueOf<T>(Outcome<T> outcome, Func<T, double> value) =>
        outcome is Outcome<T>.Defined(var found) ? value(found) : null;

    private static ScoreHistogram ByBins(ScoreLevels levels)
    {
        var histogram = new ScoreHistogram();
        for (int i = 0; i < levels.Thresholds.Length; i++)
        {
            histogram.Add(levels.Thresholds[i], true, levels.Positive[i]);
            histogram.Add(levels.Thresholds[i], false, levels.Negative[i]);
        }

        return histogram;
    }
}
