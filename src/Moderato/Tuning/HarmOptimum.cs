using Moderato.Decisions;
using Moderato.Statistics.Curves;
using Moderato.Statistics.Thresholds;

namespace Moderato.Tuning;

/// <summary>The two cuts of least harm under a review capacity, chosen exactly on one half of the labels, and their harm on the other.</summary>
internal sealed class HarmOptimum
{
    private const int FrontierPoints = 12;
    private readonly TuningRows rows;
    private readonly HarmCosts costs;
    private readonly double perContent;
    private readonly HalfMasses choosing;
    private readonly HalfMasses measuring;

    /// <param name="perDay">Contents a day; the log's contents where that is not known.</param>
    public HarmOptimum(TuningRows rows, HarmCosts costs, double perDay)
    {
        (this.rows, this.costs) = (rows, costs);
        perContent = perDay / rows.Total;
        choosing = HalfMasses.Of(rows, chooses: true);
        measuring = HalfMasses.Of(rows, chooses: false);
    }

    /// <summary>Why no optimum can be chosen; null when it can.</summary>
    public string? WhyNot =>
        Math.Min(choosing.SafeRows, choosing.ViolatingRows) == 0 || Math.Min(measuring.SafeRows, measuring.ViolatingRows) == 0
            ? "cuts are chosen on one half of the labels and measured on the other, and one half lacks a class; label more"
            : null;

    /// <param name="capacityPerDay">Null: no limit.</param>
    public Cuts Best(double? capacityPerDay) =>
        CutsOf((ThresholdChoice.Optimal)TwoThresholdOptimum.Find(Problem(Room(capacityPerDay))));

    /// <summary>Harm a day of any cuts, on the half that did not choose.</summary>
    public double Harm(Cuts cuts)
    {
        double falsePositives = 0, falseNegatives = 0;
        for (int bin = 0; bin < ScoreBin.Count; bin++)
        {
            falsePositives += bin >= cuts.BlockBin ? measuring.Safe[bin] : 0;
            falseNegatives += bin < cuts.ReviewBin ? measuring.Violating[bin] : 0;
        }

        return perContent * ((costs.FalsePositive * falsePositives) + (costs.FalseNegative * falseNegatives) + ((costs.Review ?? 0) * rows.Reviews(cuts)));
    }

    /// <summary>The optimum at capacities from none to as many reviews as are worth their cost.</summary>
    public IReadOnlyList<FrontierPoint> Frontier(double? capacityPerDay)
    {
        if (costs.Review is null)
        {
            return [];
        }

        double worthwhile = TwoThresholdOptimum.WorthwhileReviews(Problem(double.PositiveInfinity)) * perContent;
        var capacities = Enumerable.Range(0, FrontierPoints).Select(i => Math.Ceiling(worthwhile * i / (FrontierPoints - 1)))
            .Concat(capacityPerDay is { } asked ? [asked] : []).Distinct().Order().ToArray();
        var choices = TwoThresholdOptimum.Find(Problem(double.PositiveInfinity), [.. capacities.Select(capacity => Room(capacity))]);
        return [.. choices.Select((choice, i) =>
        {
            var optimum = (ThresholdChoice.Optimal)choice;
            var cuts = CutsOf(optimum);
            return new FrontierPoint(capacities[i], optimum.Harm * perContent, cuts.ReviewFrom, cuts.BlockFrom);
        })];
    }

    /// <summary>Without a price for a review there is no queue.</summary>
    private double Room(double? capacityPerDay) => costs.Review is null ? 0 : capacityPerDay / perContent ?? double.PositiveInfinity;

    private ThresholdProblem Problem(double capacity) => new(
        choosing.Safe, choosing.Violating, rows.Contents, costs.FalsePositive, costs.FalseNegative, costs.Review ?? 0, capacity);

    private static Cuts CutsOf(ThresholdChoice.Optimal optimum) => new(
        optimum.ReviewFrom == optimum.BlockFrom ? null : ScoreBin.Cut(optimum.ReviewFrom),
        optimum.BlockFrom == ScoreBin.Count ? null : ScoreBin.Cut(optimum.BlockFrom));
}
