using Moderato.Investigation.Findings;
using Moderato.Statistics.Intervals;
using Moderato.Statistics.Sampling;

namespace Moderato.Investigation.Patterns;

/// <summary>What the testing half says of one slice.</summary>
internal sealed class SliceTest
{
    private const double Z95 = 1.959963984540054;
    private const int MostExamples = 5;

    private readonly IReadOnlyDictionary<string, string> where;
    private readonly Rate fpr;
    private readonly List<int> falsePositives = [];
    private readonly Dictionary<(int Cluster, bool Inside), double> hits = [];
    private double weight;
    private double hit;
    private double restWeight;
    private double restHit;

    // Of the rows that no earlier slice holds: what this one adds.
    private double ownWeight;
    private double ownHit;

    private SliceTest(IReadOnlyDictionary<string, string> where, Rate fpr) => (this.where, this.fpr) = (where, fpr);

    /// <summary>
    /// The greater of two one-sided p-values: the slice against the rest of the safe content, and the same among what no
    /// earlier slice holds, so that no slice is reported for the rows that it shares with a better one.
    /// </summary>
    public double P { get; private init; }

    /// <param name="rows">Safe contents of the testing half.</param>
    /// <param name="representatives">One of each cluster and verdict of them.</param>
    /// <param name="earlier">Slices found before this one.</param>
    /// <param name="discovery">By row: whether it is in the other half.</param>
    public static SliceTest Of(
        Evidence evidence, SliceFeatures features, IReadOnlyList<int> conjunction, SafeContents safe, int[] rows, int[] representatives,
        IReadOnlyList<IReadOnlyList<int>> earlier, bool[] discovery)
    {
        bool Holds(int row) => features.Table.Holds(row, conjunction);
        bool Taken(int row) => earlier.Any(slice => features.Table.Holds(row, slice));

        int[] inside = [.. Enumerable.Range(0, evidence.Table.Count).Where(row => !discovery[row] && evidence.Table.IsCurrent(row) && Holds(row))];
        var test = new SliceTest(features.Where(conjunction), Fpr(evidence, safe, inside))
        {
            P = Math.Max(
                TwoGroups.PValue(evidence.Table, representatives, safe.MeanWeights, Holds, evidence.IsFlagged),
                TwoGroups.PValue(evidence.Table, Array.FindAll(representatives, row => !Taken(row)), safe.MeanWeights, Holds, evidence.IsFlagged)),
        };
        foreach (int row in rows)
        {
            test.Count(row, evidence.Clusters[row], safe.Weights[row], evidence.IsFlagged(row), Holds(row), Taken(row));
        }

        return test;
    }

    public SliceFinding Finding(Evidence evidence, double q, double yardstickFpr, double excess) => new(
        where, fpr is Rate.Known known ? known.N : 0, falsePositives.Count, fpr,
        restHit > 0 ? hit / weight / (restHit / restWeight) : null, q,
        excess > 0 ? Math.Clamp((ownHit - (yardstickFpr * ownWeight)) / excess, 0, 1) : 0,
        [.. falsePositives.DistinctBy(row => evidence.Clusters[row]).Take(MostExamples).Select(row => evidence.Table.Ids[row])])
    {
        LiftInterval = LiftInterval(),
    };

    // Katz's interval of the logarithm; a cluster of copies is one draw, so Σ h²/(Σ h)² stands for 1/n of the hits.
    private Interval? LiftInterval()
    {
        if (!(hit > 0 && restHit > 0))
        {
            return null;
        }

        double variance = 0;
        foreach (var ((_, inside), own) in hits)
        {
            variance += inside ? own * own * (1 - (hit / weight)) / (hit * hit) : own * own * (1 - (restHit / restWeight)) / (restHit * restHit);
        }

        double lift = hit / weight / (restHit / restWeight), reach = Math.Exp(Z95 * Math.Sqrt(variance));
        return new(lift / reach, lift * reach);
    }

    private void Count(int row, int cluster, double rowWeight, bool flagged, bool holds, bool taken)
    {
        double rowHit = flagged ? rowWeight : 0;
        if (flagged)
        {
            hits[(cluster, holds)] = hits.GetValueOrDefault((cluster, holds)) + rowHit;
        }

        if (!holds)
        {
            restWeight += rowWeight;
            restHit += rowHit;
            return;
        }

        weight += rowWeight;
        hit += rowHit;
        ownWeight += taken ? 0 : rowWeight;
        ownHit += taken ? 0 : rowHit;
        if (flagged)
        {
            falsePositives.Add(row);
        }
    }

    // Post-stratified by verdict: how many contents of the slice were flagged is known, labelled or not.
    private static Rate Fpr(Evidence evidence, SafeContents safe, int[] inside)
    {
        string population = $"{RateFindings.Population(evidence, Decisions.Period.Current)} in the slice, testing half";
        var rate = new PostStratifiedErrorRates(
            Array.ConvertAll(inside, row => (byte)evidence.Table.Verdicts[row]),
            Array.ConvertAll(inside, row => evidence.Weights[row]),
            Array.ConvertAll(inside, row => evidence.Table.Labels[row]),
            Array.ConvertAll(inside, row => evidence.Clusters[row]),
            population, evidence.Design).Fpr;
        if (rate is Rate.Known { Low: var low, High: var high } && low < high)
        {
            return rate;
        }

        // Few labels among what was not flagged, or nothing but flags: then what was not flagged is taken as safe.
        int[] rows = Array.FindAll(inside, row => safe.Weights[row] > 0);
        var share = StratumShare.Of(
            rows.Length, Array.ConvertAll(rows, row => safe.Weights[row]), Array.ConvertAll(rows, evidence.IsFlagged),
            Array.ConvertAll(rows, row => evidence.Clusters[row]), Z95);
        return share.Labelled == 0 ? rate : new Rate.Known(
            share.Estimate, share.Low, share.High, rows.Count(row => evidence.Weights[row] > 0),
            $"{StratumShare.Method}, what is not flagged taken as safe", $"truly safe {population}", evidence.Design, 0.95);
    }
}
