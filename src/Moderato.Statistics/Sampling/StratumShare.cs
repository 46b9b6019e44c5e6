using Moderato.Statistics.Distributions;

namespace Moderato.Statistics.Sampling;

/// <summary>
/// The share of a stratum that has a property, from its labelled rows: p̂ = Σ w x / Σ w, with a Wilson interval on the
/// effective sample size p̂(1−p̂)/V̂, V̂ the linearised variance between clusters (Korn and Graubard 1998, with Wilson in
/// place of Clopper–Pearson); under 10 effective events, where Wilson's lower limit covers as little as .84, Clopper–Pearson.
/// At p̂ = 0 or 1 the effective size is Kish's (Σ w_c)² / Σ w_c², so that nothing found in few rows still has its upper bound.
/// Rows of unequal weight are strata of their own (<see cref="WeightGroups"/>), each with Clopper–Pearson limits, joined by
/// square and add. Where the weights are many, the draw was no stratified one: with 30 effective events and some in every group
/// Wilson on the whole holds; else how much weight fell to each group is chance too, and Σ_g (p_g − p̂)² Σ w² / (Σ w)² is added.
/// </summary>
/// <param name="Size">Rows of the stratum, labelled or not.</param>
/// <param name="Labelled">Labelled rows of the stratum.</param>
public readonly record struct StratumShare(double Size, long Labelled, double Estimate, double Low, double High)
{
    /// <summary>What the limits are, as a rate's method says it.</summary>
    public const string Method = "Wilson on effective n, exact under 10 events";

    private const double FewEvents = 10;
    private const double EnoughEvents = 30;

    /// <summary>Estimate and limits of the number of rows of the stratum that have the property.</summary>
    public (double Estimate, double Low, double High) Count => (Size * Estimate, Size * Low, Size * High);

    /// <summary>The share of those that do not have it.</summary>
    public StratumShare Complement => this with { Estimate = 1 - Estimate, Low = 1 - High, High = 1 - Low };

    /// <param name="size">Rows of the stratum.</param>
    /// <param name="weights">1/π of each labelled row; a row of weight 0 is none.</param>
    /// <param name="has">Whether it has the property.</param>
    /// <param name="clusters">Rows of one cluster count as one draw; empty where each row is its own.</param>
    /// <param name="z">Normal quantile of the wanted confidence, 1.96 for 95%.</param>
    /// <exception cref="ArgumentException">A weight is NaN, infinite or negative.</exception>
    public static StratumShare Of(
        double size, ReadOnlySpan<double> weights, ReadOnlySpan<bool> has, ReadOnlySpan<int> clusters, double z)
    {
        if (HasZero(weights))
        {
            int[] kept = Weighing(weights);
            double[] own = new double[kept.Length];
            bool[] ownHas = new bool[kept.Length];
            int[] ownClusters = new int[clusters.IsEmpty ? 0 : kept.Length];
            for (int i = 0; i < kept.Length; i++)
            {
                (own[i], ownHas[i]) = (weights[kept[i]], has[kept[i]]);
                if (!clusters.IsEmpty)
                {
                    ownClusters[i] = clusters[kept[i]];
                }
            }

            return Of(size, own, ownHas, ownClusters, z);
        }

        if (weights.Length == 0)
        {
            return new(size, 0, double.NaN, 0, 1);
        }

        // Ascending numbers are all different: millions of rows need no table of clusters then.
        clusters = IsAscending(clusters) ? default : clusters;
        var groups = WeightGroups.Of(weights);
        if (!groups.AreStrata && HasEnough(weights, has, groups))
        {
            var (_, p, effective, _) = Share(weights, has, clusters, WeightGroups.One, 0);
            if (effective * Math.Min(p, 1 - p) >= EnoughEvents)
            {
                var (low, high) = Wilson(p, effective, z);
                return new(size, weights.Length, p, low, high);
            }
        }

        // Rows that stand for many may hold none of it by chance, and no variance would tell: each weight is a stratum of its own.
        double total = 0, estimate = 0, below = 0, above = 0;
        var shares = new (double Share, double Squares)[groups.Count];
        for (int group = 0; group < groups.Count; group++)
        {
            var (mass, p, effective, squares) = Share(weights, has, clusters, groups, group);
            var (low, high) = groups.Count == 1 && effective * Math.Min(p, 1 - p) >= FewEvents ? Wilson(p, effective, z) : Exact(p, effective, z);
            total += mass;
            estimate += mass * p;
            below += mass * (p - low) * mass * (p - low);
            above += mass * (high - p) * mass * (high - p);
            shares[group] = (p, squares);
        }

        estimate /= total;
        double chance = groups.AreStrata ? 0 : z * z * shares.Sum(group => (group.Share - estimate) * (group.Share - estimate) * group.Squares);
        below += chance;
        above += chance;
        return new(
            size, weights.Length, estimate,
            Math.Max(0, estimate - (Math.Sqrt(below) / total)), Math.Min(1, estimate + (Math.Sqrt(above) / total)));
    }

    private static bool HasZero(ReadOnlySpan<double> weights)
    {
        bool any = false;
        foreach (double weight in weights)
        {
            if (!(weight >= 0 && double.IsFinite(weight)))
            {
                throw new ArgumentException($"The weight {weight} is NaN, infinite or negative.", nameof(weights));
            }

            any |= weight == 0;
        }

        return any;
    }

    private static int[] Weighing(ReadOnlySpan<double> weights)
    {
        var rows = new List<int>();
        for (int row = 0; row < weights.Length; row++)
        {
            if (weights[row] > 0)
            {
                rows.Add(row);
            }
        }

        return [.. rows];
    }

    private static bool IsAscending(ReadOnlySpan<int> clusters)
    {
        for (int i = 1; i < clusters.Length; i++)
        {
            if (clusters[i] <= clusters[i - 1])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether each group of weights holds rows with the property and rows without.</summary>
    private static bool HasEnough(ReadOnlySpan<double> weights, ReadOnlySpan<bool> has, WeightGroups groups)
    {
        var (with, without) = (new bool[groups.Count], new bool[groups.Count]);
        for (int i = 0; i < weights.Length; i++)
        {
            (has[i] ? with : without)[groups.Of(weights[i])] = true;
        }

        return with.All(any => any) && without.All(any => any);
    }

    /// <summary>Weight, share, effective size and squared weights (of clusters) of one group.</summary>
    private static (double Mass, double Share, double Effective, double Squares) Share(
        ReadOnlySpan<double> weights, ReadOnlySpan<bool> has, ReadOnlySpan<int> clusters, WeightGroups groups, int group)
    {
        double total = 0, with = 0;
        int rows = 0;
        var byCluster = clusters.IsEmpty ? null : new Dictionary<int, (double Weight, double With)>();
        for (int i = 0; i < weights.Length; i++)
        {
            if (groups.Of(weights[i]) != group)
            {
                continue;
            }

            rows++;
            double hit = has[i] ? weights[i] : 0;
            total += weights[i];
            with += hit;
            if (byCluster is not null)
            {
                var sum = byCluster.GetValueOrDefault(clusters[i]);
                byCluster[clusters[i]] = (sum.Weight + weights[i], sum.With + hit);
            }
        }

        double p = with / total, residuals = 0, squares = 0;
        if (byCluster is null)
        {
            for (int i = 0; i < weights.Length; i++)
            {
                if (groups.Of(weights[i]) == group)
                {
                    double residual = weights[i] * ((has[i] ? 1 : 0) - p);
                    residuals += residual * residual;
                    squares += weights[i] * weights[i];
                }
            }
        }
        else
        {
            foreach (var (weight, hits) in byCluster.Values)
            {
                double residual = hits - (p * weight);
                residuals += residual * residual;
                squares += weight * weight;
            }
        }

        int draws = byCluster?.Count ?? rows;
        double variance = residuals / (total * total) * draws / Math.Max(1, draws - 1);
        double effective = p is 0 or 1 || variance == 0 ? total * total / squares : Math.Min(rows, p * (1 - p) / variance);
        return (total, p, effective, squares);
    }

    /// <summary>Clopper–Pearson at an effective size: where several groups are joined, each has to hold its own.</summary>
    private static (double Low, double High) Exact(double p, double n, double z)
    {
        double tail = NormalDistribution.UpperTail(z), hits = p * n;
        return (
            p == 0 ? 0 : Math.Min(p, BetaDistribution.LowerQuantile(tail, hits, n - hits + 1)),
            p == 1 ? 1 : Math.Max(p, BetaDistribution.UpperQuantile(tail, hits + 1, n - hits)));
    }

    private static (double Low, double High) Wilson(double p, double n, double z)
    {
        double z2 = z * z;
        double centre = (p + (z2 / (2 * n))) / (1 + (z2 / n));
        double half = z / (1 + (z2 / n)) * Math.Sqrt((p * (1 - p) / n) + (z2 / (4 * n * n)));
        return (p == 0 ? 0 : Math.Max(0, centre - half), p == 1 ? 1 : Math.Min(1, centre + half));
    }
}
