namespace Moderato.Statistics.HypothesisTests;

/// <summary>
/// Whether a rate is greater inside a group than outside, on rows that weigh unequally or come in clusters: each side's
/// weighted share stands for an effective number of rows n = p(1−p)/V, V its linearised variance between clusters, and
/// Fisher's one-sided mid-p is taken of the table of effective counts (Rao and Scott 1981 and 1992: counts divided by the
/// design effect). A sample that hunts events makes rows count for more than one. With equal weights and no clusters it is Fisher's mid-p itself.
/// </summary>
public static class RaoScottTest
{
    /// <param name="inside">Whether each row is in the group.</param>
    /// <param name="events">Whether the event happened on it.</param>
    /// <param name="weights">1/π, positive.</param>
    /// <param name="clusters">Rows that belong together share a number.</param>
    /// <exception cref="ArgumentException">Lengths differ, or a weight is not positive and finite.</exception>
    public static double Greater(
        ReadOnlySpan<bool> inside, ReadOnlySpan<bool> events, ReadOnlySpan<double> weights, ReadOnlySpan<int> clusters)
    {
        if (inside.Length != events.Length || weights.Length != events.Length || clusters.Length != events.Length)
        {
            throw new ArgumentException("Inside, events, weights and clusters have one entry a row.", nameof(events));
        }

        var (a, b) = EffectiveCounts(true, inside, events, weights, clusters);
        var (c, d) = EffectiveCounts(false, inside, events, weights, clusters);
        return new FisherExactTest(a, b, c, d).MidPValue(Alternative.Greater);
    }

    private static (long Events, long Others) EffectiveCounts(
        bool side, ReadOnlySpan<bool> inside, ReadOnlySpan<bool> events, ReadOnlySpan<double> weights, ReadOnlySpan<int> clusters)
    {
        double total = 0, hit = 0;
        long rows = 0;
        var sums = new Dictionary<int, (double Weight, double Hit)>();
        double least = double.PositiveInfinity, most = 0;
        for (int row = 0; row < inside.Length; row++)
        {
            double weight = weights[row];
            if (!(weight > 0 && double.IsFinite(weight)))
            {
                throw new ArgumentException($"A weight is positive and finite; row {row} has {weight}.", nameof(weights));
            }

            if (inside[row] != side)
            {
                continue;
            }

            rows++;
            total += weight;
            hit += events[row] ? weight : 0;
            (least, most) = (Math.Min(least, weight), Math.Max(most, weight));
            ref var sum = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(sums, clusters[row], out _);
            sum = (sum.Weight + weight, sum.Hit + (events[row] ? weight : 0));
        }

        if (rows == 0)
        {
            return (0, 0);
        }

        double share = hit / total;
        double effective = rows;
        if (most > least || sums.Count < rows)
        {
            double variance = 0, squares = 0;
            foreach (var (weight, clusterHit) in sums.Values)
            {
                double residual = (clusterHit - (share * weight)) / total;
                variance += residual * residual;
                squares += weight * weight;
            }

            variance *= sums.Count / Math.Max(1.0, sums.Count - 1);
            effective = share is > 0 and < 1 && variance > 0 ? share * (1 - share) / variance : total * total / squares;
        }

        long n = Math.Max(1, (long)Math.Round(effective));
        long count = (long)Math.Round(share * n);
        return (count, n - count);
    }
}
