namespace Moderato.Statistics.Drift;

/// <summary>√(½ Σ (√p − √q)²) = √(1 − Σ √(pq)). In [0,1], 1 when no category is shared.</summary>
public static class HellingerDistance
{
    /// <inheritdoc cref="TotalVariation.Of"/>
    public static double Of(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        var (p, q) = Shares.Of(reference, current);
        double sum = 0;
        for (int i = 0; i < p.Length; i++)
        {
            double gap = Math.Sqrt(p[i]) - Math.Sqrt(q[i]);
            sum += gap * gap;
        }

        return Math.Sqrt(sum / 2);
    }
}
