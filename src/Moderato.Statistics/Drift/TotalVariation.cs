namespace Moderato.Statistics.Drift;

/// <summary>½ Σ |p − q|: the share of either side that would have to be another category. In [0,1].</summary>
public static class TotalVariation
{
    /// <param name="reference">Counts or masses; scaled to sum 1.</param>
    /// <param name="current">The same categories in the same order.</param>
    public static double Of(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        var (p, q) = Shares.Of(reference, current);
        double sum = 0;
        for (int i = 0; i < p.Length; i++)
        {
            sum += Math.Abs(p[i] - q[i]);
        }

        return sum / 2;
    }
}
