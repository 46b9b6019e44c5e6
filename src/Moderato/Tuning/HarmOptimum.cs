using Moderato.Decisions;
using Moderato.Statistics.Curves;
using Moderato.Statistics.Thresholds;

namespace Moderato.Tuning;

/// <summary>The two cuts of least harm under a review capacity: exact on all labels, its harm measured by <see cref="CrossFit"/>.</summary>
internal sealed class HarmOptimum
{
    private const int FrontierPoints = 12;
    private readonly TuningRows rows;
    private readonly HarmCosts costs;
    private readonly double perContent;
    private readonly CrossFit folds;
    private readonly LabelMasses all;
    private readonly double[] perRow;

    /// <param name="perDay">Contents a day; the log's contents where that is not known.</param>
    public HarmOptimum(TuningRows rows, HarmCosts costs, double perDay)
    {
        (this.rows, this.costs) = (rows, costs);
        perContent = perDay / rows.Total;
        folds = new CrossFit(rows);
        all = LabelMasses.Of(rows, _ => true);
        perRow = LabelMasses.PerRow(rows, _ => true);
    }

    /// <summary>Why no optimum can be chosen; null when it can.</summary>
    public string? WhyNot => folds.Lacking is { } missing
        ? $"cuts are chosen without a fifth of the labels and measured on it, and fewer than two labelled contents are {missing}; label more"
        : null;

    /// <param name="capacityPerDay">Null: no limit.</param>
    public Cuts Best(double? capacityPerDay) => Best(all, capacityPerDay);

    /// <summary>The cuts that each row is judged under when the optimum is to be measured on labels that had no part in it.</summary>
    public Func<int, Cuts> CrossFitted(double? capacityPerDay) => folds.Choose(masses => Best(masses, capacityPerDay));

    /// <summary>Harm a day, the errors under the cuts of each labelled row, the reviews under those that would be in force.</summary>
    public double Harm(Cuts inForce, Func<int, Cuts> judgedUnder)
    {
        double falsePositives = 0, falseNegatives = 0;
        for (int i = 0; i < perRow.Length; i++)
        {
            var row = rows.Rows[i];
            var cuts = judgedUnder(row.Row);
            falsePositives += !row.Violating && row.Bin >= cuts.BlockBin ? perRow[i] : 0;
            falseNegatives += row.Violating && row.Bin < cuts.ReviewBin ? perRow[i] : 0;
        }

        return perContent * ((costs.FalsePositive * falsePositives) + (costs.FalseNegative * falseNegatives) + ((costs.Review ?? 0) * rows.Reviews(inForce)));
    }

    /// <summary>The optimum at capacities from none to as many reviews as are worth their cost.</summary>
    public IReadOnlyList<FrontierPoint> Frontier(double? capacityPerDay)
    {
        if (costs.Review is null)
        {
            return [];
        }

        var problem = Problem(all, double.PositiveInfinity);
        double worthwhile = TwoThresholdOptimum.WorthwhileReviews(problem) * perContent;
        var capacities = Enumerable.Range(0, FrontierPoints).Select(i => Math.Ceiling(worthwhile * i / (FrontierPoints - 1)))
            .Concat(capacityPerDay is { } asked ? [asked] : []).Distinct().Order().ToArray();
        var choices = TwoThresholdOptimum.Find(problem, [.. capacities.Select(capacity => Room(capacity))]);
        return [.. choices.Select((choice, i) =>
        {
            var optimum = (ThresholdChoice.Optimal)choice;
            var cuts = CutsOf(optimum);
            return new FrontierPoint(capacities[i], optimum.Harm * perContent, cuts.ReviewFrom, cuts.BlockFrom);
        })];
    }

    private Cuts Best(LabelMasses masses, double? capacityPerDay) =>
        CutsOf((ThresholdChoice.Optimal)TwoThresholdOptimum.Find(Problem(masses, Room(capacityPerDay))));

    /// <summary>Without a price for a review there is no queue.</summary>
    private double Room(double? capacityPerDay) => costs.Review is null ? 0 : capacityPerDay / perContent ?? double.PositiveInfinity;

    private ThresholdProblem Problem(LabelMasses masses, double capacity) => new(
        masses.Safe, masses.Violating, rows.Contents, costs.FalsePositive, costs.FalseNegative, costs.Review ?? 0, capacity);

    private static Cuts CutsOf(ThresholdChoice.Optimal optimum) => new(
        optimum.ReviewFrom == optimum.BlockFrom ? null : ScoreBin.Cut(optimum.ReviewFrom),
        optimum.BlockFrom == ScoreBin.Count ? null : ScoreBin.Cut(optimum.BlockFrom));
}
