namespace Moderato.Statistics.Drift;

internal static class Shares
{
    /// <summary>Counts or masses over the same categories, each side scaled to sum 1.</summary>
    /// <exception cref="ArgumentException">Unlike lengths, a value negative, NaN or infinite, or a side that sums to 0.</exception>
    public static (double[] Reference, double[] Current) Of(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        if (reference.Length != current.Length)
        {
            throw new ArgumentException($"The same categories are compared; these are {reference.Length} and {current.Length}.", nameof(current));
        }

        return (Scaled(reference, nameof(reference)), Scaled(current, nameof(current)));
    }

    private static double[] Scaled(ReadOnlySpan<double> values, string name)
    {
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            sum += values[i] >= 0 && double.IsFinite(values[i])
                ? values[i]
                : throw new ArgumentException($"A count is a number of at least 0; category {i} holds {values[i]}.", name);
        }

        if (sum == 0)
        {
            throw new ArgumentException("Nothing was counted: shares of nothing are undefined.", name);
        }

        var shares = new double[values.Length];
        for (int i = 0; i < shares.Length; i++)
        {
            shares[i] = values[i] / sum;
        }

        return shares;
    }
}
