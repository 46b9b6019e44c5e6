namespace Moderato.Statistics.HypothesisTests;

/// <summary>
/// p-values adjusted for how many there are, in the order they came: rejecting all that are at most α keeps the stated error
/// at α. Capped at 1 and monotone in p; an empty set stays empty.
/// </summary>
public static class MultipleTesting
{
    /// <summary>False discovery rate, for independent or positively dependent tests (Benjamini and Hochberg 1995): min over j ≥ i of p₍ⱼ₎ m/j.</summary>
    public static double[] BenjaminiHochberg(ReadOnlySpan<double> pValues) => StepUp(pValues, 1);

    /// <summary>False discovery rate under any dependence (Benjamini and Yekutieli 2001): the above times Σ 1/k.</summary>
    public static double[] BenjaminiYekutieli(ReadOnlySpan<double> pValues)
    {
        double harmonic = 0;
        for (int k = 1; k <= pValues.Length; k++)
        {
            harmonic += 1.0 / k;
        }

        return StepUp(pValues, harmonic);
    }

    /// <summary>Any false rejection at all (Holm 1979): max over j ≤ i of (m − j + 1) p₍ⱼ₎.</summary>
    public static double[] Holm(ReadOnlySpan<double> pValues)
    {
        int[] order = Order(pValues);
        var adjusted = new double[order.Length];
        double least = 0;
        for (int rank = 0; rank < order.Length; rank++)
        {
            least = Math.Max(least, Math.Min(1, (order.Length - rank) * pValues[order[rank]]));
            adjusted[order[rank]] = least;
        }

        return adjusted;
    }

    /// <summary>Which adjusted p-values are at most α; a value that equals α up to rounding is.</summary>
    public static bool[] Rejected(ReadOnlySpan<double> adjusted, double alpha)
    {
        var rejected = new bool[adjusted.Length];
        for (int i = 0; i < rejected.Length; i++)
        {
            rejected[i] = adjusted[i] <= alpha * (1 + 1e-12);
        }

        return rejected;
    }

    private static double[] StepUp(ReadOnlySpan<double> pValues, double factor)
    {
        int[] order = Order(pValues);
        var adjusted = new double[order.Length];
        double most = 1;
        for (int rank = order.Length; rank >= 1; rank--)
        {
            most = Math.Min(most, pValues[order[rank - 1]] * factor * order.Length / rank);
            adjusted[order[rank - 1]] = most;
        }

        return adjusted;
    }

    /// <summary>The indices of the p-values from the smallest up.</summary>
    private static int[] Order(ReadOnlySpan<double> pValues)
    {
        var order = new int[pValues.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = pValues[i] is >= 0 and <= 1
                ? i
                : throw new ArgumentException($"A p-value lies in [0,1]; number {i} is {pValues[i]}.", nameof(pValues));
        }

        Array.Sort(pValues.ToArray(), order);
        return order;
    }
}
