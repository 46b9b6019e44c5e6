namespace Moderato.Statistics.Sampling;

/// <summary>How many of n labels each stratum gets so that the variance of a stratified mean is least.</summary>
public static class NeymanAllocation
{
    /// <summary>n_h = n N_h s_h / Σ N_h s_h (Neyman 1934), without floors or caps.</summary>
    public static double[] RealValued(ReadOnlySpan<long> sizes, ReadOnlySpan<double> deviations, double n)
    {
        var weights = Weights(sizes, deviations);
        double sum = weights.Sum();
        return [.. weights.Select(weight => sum == 0 ? n / weights.Length : n * weight / sum)];
    }

    /// <summary>
    /// The exact integer optimum with min(floor, N_h) each at the start and at most N_h: one label at a time to the largest
    /// N_h s_h / √(n_h(n_h + 1)), ties to the first (Wright 2012).
    /// </summary>
    public static int[] WithFloorAndCaps(ReadOnlySpan<long> sizes, ReadOnlySpan<double> deviations, int n, int floor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(floor, 1);
        var weights = Weights(sizes, deviations);
        var taken = new int[sizes.Length];
        var queue = new PriorityQueue<int, (double Priority, int Stratum)>();
        long left = n;
        for (int h = 0; h < taken.Length; h++)
        {
            taken[h] = (int)Math.Min(floor, sizes[h]);
            left -= taken[h];
            Offer(h, sizes[h]);
        }

        while (left > 0 && queue.TryDequeue(out int h, out _))
        {
            taken[h]++;
            left--;
            Offer(h, sizes[h]);
        }

        return taken;

        void Offer(int h, long size)
        {
            if (taken[h] < size)
            {
                queue.Enqueue(h, (-weights[h] / Math.Sqrt((double)taken[h] * (taken[h] + 1)), h));
            }
        }
    }

    private static double[] Weights(ReadOnlySpan<long> sizes, ReadOnlySpan<double> deviations)
    {
        if (sizes.Length != deviations.Length)
        {
            throw new ArgumentException($"{sizes.Length} sizes but {deviations.Length} standard deviations.", nameof(deviations));
        }

        var weights = new double[sizes.Length];
        for (int h = 0; h < weights.Length; h++)
        {
            if (sizes[h] < 0 || !(deviations[h] >= 0 && double.IsFinite(deviations[h])))
            {
                throw new ArgumentException($"Stratum {h}: a size is not negative, a standard deviation finite and not negative.", nameof(sizes));
            }

            weights[h] = sizes[h] * deviations[h];
        }

        return weights;
    }
}
