using Moderato.Releases;
using Moderato.Statistics.Calibration;
using Moderato.Statistics.Curves;
using Moderato.Statistics.Intervals;

namespace Moderato.Improvement.Calibrating;

/// <summary>A labelled content as the tiers scored it, for one category.</summary>
/// <param name="Scores">By tier: of those that judged it, the later tier's among them.</param>
/// <param name="Cluster">Its near-duplicates have the same; folds do not tear them apart.</param>
/// <param name="InclusionProbability">With which it came to be labelled; 1 where all were.</param>
public sealed record TierRow(IReadOnlyDictionary<string, double> Scores, bool Violating, int Cluster, double InclusionProbability = 1);

/// <summary>
/// Fits what a later tier's scores mean. Three parts by cluster: maps are fitted on the first; whether the earlier tiers' scores
/// help is chosen on the second, by log loss; the third, seen by neither, says how good the chosen map is.
/// </summary>
public static class TierCalibrationFit
{
    /// <summary>Violating and safe contents of each part; with fewer a map is made of noise.</summary>
    private const int LeastOfEach = 20;

    /// <param name="prior">The share of violating contents on the platform; null when the rows are a sample of it.</param>
    public static TierCalibrationOutcome Of(string tier, IReadOnlyList<TierRow> rows, double? prior)
    {
        var usable = rows.Where(row => row.Scores.ContainsKey(tier) && row.InclusionProbability > 0).ToList();
        var parts = Enumerable.Range(0, 3).Select(part => usable.Where(row => PartOf(row.Cluster) == part).ToList()).ToList();
        int least = parts.Min(part => Math.Min(part.Count(row => row.Violating), part.Count(row => !row.Violating)));
        if (least < LeastOfEach)
        {
            return new TierCalibrationOutcome.NotEnoughLabels(LeastOfEach - least, "one of the three parts has too few contents of a class");
        }

        double mass = usable.Sum(Weight), violating = usable.Where(row => row.Violating).Sum(Weight);
        double at = prior ?? violating / mass;
        double[] Reweighted(IEnumerable<TierRow> part) =>
            [.. part.Select(row => Weight(row) * (prior is null ? 1 : row.Violating ? at * mass / violating : (1 - at) * mass / (mass - violating)))];
        var alone = Map([tier], parts[0], Reweighted(parts[0]));
        if (alone.Weights[tier] <= 0)
        {
            return new TierCalibrationOutcome.KnowsNothing(alone.Weights[tier]);
        }

        string[] earlier = [.. usable[0].Scores.Keys.Where(other => usable.TrueForAll(row => row.Scores.ContainsKey(other))).Order(StringComparer.Ordinal)];
        var combined = earlier.Length > 1 ? Map(earlier, parts[0], Reweighted(parts[0])) : null;
        double[] chosenOn = Reweighted(parts[1]);
        double aloneLoss = Loss(alone, parts[1], chosenOn), combinedLoss = combined is null ? double.PositiveInfinity : Loss(combined, parts[1], chosenOn);
        var chosen = combinedLoss < aloneLoss ? combined : null;
        var reported = Labelled(chosen ?? alone, parts[2], Reweighted(parts[2]));
        var options = new BootstrapOptions(1);
        var rates = CurveBootstrap.Run(reported, [CurveStatistic.AveragePrecision, CurveStatistic.RocAuc], "the third part of the labelled contents", "labelled contents, weighted to the prior", options);
        var error = CalibrationError.Of(reported, 15);
        return new TierCalibrationOutcome.Fitted(
            new TierCalibration(alone, chosen, Math.Clamp(at, 1e-6, 1 - 1e-6)),
            new TierCalibrationReport(
                parts[0].Count, parts[1].Count, parts[2].Count, aloneLoss, combined is null ? null : combinedLoss,
                rates[0], rates[1], error is Statistics.Outcome<CalibrationError>.Defined(var known) ? known.Debiased : null));
    }

    private static double Weight(TierRow row) => 1 / row.InclusionProbability;

    private static int PartOf(int cluster) => (int)(((uint)cluster * 0x9E3779B1u >> 8) % 3);

    private static LogisticMap Map(string[] tiers, List<TierRow> part, double[] weights)
    {
        var fit = LogisticRegression.Fit(
            [.. part.Select(row => (double[])[.. tiers.Select(tier => LogisticMap.Logit(row.Scores[tier]))])], [.. part.Select(row => row.Violating)], weights).Value;
        return new LogisticMap(fit.Intercept, tiers.Zip(fit.Weights).ToDictionary(pair => pair.First, pair => pair.Second));
    }

    private static double Loss(LogisticMap map, List<TierRow> part, double[] weights)
    {
        double sum = 0;
        for (int i = 0; i < part.Count; i++)
        {
            double p = Math.Clamp(map.Score(part[i].Scores), 1e-4, 1 - 1e-4);
            sum -= weights[i] * Math.Log(part[i].Violating ? p : 1 - p);
        }

        return sum / weights.Sum();
    }

    private static LabelledScores Labelled(LogisticMap map, List<TierRow> part, double[] weights) => new(
        [.. part.Select(row => map.Score(row.Scores))], [.. part.Select(row => row.Violating)], weights, [.. part.Select(row => row.Cluster)]);
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
