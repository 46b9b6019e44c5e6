using Moderato.Statistics.Curves;

namespace Moderato.Statistics.Drift;

/// <summary>Bins of equal reference mass: ]−∞, e₁], ]e₁, e₂], …, ]e_last, ∞[. An edge belongs to the bin below it.</summary>
public static class QuantileBins
{
    /// <summary>The i/bins quantiles of the reference (linear between order statistics, type 7), duplicates dropped.</summary>
    /// <exception cref="ArgumentException">The reference is empty or holds NaN.</exception>
    public static double[] Edges(ReadOnlySpan<double> reference, int bins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        double[] sorted = reference.ToArray();
        Array.Sort(sorted);
        if (sorted.Length == 0 || double.IsNaN(sorted[0]))
        {
            throw new ArgumentException("Quantiles need at least one value, and no NaN.", nameof(reference));
        }

        var edges = new List<double>(bins - 1);
        for (int i = 1; i < bins; i++)
        {
            double edge = Quantiles.At(sorted, i / (double)bins);
            if (edges.Count == 0 || edge > edges[^1])
            {
                edges.Add(edge);
            }
        }

        return [.. edges];
    }

    /// <summary>How many values fall into each of the edges.Length + 1 bins.</summary>
    /// <exception cref="ArgumentException">A value is NaN.</exception>
    public static double[] Counts(ReadOnlySpan<double> edges, ReadOnlySpan<double> values)
    {
        var counts = new double[edges.Length + 1];
        foreach (double value in values)
        {
            if (double.IsNaN(value))
            {
                throw new ArgumentException("A value is NaN: leave missing values out.", nameof(values));
            }

            int low = 0, high = edges.Length;
            while (low < high)
            {
                int middle = (low + high) / 2;
                (low, high) = edges[middle] < value ? (middle + 1, high) : (low, middle);
            }

            counts[low]++;
        }

        return counts;
    }
}
