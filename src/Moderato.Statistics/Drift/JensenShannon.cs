namespace Moderato.Statistics.Drift;

/// <summary>
/// How far two distributions lie from their mean m = (p + q)/2, in bits: ½ Σ p log₂(p/m) + ½ Σ q log₂(q/m), in [0,1].
/// Times ln 2 it is in nats; scipy, Evidently (nats) and NannyML (bits) report the root, the distance.
/// </summary>
public static class JensenShannon
{
    /// <inheritdoc cref="TotalVariation.Of"/>
    public static double Divergence(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        var (p, q) = Shares.Of(reference, current);
        double sum = 0;
        for (int i = 0; i < p.Length; i++)
        {
            double mean = (p[i] + q[i]) / 2;
            sum += Term(p[i], mean) + Term(q[i], mean);
        }

        return Math.Max(0, sum / 2);

        static double Term(double share, double mean) => share == 0 ? 0 : share * Math.Log2(share / mean);
    }

    /// <summary>√ of <see cref="Divergence"/>: a metric.</summary>
    public static double Distance(ReadOnlySpan<double> reference, ReadOnlySpan<double> current) => Math.Sqrt(Divergence(reference, current));
}
