using Moderato.Releases;
using Moderato.Statistics.Calibration;
using Moderato.Statistics.Curves;
using Moderato.Statistics.Intervals;

namespace Moderato.Improvement.Calibrating;

/// <summary>
/// Fits what a later tier's scores mean. Three parts by cluster: maps are fitted on the first; whether the earlier tiers' scores
/// help is chosen on the second, by log loss; the third, seen by neither, says how good the chosen map is.
/// </summary>
public static class TierCalibrationFit
{
    /// <summary>Violating and safe contents of each part; with fewer a map is made of noise.</summary>
    private const int LeastOfEach = 20;

    public static TierCalibrationOutcome Of(string tier, CalibrationParts parts)
    {
        int least = new[] { parts.Fit, parts.Choose, parts.Report }.Min(part => part.LeastOfEach);
        if (least < LeastOfEach)
        {
            return new TierCalibrationOutcome.NotEnoughLabels(LeastOfEach - least, "one of the three parts has too few contents of a class");
        }

        var alone = Map([tier], parts.Fit);
        if (alone.Weights[tier] <= 0)
        {
            return new TierCalibrationOutcome.KnowsNothing(alone.Weights[tier]);
        }

        var all = parts.Fit.Rows.Concat(parts.Choose.Rows).Concat(parts.Report.Rows).ToList();
        string[] earlier = [.. all[0].Scores.Keys.Where(other => all.TrueForAll(row => row.Scores.ContainsKey(other))).Order(StringComparer.Ordinal)];
        var combined = earlier.Length > 1 ? Map(earlier, parts.Fit) : null;
        double aloneLoss = Loss(alone, parts.Choose), combinedLoss = combined is null ? double.PositiveInfinity : Loss(combined, parts.Choose);
        var chosen = combinedLoss < aloneLoss ? combined : null;
        var reported = Labelled(chosen ?? alone, parts.Report);
        var rates = CurveBootstrap.Run(
            reported, [CurveStatistic.AveragePrecision, CurveStatistic.RocAuc], "the third part of the labelled contents", "labelled contents, weighted to the prior", new BootstrapOptions(1));
        var error = CalibrationError.Of(reported, 15);
        return new TierCalibrationOutcome.Fitted(
            new TierCalibration(alone, chosen, Math.Clamp(parts.Prior, 1e-6, 1 - 1e-6)),
            new TierCalibrationReport(
                parts.Fit.Rows.Count, parts.Choose.Rows.Count, parts.Report.Rows.Count, aloneLoss, combined is null ? null : combinedLoss,
                rates[0], rates[1], error is Statistics.Outcome<CalibrationError>.Defined(var known) ? known.Debiased : null));
    }

    private static LogisticMap Map(string[] tiers, WeightedRows part)
    {
        var fit = LogisticRegression.Fit(
            [.. part.Rows.Select(row => (double[])[.. tiers.Select(tier => LogisticMap.Logit(row.Scores[tier]))])], [.. part.Rows.Select(row => row.Violating)], part.Weights).Value;
        return new LogisticMap(fit.Intercept, tiers.Zip(fit.Weights).ToDictionary(pair => pair.First, pair => pair.Second));
    }

    private static double Loss(LogisticMap map, WeightedRows part)
    {
        double sum = 0;
        for (int i = 0; i < part.Rows.Count; i++)
        {
            double p = Math.Clamp(map.Score(part.Rows[i].Scores), 1e-4, 1 - 1e-4);
            sum -= part.Weights[i] * Math.Log(part.Rows[i].Violating ? p : 1 - p);
        }

        return sum / part.Weights.Sum();
    }

    private static LabelledScores Labelled(LogisticMap map, WeightedRows part) => new(
        [.. part.Rows.Select(row => map.Score(row.Scores))], [.. part.Rows.Select(row => row.Violating)], part.Weights, [.. part.Rows.Select(row => row.Cluster)]);
}

/// <summary>What fitting came to.</summary>
public abstract record TierCalibrationOutcome
{
    private TierCalibrationOutcome()
    {
    }

    public sealed record Fitted(TierCalibration Calibration, TierCalibrationReport Report) : TierCalibrationOutcome;

    /// <param name="Additional">About so many more of the class and part that has fewest.</param>
    public sealed record NotEnoughLabels(int Additional, string Why) : TierCalibrationOutcome;

    /// <summary>Its score does not rise with the share that violates: it must not be asked.</summary>
    /// <param name="Weight">Of its logit, at or below 0.</param>
    public sealed record KnowsNothing(double Weight) : TierCalibrationOutcome;
}

/// <summary>How good a fitted map is, and what it was fitted on.</summary>
/// <param name="AloneLogLoss">Of the tier's own score, on the part that chose.</param>
/// <param name="CombinedLogLoss">With the earlier tiers' scores, on the same; null where no earlier tier judged all contents.</param>
/// <param name="DebiasedCalibrationError">On the part that reports; null where it is not defined.</param>
public sealed record TierCalibrationReport(
    int FittedOn, int ChosenOn, int ReportedOn, double AloneLogLoss, double? CombinedLogLoss, Rate AveragePrecision, Rate RocAuc, double? DebiasedCalibrationError);
