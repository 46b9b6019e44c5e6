namespace Moderato.Statistics.Sampling;

/// <summary>How many rows of a population have each verdict (0 safe, 1 borderline, 2 violating), labelled or not.</summary>
/// <param name="Sizes">Rows.</param>
/// <param name="ClusterSquares">Σ (rows of a cluster)²: <paramref name="Sizes"/> where each row is its own.</param>
public sealed record VerdictCounts(IReadOnlyList<double> Sizes, IReadOnlyList<double> ClusterSquares)
{
    /// <summary>Rows that are independent of each other.</summary>
    public static VerdictCounts Independent(double safe, double borderline, double violating)
    {
        double[] sizes = [safe, borderline, violating];
        return new(sizes, sizes);
    }

    /// <param name="clusters">Empty where each row is its own.</param>
    public static VerdictCounts Of(ReadOnlySpan<byte> verdicts, ReadOnlySpan<int> clusters)
    {
        var sizes = new double[3];
        foreach (byte verdict in verdicts)
        {
            sizes[verdict]++;
        }

        if (clusters.IsEmpty)
        {
            return new(sizes, sizes);
        }

        var rows = new Dictionary<(int Cluster, byte Verdict), int>();
        for (int i = 0; i < verdicts.Length; i++)
        {
            var key = (clusters[i], verdicts[i]);
            rows[key] = rows.GetValueOrDefault(key) + 1;
        }

        var squares = new double[3];
        foreach (var ((_, verdict), count) in rows)
        {
            squares[verdict] += (double)count * count;
        }

        return new(sizes, squares);
    }
}
