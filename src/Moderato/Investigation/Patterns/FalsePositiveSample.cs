using Moderato.Investigation.Findings;
using Moderato.Statistics.Distributions;
using Moderato.Statistics.Intervals;
using Moderato.Statistics.Sampling;

namespace Moderato.Investigation.Patterns;

/// <summary>
/// The random sample of false positives that people code by hand, and what their codes say. Where labels are not known to be
/// a random sample there are no known false positives to draw from: then it is a sample of what was flagged.
/// </summary>
/// <param name="Contents">In random order: whoever reads only the first hundred has read a random sample too. One content a near-duplicate cluster.</param>
/// <param name="NotAssessed">Says where the sample is of flagged content, some of which violates.</param>
public sealed record FalsePositiveSample(IReadOnlyList<SampledContent> Contents, IReadOnlyList<NotAssessed> NotAssessed)
{
    private const double Confidence = 0.95;

    /// <summary>Draws without replacement, each cluster alike: the weights come in when codes are counted.</summary>
    public static FalsePositiveSample Draw(Evidence evidence, int size, int seed)
    {
        var table = evidence.Table;
        var taken = new HashSet<int>();
        var rows = new List<int>();
        for (int row = 0; row < table.Count; row++)
        {
            if (table.IsCurrent(row) && evidence.IsFlagged(row) && (!evidence.RatesKnown || evidence.IsFalsePositive(row)) && taken.Add(evidence.Clusters[row]))
            {
                rows.Add(row);
            }
        }

        int[] order = [.. rows];
        var random = new SplitMix64((ulong)seed);
        random.Shuffle<int>(order);
        return new(
            [.. order.Take(size).Select(row => new SampledContent(table.Ids[row], table.Scores is { } scores && !double.IsNaN(scores[row]) ? scores[row] : null))],
            evidence.RatesKnown ? [] :
            [
                new("which sampled contents are false positives", $"{evidence.WhyNoRates}; the sample is of flagged content, of which some violates: label it as well as coding it") { Step = Steps.Patterns },
            ]);
    }

    /// <summary>
    /// The share of each code among the coded false positives, one a near-duplicate cluster, with simultaneous intervals:
    /// all cover together with 95% (Goodman 1965: Wilson's at level 1 − .05/k for k codes), on the effective n where labels
    /// weigh unequally. Null where nothing is coded.
    /// </summary>
    public static IReadOnlyList<CodeShare>? Codes(Evidence evidence)
    {
        if (evidence.Table.Codes is not { } codes)
        {
            return null;
        }

        var table = evidence.Table;
        var taken = new HashSet<int>();
        var rows = new List<int>();
        for (int row = 0; row < table.Count; row++)
        {
            // A code on content that was labelled violating is a comment, unless it says that the label is wrong.
            if (codes.Codes[row] >= 0 && table.IsCurrent(row) && evidence.IsFlagged(row) && table.Labels[row] <= 0 && taken.Add(evidence.Clusters[row]))
            {
                rows.Add(row);
            }
        }

        if (rows.Count == 0)
        {
            return null;
        }

        bool weighted = evidence.RatesKnown && rows.TrueForAll(row => evidence.Weights[row] > 0);
        double[] weights = [.. rows.Select(row => weighted ? evidence.Weights[row] : 1)];
        int[] units = [.. rows];
        string[] names = [.. FalsePositiveCodes.All.Select(code => code.Code).Union(rows.Select(row => codes[row]!))];
        double z = NormalDistribution.TwoSidedQuantile(1 - ((1 - Confidence) / names.Length));
        return [.. names.Select(name =>
        {
            var share = StratumShare.Of(rows.Count, weights, [.. rows.Select(row => codes[row] == name)], units, z);
            return new CodeShare(name, new Rate.Known(
                share.Estimate, share.Low, share.High, rows.Count, $"Goodman, simultaneous for {names.Length} codes",
                "false positives coded by hand", weighted ? evidence.Design : "coded contents, sampling unknown", Confidence));
        }).OrderByDescending(code => ((Rate.Known)code.Share).Estimate)];
    }
}
