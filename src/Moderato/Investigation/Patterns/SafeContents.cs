namespace Moderato.Investigation.Patterns;

/// <summary>
/// The truly safe contents of the current period whose labels a rate may use: where false positives are looked for. Rates
/// are of contents; tests take one content a near-duplicate cluster, with the cluster's mean weight.
/// </summary>
internal sealed class SafeContents
{
    private SafeContents(int[] rows, int[] representatives, double[] meanWeights) =>
        (Rows, Representatives, MeanWeights) = (rows, representatives, meanWeights);

    public int[] Rows { get; }

    /// <summary>The first row of each cluster.</summary>
    public int[] Representatives { get; }

    /// <summary>By row; only representatives have one.</summary>
    public double[] MeanWeights { get; }

    public static SafeContents Of(Evidence evidence)
    {
        var table = evidence.Table;
        var rows = new List<int>();
        var representatives = new List<int>();
        var first = new Dictionary<int, (int Row, int Count, double Weight)>();
        for (int row = 0; row < table.Count; row++)
        {
            if (evidence.Weights[row] <= 0 || table.Labels[row] != 0 || !table.IsCurrent(row))
            {
                continue;
            }

            rows.Add(row);
            if (first.TryGetValue(evidence.Clusters[row], out var seen))
            {
                first[evidence.Clusters[row]] = (seen.Row, seen.Count + 1, seen.Weight + evidence.Weights[row]);
            }
            else
            {
                first.Add(evidence.Clusters[row], (row, 1, evidence.Weights[row]));
                representatives.Add(row);
            }
        }

        var weights = new double[table.Count];
        foreach (var (row, count, weight) in first.Values)
        {
            weights[row] = weight / count;
        }

        return new([.. rows], [.. representatives], weights);
    }
}
