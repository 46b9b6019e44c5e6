using Moderato.Statistics.Calibration;

namespace Moderato.Investigation.Diagnosing;

/// <summary>
/// Texts that the reference did not have, as a domain classifier sees them. With f₁ and f₀ the densities of its score in the
/// current period and in the reference, what is old keeps the ratio f₁/f₀ = 1 − κ that it has where nothing is new, and a text
/// at a score is new with probability 1 − (1 − κ) f₀/f₁ (Elkan and Noto 2008; Blanchard, Lee and Scott 2010). A kind that merely grew
/// keeps a bounded ratio however sure the classifier is; so there is new content only if at the top of the scores the
/// reference thins out altogether, beyond the chance of few texts.
/// </summary>
internal static class NewTexts
{
    /// <summary>The ratio, for sure, that only new content reaches: a kind of 8% could not even if nothing else were left.</summary>
    private const double LeastRatio = 12;

    /// <summary>Parts of the current texts, the most typical ones, of which any may be what is new.</summary>
    private static readonly double[] TopShares = [.005, .01, .02, .05, .1, .2];

    private const double ReportedTopShare = .02;
    private const double LeastShare = 0.005;
    private const int RowsPerBand = 40;
    private const int LeastPerPeriod = 500;

    /// <summary>Raises the weights of texts that are likely new.</summary>
    /// <param name="scores">Cross-fitted P(current | text) at even odds, NaN where not scored.</param>
    /// <param name="topRatio">f₁/f₀ where the classifier is surest; NaN where there are too few texts.</param>
    /// <returns>The kind; null where there is none.</returns>
    public static NewKind? Add(Evidence evidence, double[] scores, double[] weights, out double topRatio)
    {
        topRatio = double.NaN;
        int[] rows = [.. OncePerCluster(evidence, scores, weights)];
        double[] current = [.. rows.Where(evidence.Table.IsCurrent).Select(row => scores[row]).Order()];
        double[] reference = [.. rows.Where(row => !evidence.Table.IsCurrent(row)).Select(row => scores[row]).Order()];
        if (current.Length < LeastPerPeriod || reference.Length < LeastPerPeriod)
        {
            return null;
        }

        int bands = Math.Clamp(current.Length / RowsPerBand, 20, 200);
        double[] edges = [.. Enumerable.Range(0, bands).Select(band => band == 0 ? double.NegativeInfinity : current[(int)((long)current.Length * band / bands)]).Distinct()];
        double[] ratios = Ratios(edges, current, reference);
        topRatio = RatioAbove(current, reference, ReportedTopShare, count => count + .5);
        if (TopShares.Max(share => RatioAbove(current, reference, share, UpperLimit)) < LeastRatio)
        {
            return null;
        }

        double old = Old(current, reference);
        double sum = 0;
        for (int row = 0; row < weights.Length; row++)
        {
            if (evidence.Table.IsCurrent(row) && !double.IsNaN(scores[row]))
            {
                double likely = Math.Clamp(1 - (old / ratios[BandOf(edges, scores[row])]), 0, 1);
                sum += Math.Max(0, likely - weights[row]);
                weights[row] = Math.Max(weights[row], likely);
            }
        }

        return sum < LeastShare * current.Length ? null : new("texts unlike any in the reference", "text", "", (long)sum);
    }

    // What is known to be new already, and copies, would make a ratio of their own.
    private static IEnumerable<int> OncePerCluster(Evidence evidence, double[] scores, double[] weights)
    {
        var seen = new HashSet<(int, bool)>();
        for (int row = 0; row < scores.Length; row++)
        {
            if (!double.IsNaN(scores[row]) && weights[row] == 0 && seen.Add((evidence.Clusters[row], evidence.Table.IsCurrent(row))))
            {
                yield return row;
            }
        }
    }

    /// <summary>The share of the current texts that score highest over the share of the reference's that score as high.</summary>
    /// <param name="limit">What a number of texts of the reference is taken for.</param>
    private static double RatioAbove(double[] current, double[] reference, double share, Func<double, double> limit)
    {
        double edge = current[(int)(current.Length * (1 - share))];
        double here = (current.Length - Below(current, edge)) / (double)current.Length;
        return here / (limit(reference.Length - Below(reference, edge)) / reference.Length);
    }

    /// <summary>One-sided 95% limit of a Poisson count (Wilson and Hilferty 1931).</summary>
    private static double UpperLimit(double count)
    {
        double n = count + 1;
        return n * Math.Pow(1 - (1 / (9 * n)) + (1.645 / (3 * Math.Sqrt(n))), 3);
    }

    /// <summary>f₁/f₀ by band, rising (the score is the classifier's estimate of just that).</summary>
    private static double[] Ratios(double[] edges, double[] current, double[] reference)
    {
        var shares = new double[edges.Length];
        var masses = new double[edges.Length];
        for (int band = 0; band < edges.Length; band++)
        {
            double above = band + 1 < edges.Length ? edges[band + 1] : double.PositiveInfinity;
            double here = (Below(current, above) - Below(current, edges[band])) / (double)current.Length;
            double there = (Below(reference, above) - Below(reference, edges[band]) + .5) / (reference.Length + .5);
            (shares[band], masses[band]) = (here / (here + there), here + there);
        }

        return [.. PoolAdjacentViolators.Fit(shares, masses).Select(share => share / (1 - share))];
    }

    /// <summary>1 − κ: the ratio over the lower half of the reference, where nothing is new.</summary>
    private static double Old(double[] current, double[] reference)
    {
        double median = reference[reference.Length / 2];
        return Below(current, median) / (double)current.Length / (Below(reference, median) / (double)reference.Length);
    }

    private static int BandOf(double[] edges, double score)
    {
        int at = Array.BinarySearch(edges, score);
        return at >= 0 ? at : ~at - 1;
    }

    private static int Below(double[] sorted, double value)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = sorted[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
