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

        return new(sizes, clusters.IsEmpty ? sizes : Squares(verdicts, clusters));
    }

    /// <summary>The rows of a cluster and verdict are next to each other once sorted: 8 bytes a row, where a table would take 40.</summary>
    private static double[] Squares(ReadOnlySpan<byte> verdicts, ReadOnlySpan<int> clusters)
    {
        var keys = new long[verdicts.Length];
        bool ascending = true;
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = ((long)clusters[i] << 2) | verdicts[i];
            ascending &= i == 0 || keys[i] > keys[i - 1];
        }

        if (!ascending)
        {
            Array.Sort(keys);
        }

        var squares = new double[3];
        for (int from = 0, to; from < keys.Length; from = to)
        {
            for (to = from + 1; to < keys.Length && keys[to] == keys[from];)
            {
                to++;
            }

            squares[(int)(keys[from] & 3)] += (double)(to - from) * (to - from);
        }

        return squares;
    }
}
