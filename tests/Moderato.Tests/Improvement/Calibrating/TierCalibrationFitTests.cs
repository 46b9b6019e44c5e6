using Moderato.Improvement.Calibrating;
using Moderato.Statistics.Intervals;

namespace Moderato.Tests.Improvement.Calibrating;

public sealed class TierCalibrationFitTests
{
    [Fact]
    public void Uses_the_earlier_tier_where_its_errors_are_unlike_and_reports_on_contents_of_neither_fold()
    {
        var fitted = Assert.IsType<TierCalibrationOutcome.Fitted>(TierCalibrationFit.Of("llm", CalibrationParts.Of("llm", Rows(3_000, ngramKnows: 1.5), null)));
        Assert.NotNull(fitted.Calibration.Combined);
        Assert.InRange(fitted.Calibration.Combined.Weights["ngram"], 0.1, 5);
        Assert.True(fitted.Report.CombinedLogLoss < fitted.Report.AloneLogLoss);
        Assert.Equal(3_000, fitted.Report.FittedOn + fitted.Report.ChosenOn + fitted.Report.ReportedOn);
        Assert.IsType<Rate.Known>(fitted.Report.AveragePrecision);
        Assert.InRange(fitted.Report.DebiasedCalibrationError!.Value, 0, 0.06);
    }

    [Fact]
    public void Leaves_the_earlier_tier_out_where_it_says_nothing_more()
    {
        int left = Enumerable.Range(1, 20).Count(seed =>
            ((TierCalibrationOutcome.Fitted)TierCalibrationFit.Of("llm", CalibrationParts.Of("llm", Rows(900, ngramKnows: 0, seed), null))).Calibration.Combined is null);
        Assert.InRange(left, 8, 20);
    }

    [Fact]
    public void Is_true_at_the_prior_that_is_stated()
    {
        var rows = Rows(3_000, ngramKnows: 1);
        var fitted = Assert.IsType<TierCalibrationOutcome.Fitted>(TierCalibrationFit.Of("llm", CalibrationParts.Of("llm", rows, 0.02)));
        var map = fitted.Calibration.For(rows[0].Scores);
        double violating = rows.Where(row => row.Violating).Average(row => map.Score(row.Scores));
        double safe = rows.Where(row => !row.Violating).Average(row => map.Score(row.Scores));
        Assert.Equal(0.02, (0.02 * violating) + (0.98 * safe), 0.01);
    }

    [Fact]
    public void Refuses_a_tier_that_knows_nothing_and_too_few_labels()
    {
        var upsideDown = Rows(900, 1).Select(row => row with { Violating = !row.Violating }).ToList();
        Assert.True(Assert.IsType<TierCalibrationOutcome.KnowsNothing>(TierCalibrationFit.Of("llm", CalibrationParts.Of("llm", upsideDown, null))).Weight <= 0);
        Assert.InRange(Assert.IsType<TierCalibrationOutcome.NotEnoughLabels>(TierCalibrationFit.Of("llm", CalibrationParts.Of("llm", Rows(60, 1), null))).Additional, 1, 20);
        Assert.Equal(20, Assert.IsType<TierCalibrationOutcome.NotEnoughLabels>(TierCalibrationFit.Of("llm", CalibrationParts.Of("llm", [], null))).Additional);
        Assert.IsType<TierCalibrationOutcome.NotEnoughLabels>(TierCalibrationFit.Of("encoder", CalibrationParts.Of("encoder", Rows(900, 1), null)));
    }

    private static List<TierRow> Rows(int count, double ngramKnows, int seed = 1)
    {
        var random = new Random(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        double Score(double logit) => Math.Round(1 / (1 + Math.Exp(-logit)), 4);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            bool violating = random.NextDouble() < 0.3;
            double sign = violating ? 1 : -1;
            return new TierRow(
                new Dictionary<string, double> { ["ngram"] = Score((sign * ngramKnows) + Normal() - 2), ["llm"] = Score((sign * 1.2) + Normal()) },
                violating, i);
        })];
    }
}
