using Moderato.Investigation.Findings;
using Moderato.Statistics.HypothesisTests;
using Moderato.Statistics.Slices;

namespace Moderato.Investigation.Patterns;

/// <summary>
/// Slices of the truly safe content that are flagged more often than the rest: found on one half, tested on the other, the
/// false discovery rate held at .1 over all that were tested. See <c>docs/methods/slices.md</c>.
/// </summary>
public static class SliceSearch
{
    /// <summary>The false discovery rate that is held (Benjamini and Hochberg).</summary>
    public const double FalseDiscoveryRate = 0.1;

    /// <summary>With labels enough any difference is sure; less than this is not worth a remedy.</summary>
    private const double LeastLift = 1.25;

    private const int MostSlices = 8;

    /// <summary>Fewer false positives in a half show no slice of which anything could be said.</summary>
    private const int LeastFalsePositives = 8;

    private const int TermsOfFlagged = 60;
    private const int TermsOfFalsePositives = 40;

    /// <param name="yardstickFpr">The FPR that is accepted: what lies over it is the excess.</param>
    /// <param name="top">How many of SliceLine's best are wanted beside those that were tested.</param>
    public static SliceSearchResult Run(Evidence evidence, SliceColumns columns, double yardstickFpr, int seed, int? top = null)
    {
        if (evidence.WhyNoRates is { } why)
        {
            return new([], 0, [new("slices of false positives", why) { Step = Steps.Patterns }]);
        }

        var safe = SafeContents.Of(evidence);
        var discovery = Halves.Discovery(evidence.Table, evidence.Clusters, evidence.ClusterCount, seed);
        long foundOn = safe.Representatives.LongCount(row => discovery[row] && evidence.IsFlagged(row));
        long testedOn = safe.Representatives.LongCount(row => !discovery[row] && evidence.IsFlagged(row));
        if (Math.Min(foundOn, testedOn) < LeastFalsePositives)
        {
            return new([], 0,
            [
                new("slices of false positives", $"{foundOn + testedOn} different labelled false positives: slices are found on one half and tested on the other, {LeastFalsePositives} in each at least") { Step = Steps.Patterns },
            ]);
        }

        var features = SliceFeatures.Of(evidence.Table, columns, TermsOf(evidence, safe, discovery), [.. Enumerable.Range(0, evidence.Table.Count).Select(evidence.Table.IsCurrent)]);
        double[] errors = [.. Enumerable.Range(0, evidence.Table.Count).Select(row => evidence.IsFalsePositive(row) ? 1.0 : 0)];
        var found = new SliceDiscovery(features, errors, safe.MeanWeights)
            .Find(Array.FindAll(safe.Representatives, row => discovery[row]), MostSlices);
        var tested = Tested(evidence, features, safe, discovery, found, yardstickFpr);
        return top is { } most ? tested with { Top = Top(features, safe, errors, most) } : tested;
    }

    private static IReadOnlyList<TopSlice> Top(SliceFeatures features, SafeContents safe, double[] errors, int most) =>
    [
        .. SliceLine.Top(
            features.Table, safe.Representatives, errors, safe.MeanWeights,
            new SliceLineSettings(most, MinSupport: SliceDiscovery.LeastRows(safe.Representatives.Length), MaxDepth: SliceDiscovery.MaxDepth))
            .Select(slice => new TopSlice(
                features.Where(slice.Features), slice.Score, slice.Rows,
                safe.Representatives.LongCount(row => errors[row] > 0 && features.Table.Holds(row, slice.Features)))),
    ];

    private static SliceSearchResult Tested(
        Evidence evidence, SliceFeatures features, SafeContents safe, bool[] discovery, List<IReadOnlyList<int>> found, double yardstickFpr)
    {
        int[] rows = Array.FindAll(safe.Rows, row => !discovery[row]);
        int[] representatives = Array.FindAll(safe.Representatives, row => !discovery[row]);
        var tests = new List<SliceTest>();
        foreach (var conjunction in found)
        {
            tests.Add(SliceTest.Of(evidence, features, conjunction, safe, rows, representatives, found[..tests.Count], discovery));
        }

        var q = MultipleTesting.BenjaminiHochberg([.. tests.Select(test => test.P)]);
        double excess = rows.Sum(row => safe.Weights[row] * ((evidence.IsFlagged(row) ? 1 : 0) - yardstickFpr));
        return new(
            [.. tests.Select((test, i) => test.Finding(evidence, q[i], yardstickFpr, excess))
                .Where(slice => slice.Q <= FalseDiscoveryRate && !(slice.Lift < LeastLift))
                .OrderByDescending(slice => slice.ExcessShare)],
            tests.Count, []);
    }

    /// <summary>Words of what is flagged, and of what is flagged wrongly; both looked up on the discovery half only.</summary>
    private static Terms TermsOf(Evidence evidence, SafeContents safe, bool[] discovery)
    {
        if (evidence.Table.Texts is not { } texts)
        {
            return Terms.Named([]);
        }

        var seen = new bool[evidence.ClusterCount];
        var contents = new List<int>();
        var flagged = new bool[evidence.Table.Count];
        for (int row = 0; row < flagged.Length; row++)
        {
            flagged[row] = evidence.IsFlagged(row);
            if (discovery[row] && evidence.Table.IsCurrent(row) && !seen[evidence.Clusters[row]])
            {
                seen[evidence.Clusters[row]] = true;
                contents.Add(row);
            }
        }

        return Terms.Named([.. Terms.Select(texts, contents.ToArray(), flagged, TermsOfFlagged).Words
            .Union(Terms.Select(texts, Array.FindAll(safe.Representatives, row => discovery[row]), flagged, TermsOfFalsePositives).Words)]);
    }
}
