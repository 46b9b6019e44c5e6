namespace Moderato.Statistics.Sampling;

/// <summary>
/// The share of a stratum that has a property, from its labelled rows: p̂ = Σ w x / Σ w, with a Wilson interval on the
/// effective sample size p̂(1−p̂)/V̂, V̂ the linearised variance between clusters (Korn and Graubard 1998, with Wilson in
/// place of Clopper–Pearson). At p̂ = 0 or 1 the effective size is Kish's (Σ w_c)² / Σ w_c², so that nothing found in
/// few rows still has its upper bound.
/// </summary>
/// <param name="Size">Rows of the stratum, labelled or not.</param>
/// <param name="Labelled">Labelled rows of the stratum.</param>
public readonly record struct StratumShare(double Size, long Labelled, double Estimate, double Low, double High)
{
    /// <summary>Estimate and limits of the number of rows of the stratum that have the property.</summary>
    public (double Estimate, double Low, double High) Count => (Size * Estimate, Size * Low, Size * High);

    /// <summary>The share of those that do not have it.</summary>
    public StratumShare Complement => this with { Estimate = 1 - Estimate, Low = 1 - High, High = 1 - Low };

    /// <param name="size">Rows of the stratum.</param>
    /// <param name="weights">1/π of each labelled row.</param>
    /// <param name="has">Whether it has the property.</param>
    /// <param name="clusters">Rows of one cluster count as one draw.</param>
    /// <param name="z">Normal quantile of the wanted confidence, 1.96 for 95%.</param>
    public static StratumShare Of(
        double size, ReadOnlySpan<double> weights, ReadOnlySpan<bool> has, ReadOnlySpan<int> clusters, double z)
    {
        if (weights.Length == 0)
        {
            return new(size, 0, double.NaN, 0, 1);
        }

        double total = 0, with = 0;
        var byCluster = new Dictionary<int, (double Weight, double With)>();
        for (int i = 0; i < weights.Length; i++)
        {
            double hit = has[i] ? weights[i] : 0;
            total += weights[i];
            with += hit;
            var sum = byCluster.GetValueOrDefault(clusters[i]);
            byCluster[clusters[i]] = (sum.Weight + weights[i], sum.With + hit);
        }

        double p = with / total;
        double variance = 0, squares = 0;
        foreach (var (weight, hits) in byCluster.Values)
        {
            double residual = (hits - (p * weight)) / total;
            variance += residual * residual;
            squares += weight * weight;
        }

        double kish = total * total / squares;
        double effective = p is 0 or 1 || variance == 0
            ? kish
            : Math.Min(weights.Length, p * (1 - p) / (variance * byCluster.Count / Math.Max(1, byCluster.Count - 1)));
        var (low, high) = Wilson(p, effective, z);
        return new(size, weights.Length, p, low, high);
    }

    private static (double Low, double High) Wilson(double p, double n, double z)
    {
        double z2 = z * z;
        double centre = (p + (z2 / (2 * n))) / (1 + (z2 / n));
        double half = z / (1 + (z2 / n)) * Math.Sqrt((p * (1 - p) / n) + (z2 / (4 * n * n)));
        return (p == 0 ? 0 : Math.Max(0, centre - half), p == 1 ? 1 : Math.Min(1, centre + half));
    }
}
