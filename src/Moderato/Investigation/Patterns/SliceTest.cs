using Moderato.Investigation.Findings;
using Moderato.Statistics.Intervals;
using Moderato.Statistics.Sampling;

namespace Moderato.Investigation.Patterns;

/// <summary>What the testing half says of one slice.</summary>
internal sealed class SliceTest
{
    private const double Z95 = 1.959963984540054;
    private const int MostExamples = 5;

    private readonly Evidence evidence;
    private readonly IReadOnlyDictionary<string, string> where;
    private readonly List<int> inside = [];
    private readonly List<int> falsePositives = [];
    private double restWeight;
    private double restHit;

    // Of the rows that no earlier slice holds: what this one adds.
    private double ownWeight;
    private double ownHit;

    private SliceTest(Evidence evidence, IReadOnlyDictionary<string, string> where) => (this.evidence, this.where) = (evidence, where);

    /// <summary>
    /// The greater of two one-sided p-values: the slice against the rest of the safe content, and the same among what no
    /// earlier slice holds, so that no slice is reported for the rows that it shares with a better one.
    /// </summary>
    public double P { get; private init; }

    /// <param name="earlier">Slices found before this one.</param>
    public static SliceTest Of(
        Evidence evidence, SliceFeatures features, IReadOnlyList<int> conjunction, int[] rows, int[] representatives,
        double[] meanWeights, IReadOnlyList<IReadOnlyList<int>> earlier)
    {
        bool Holds(int row) => features.Table.Holds(row, conjunction);
        bool Taken(int row) => earlier.Any(slice => features.Table.Holds(row, slice));

        var test = new SliceTest(evidence, features.Where(conjunction))
        {
            P = Math.Max(
                TwoGroups.PValue(evidence.Table, representatives, meanWeights, Holds, evidence.IsFlagged),
                TwoGroups.PValue(evidence.Table, Array.FindAll(representatives, row => !Taken(row)), meanWeights, Holds, evidence.IsFlagged)),
        };
        foreach (int row in rows)
        {
            test.Count(row, Holds(row), Taken(row));
        }

        return test;
    }

    public SliceFinding Finding(double q, double yardstickFpr, double excess)
    {
        double weight = inside.Sum(row => evidence.Weights[row]), hit = falsePositives.Sum(row => evidence.Weights[row]);
        double rest = restHit / restWeight;
        return new(
            where, inside.Count, falsePositives.Count, Fpr(), rest > 0 ? hit / weight / rest : null, q,
            excess > 0 ? Math.Clamp((ownHit - (yardstickFpr * ownWeight)) / excess, 0, 1) : 0, Examples());
    }

    private void Count(int row, bool holds, bool taken)
    {
        double weight = evidence.Weights[row];
        double hit = evidence.IsFlagged(row) ? weight : 0;
        if (!holds)
        {
            restWeight += weight;
            restHit += hit;
            return;
        }

        inside.Add(row);
        ownWeight += taken ? 0 : weight;
        ownHit += taken ? 0 : hit;
        if (hit > 0)
        {
            falsePositives.Add(row);
        }
    }

    private Rate Fpr()
    {
        double[] weights = [.. inside.Select(row => evidence.Weights[row])];
        int[] clusters = [.. inside.Select(row => evidence.Clusters[row])];
        string population = $"truly safe {RateFindings.Population(evidence, Decisions.Period.Current)} in the slice, testing half";
        if (weights.Distinct().Count() <= 1 && clusters.Distinct().Count() == clusters.Length)
        {
            return WilsonInterval.Rate(falsePositives.Count, inside.Count, population, evidence.Design);
        }

        var share = StratumShare.Of(inside.Count, weights, [.. inside.Select(evidence.IsFlagged)], clusters, Z95);
        return new Rate.Known(share.Estimate, share.Low, share.High, inside.Count, "Wilson on effective n", population, evidence.Design, 0.95);
    }

    private string[] Examples() =>
        [.. falsePositives.DistinctBy(row => evidence.Clusters[row]).Take(MostExamples).Select(row => evidence.Table.Ids[row])];
}
