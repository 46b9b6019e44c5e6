using Moderato.Investigation.Findings;
using Moderato.Statistics.Curves;
using Moderato.Statistics.Intervals;
using Moderato.Statistics.Sampling;

namespace Moderato.Investigation.Confidence;

/// <summary>
/// Finds the scores that many flagged contents share. A chat model asked for a number says .85 and .9 most of the time: what stands on
/// one score cannot be parted by any threshold, however many decimals the threshold has.
/// </summary>
public static class StepsOfScores
{
    private const double Z95 = 1.959963984540054;

    /// <summary>A score that this part of the flagged contents shares is a step.</summary>
    private const double LeastOfFlags = 0.05;

    /// <summary>Steps that hold this part of the flagged contents make a move of the threshold a leap.</summary>
    private const double CoarseFrom = 0.5;

    /// <summary>Fewer flagged contents share a score by chance.</summary>
    private const int LeastFlags = 20;

    /// <returns>Null where no content of the current period has a score.</returns>
    public static ScoreSteps? Of(Evidence evidence)
    {
        var table = evidence.Table;
        if (table.Scores is not { } scores)
        {
            return null;
        }

        var contents = new long[ScoreBin.Count];
        var flags = new long[ScoreBin.Count];
        var falsePositives = new double[ScoreBin.Count];
        for (int row = 0; row < scores.Length; row++)
        {
            if (table.IsCurrent(row) && !double.IsNaN(scores[row]))
            {
                int bin = ScoreBin.Of(scores[row]);
                contents[bin]++;
                flags[bin] += evidence.IsFlagged(row) ? 1 : 0;
                falsePositives[bin] += evidence.IsFalsePositive(row) ? evidence.Weights[row] : 0;
            }
        }

        int distinct = contents.Count(count => count > 0);
        long flagged = flags.Sum();
        if (distinct == 0)
        {
            return null;
        }

        int[] bins = flagged < LeastFlags ? [] : [.. Enumerable.Range(0, ScoreBin.Count).Where(bin => flags[bin] >= LeastOfFlags * flagged)];
        double onSteps = bins.Sum(bin => flags[bin]) / Math.Max(1.0, flagged), wrong = falsePositives.Sum();
        return new(
            distinct, onSteps >= CoarseFrom, onSteps,
            [.. bins.Select(bin => new ScoreStep(
                ScoreBin.Cut(bin), flags[bin] / (double)flagged, wrong > 0 ? falsePositives[bin] / wrong : null, Violating(evidence, bin)))],
            [.. bins.Zip(bins.Skip(1), (above, upTo) => new StepGap(
                ScoreBin.Cut(above), ScoreBin.Cut(upTo), flags[(above + 1)..upTo].Sum() / (double)flagged))]);
    }

    private static Rate Violating(Evidence evidence, int bin)
    {
        var table = evidence.Table;
        int[] rows = [.. Enumerable.Range(0, table.Count).Where(row =>
            table.IsCurrent(row) && evidence.Weights[row] > 0 && !double.IsNaN(table.Scores![row]) && ScoreBin.Of(table.Scores[row]) == bin)];
        if (rows.Length == 0)
        {
            return new Rate.Unknown(evidence.WhyNoRates ?? "no content with this score is labelled");
        }

        var share = StratumShare.Of(
            rows.Length, Array.ConvertAll(rows, row => evidence.Weights[row]), Array.ConvertAll(rows, row => table.Labels[row] == 1),
            Array.ConvertAll(rows, row => evidence.Clusters[row]), Z95);
        return new Rate.Known(
            share.Estimate, share.Low, share.High, rows.Length, "Wilson on effective n",
            $"{RateFindings.Population(evidence, Decisions.Period.Current)} with this score", evidence.Design, 0.95);
    }
}
