namespace Moderato.Statistics.Sampling;

/// <summary>
/// The ratio (Hájek) estimator of an error rate, R̂ = Σ w·wrong / Σ w·member, and its linearised variance from the residuals
/// r = (wrong − R̂·member) / Σ w·member.
/// </summary>
public static class HajekRatio
{
    private const string NoMember = "No row of this class was sampled: its error rate is undefined.";

    /// <summary>
    /// The process as target (would it happen again?): Σ over clusters of (Σ w r)², no finite-population correction, so full
    /// labelling still leaves an interval.
    /// </summary>
    public static Outcome<RatioEstimate> OfProcess(AuditedRows rows, ErrorRate rate)
    {
        var (members, mass, estimate) = Ratio(rows, rate, rows.Weights);
        if (mass == 0)
        {
            return Outcome.Undefined<RatioEstimate>(NoMember);
        }

        var sums = new Dictionary<int, (double Residual, double Weight)>();
        double variance = 0, squares = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            if (!rows.IsMember(rate, row))
            {
                continue;
            }

            double share = rows.Weights[row] * ((rows.IsWrong(rate, row) ? 1 : 0) - estimate) / mass;
            if (rows.Clusters is null)
            {
                variance += share * share;
                squares += rows.Weights[row] * rows.Weights[row];
            }
            else
            {
                var (residual, weight) = sums.GetValueOrDefault(rows.Clusters[row]);
                sums[rows.Clusters[row]] = (residual + share, weight + rows.Weights[row]);
            }
        }

        foreach (var (residual, weight) in sums.Values)
        {
            variance += residual * residual;
            squares += weight * weight;
        }

        return Outcome.Defined(new RatioEstimate(estimate, variance, members)
        {
            Draws = rows.Clusters is null ? members : sums.Count,
            KishSize = mass * mass / squares,
        });
    }

    /// <summary>
    /// The finite period as target, from a stratified sample: w = N_h/n_h, variance Σ N_h² (1 − n_h/N_h) s²_{r,h}/n_h. A stratum
    /// that was taken whole adds nothing; the weights of <paramref name="rows"/> are not used.
    /// </summary>
    /// <param name="stratum">The stratum of each row, 0 … sizes.Length − 1.</param>
    /// <param name="sizes">N_h: rows of each stratum in the period.</param>
    /// <returns>Undefined when no row of the class was sampled, or a stratum not taken whole holds fewer than two sampled rows.</returns>
    public static Outcome<RatioEstimate> OfPeriod(AuditedRows rows, ReadOnlySpan<int> stratum, ReadOnlySpan<long> sizes, ErrorRate rate)
    {
        var drawn = new long[sizes.Length];
        foreach (int h in stratum)
        {
            drawn[h]++;
        }

        for (int h = 0; h < sizes.Length; h++)
        {
            if (drawn[h] < Math.Min(2, sizes[h]))
            {
                return Outcome.Undefined<RatioEstimate>(
                    $"Stratum {h} has {drawn[h]} sampled of {sizes[h]} rows: a variance needs two. Label more there.");
            }
        }

        var weights = new double[rows.Count];
        for (int row = 0; row < weights.Length; row++)
        {
            weights[row] = sizes[stratum[row]] / (double)drawn[stratum[row]];
        }

        var (members, mass, estimate) = Ratio(rows, rate, weights);
        if (mass == 0)
        {
            return Outcome.Undefined<RatioEstimate>(NoMember);
        }

        var sum = new double[sizes.Length];
        var squares = new double[sizes.Length];
        for (int row = 0; row < rows.Count; row++)
        {
            double residual = Residual(row);
            sum[stratum[row]] += residual;
            squares[stratum[row]] += residual * residual;
        }

        double variance = 0;
        for (int h = 0; h < sizes.Length; h++)
        {
            if (drawn[h] < sizes[h])
            {
                double n = drawn[h], size = sizes[h];
                double spread = Math.Max(0, squares[h] - (sum[h] * sum[h] / n)) / (n - 1);
                variance += size * size * (1 - (n / size)) * spread / n;
            }
        }

        return Outcome.Defined(new RatioEstimate(estimate, variance, members));

        double Residual(int row) =>
            ((rows.IsWrong(rate, row) ? 1 : 0) - (rows.IsMember(rate, row) ? estimate : 0)) / mass;
    }

    private static (long Members, double Mass, double Estimate) Ratio(AuditedRows rows, ErrorRate rate, double[] weights)
    {
        long members = 0;
        double mass = 0, wrong = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            if (rows.IsMember(rate, row))
            {
                members++;
                mass += weights[row];
                wrong += rows.IsWrong(rate, row) ? weights[row] : 0;
            }
        }

        return (members, mass, wrong / mass);
    }
}
