using Moderato.Decisions;
using Moderato.Investigation.Diagnosing;
using Moderato.Investigation.Findings;
using Moderato.Investigation.Patterns;
using Moderato.Statistics.Curves;
using Moderato.Statistics.Intervals;
using Moderato.Statistics.Sampling;

namespace Moderato.Investigation.Confidence;

/// <summary>
/// How sure the model is where it is wrong: margins, calibration, and how much of the excess a move of the thresholds or a map of
/// the scores would take away on rows on which it was not fitted. See <c>docs/methods/confidence.md</c>.
/// </summary>
public static class ConfidenceAnalysis
{
    private const double Z95 = 1.959963984540054;

    /// <param name="yardstickFpr">The FPR that is accepted: what lies over it is the excess.</param>
    /// <param name="referenceFnr">Of the reference period; null where it is not known: then nothing bounds what the map may cost.</param>
    /// <param name="slices">Slices that step 1 found.</param>
    public static ConfidenceEvidence Run(
        Evidence evidence, double yardstickFpr, double? referenceFnr, IReadOnlyList<SliceFinding> slices, int seed)
    {
        var table = evidence.Table;
        string? why = table.Scores is null ? "the log has no scores" : evidence.WhyNoRates;
        var cuts = BlockCuts.Of(table);
        if (why is null && cuts.Current is null)
        {
            why = "the cut is not known: give --block-from, or verdicts that follow the scores";
        }

        if (why is not null)
        {
            var unknown = new Rate.Unknown(why);
            return new(
                new(null, null, null, unknown, null, unknown, unknown) { Resolution = StepsOfScores.Of(evidence) }, null, null, double.NaN,
                [new("confidence of the false positives", why) { Step = Steps.Confidence }]);
        }

        var falsePositives = FalsePositiveScores.Of(evidence);
        int[] labelled = [.. Enumerable.Range(0, table.Count).Where(row => table.IsCurrent(row) && evidence.Weights[row] > 0 && !double.IsNaN(table.Scores![row]))];
        double cut = cuts.Current!.Value;
        var (affordable, move, whyNot) = AffordableMove(evidence, labelled, cut, referenceFnr ?? 0, seed);
        var map = ScoreMove.Of(evidence, NewContent.Nothing(evidence), evidence.SliceColumns);
        return new(
            new(
                falsePositives.MarginsOver(cut), falsePositives.LowShare(cut), falsePositives.HighShare(),
                CurrentCalibration.Ece(evidence, labelled), CurrentCalibration.P(evidence, labelled),
                whyNot is null ? RemovableExcess.ShareOf(evidence, yardstickFpr, affordable) : new Rate.Unknown(whyNot),
                map is null ? new Rate.Unknown("a map back to the reference needs scores and a cut of a reference period")
                    : RemovableExcess.ShareOf(evidence, yardstickFpr, row => map.Removes(row) && (referenceFnr is null || affordable(row))))
            {
                Reliability = CurrentCalibration.Reliability(evidence, labelled),
                FalsePositiveScores = falsePositives.Bands(),
                Resolution = StepsOfScores.Of(evidence),
                InSlices = [.. InSlices(evidence, labelled, slices)],
            },
            move, map?.MappedCut, map?.Uniformity ?? double.NaN, []);
    }

    /// <summary>Which flags the greatest affordable move of the cuts takes away; where no violating content is labelled nothing bounds it, and the reason is given.</summary>
    private static (Func<int, bool> Removes, double? Move, string? WhyNot) AffordableMove(
        Evidence evidence, int[] labelled, double blockFrom, double referenceFnr, int seed)
    {
        var table = evidence.Table;
        int blockBin = ScoreBin.Of(blockFrom);
        int reviewBin = table.Cuts is { HasQueue: true, ReviewFrom: { } reviewFrom } ? ScoreBin.Of(reviewFrom) : blockBin;
        var half = Halves.Discovery(table, evidence.Clusters, evidence.ClusterCount, seed);
        int? first = RemovableExcess.Move(evidence, labelled.Where(row => half[row]), reviewBin, referenceFnr);
        int? second = RemovableExcess.Move(evidence, labelled.Where(row => !half[row]), reviewBin, referenceFnr);
        if (first is not { } foundHere || second is not { } foundThere)
        {
            return (_ => true, null, "no truly violating content among the labels of a half: what a higher cut would miss is not known");
        }

        // Each half under the move that was chosen on the other.
        return (
            row => ScoreBin.Of(table.Scores![row]) < blockBin + (half[row] ? foundThere : foundHere),
            (foundHere + foundThere) / 2.0 / (ScoreBin.Count - 1),
            null);
    }

    private static IEnumerable<SliceCalibration> InSlices(Evidence evidence, int[] labelled, IReadOnlyList<SliceFinding> slices)
    {
        foreach (var slice in slices)
        {
            int[] rows = Array.FindAll(labelled, new SliceMatcher(evidence.Table, evidence.SliceColumns, slice.Where).Holds);
            if (rows.Length == 0)
            {
                continue;
            }

            double[] weights = Array.ConvertAll(rows, row => evidence.Weights[row]);
            var share = StratumShare.Of(
                rows.Length, weights, Array.ConvertAll(rows, row => evidence.Table.Labels[row] == 1), Array.ConvertAll(rows, row => evidence.Clusters[row]), Z95);
            yield return new SliceCalibration(
                slice.Where,
                rows.Zip(weights, (row, weight) => weight * evidence.Table.Scores![row]).Sum() / weights.Sum(),
                new Rate.Known(
                    share.Estimate, share.Low, share.High, rows.Length, StratumShare.Method,
                    $"{RateFindings.Population(evidence, Period.Current)} in the slice", evidence.Design, 0.95));
        }
    }
}
