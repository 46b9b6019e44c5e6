using Moderato.Decisions;
using Moderato.Statistics.Curves;
using Moderato.Statistics.Thresholds;

namespace Moderato.Tuning;

/// <summary>The two cuts of least harm under a review capacity: exact on all labels, its harm measured by <see cref="CrossFit"/>.</summary>
internal sealed class HarmOptimum
{
    private const int FrontierPoints = 12;
    private const int PricePoints = 50;
    private readonly TuningRows rows;
    private readonly HarmCosts costs;
    private readonly double reviewerError;
    private readonly double perContent;
    private readonly CrossFit folds;
    private readonly LabelMasses all;
    private readonly double[] perRow;

    /// <param name="perDay">Contents a day; the log's contents where that is not known.</param>
    /// <param name="reviewerError">Share of the reviews that end in the wrong verdict.</param>
    public HarmOptimum(TuningRows rows, HarmCosts costs, double reviewerError, double perDay)
    {
        (this.rows, this.costs, this.reviewerError) = (rows, costs, reviewerError);
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
            double wrong = row.Bin >= cuts.ReviewBin && row.Bin < cuts.BlockBin ? reviewerError * perRow[i] : 0;
            falsePositives += row.Violating ? 0 : row.Bin >= cuts.BlockBin ? perRow[i] : wrong;
            falseNegatives += !row.Violating ? 0 : row.Bin < cuts.ReviewBin ? perRow[i] : wrong;
        }

        return perContent * ((costs.FalsePositive * falsePositives) + (costs.FalseNegative * falseNegatives) + ((costs.Review ?? 0) * rows.Reviews(inForce)));
    }

    /// <summary>How sure the optimum is.</summary>
    public OptimumFinding Stability(double? capacityPerDay) =>
        new OptimumResampling(rows, perRow, (ThresholdChoice.Optimal)TwoThresholdOptimum.Find(Problem(all, Room(capacityPerDay))))
            .Run((masses, contents) => Problem(masses, Room(capacityPerDay)) with { ReviewItems = contents }, perContent);

    /// <summary>The optimum at capacities from none to as many reviews as are worth their cost, and what one more review saves there.</summary>
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

        // One score takes many reviews at once, so what a review is worth is the steepest way down to any larger capacity.
        double[] tried = [.. capacities, .. Enumerable.Range(1, PricePoints).Select(i => worthwhile * i / PricePoints)];
        var choices = TwoThresholdOptimum.Find(problem, [.. tried.Select(capacity => Room(capacity))]);
        double[] harms = [.. choices.Select(choice => ((ThresholdChoice.Optimal)choice).Harm * perContent)];
        return [.. capacities.Select((capacity, i) =>
        {
            var cuts = CutsOf((ThresholdChoice.Optimal)choices[i]);
            double price = tried.Zip(harms)
                .Where(more => more.First > capacity).Select(more => (harms[i] - more.Second) / (more.First - capacity)).DefaultIfEmpty().Max();
            return new FrontierPoint(capacity, harms[i], cuts.ReviewFrom, cuts.BlockFrom) { ShadowPrice = Math.Max(0, price) };
        })];
    }

    private Cuts Best(LabelMasses masses, double? capacityPerDay) =>
        CutsOf((ThresholdChoice.Optimal)TwoThresholdOptimum.Find(Problem(masses, Room(capacityPerDay))));

    /// <summary>Without a price for a review there is no queue.</summary>
    private double Room(double? capacityPerDay) => costs.Review is null ? 0 : capacityPerDay / perContent ?? double.PositiveInfinity;

    private ThresholdProblem Problem(LabelMasses masses, double capacity) => new(
        masses.Safe, masses.Violating, rows.Contents, costs.FalsePositive, costs.FalseNegative, costs.Review ?? 0, capacity)
    {
        ErrorOnSafe = reviewerError,
        ErrorOnViolating = reviewerError,
    };

    private static Cuts CutsOf(ThresholdChoice.Optimal optimum) => new(
        optimum.ReviewFrom == optimum.BlockFrom ? null : ScoreBin.Cut(optimum.ReviewFrom),
        optimum.BlockFrom == ScoreBin.Count ? null : ScoreBin.Cut(optimum.BlockFrom));
}
