namespace Moderato.Investigation.Patterns;

/// <summary>
/// The truly safe contents of the current period, as far as they are known: false positives by their labels, and of what was
/// not flagged all that is not labelled violating. A sample that hunts false positives labels few of the others, at great
/// weights; but nearly all of them are safe, and how many there are in a slice is known without a label. Labelled false
/// positives stand for the flagged contents that nobody labelled: their weights are scaled to the number of flags.
/// Rates are of contents; tests take one content a near-duplicate cluster and verdict, with the cluster's mean weight.
/// </summary>
internal sealed class SafeContents
{
    private SafeContents(int[] rows, double[] weights, int[] representatives, double[] meanWeights) =>
        (Rows, Weights, Representatives, MeanWeights) = (rows, weights, representatives, meanWeights);

    public int[] Rows { get; }

    /// <summary>By row: how many contents it stands for.</summary>
    public double[] Weights { get; }

    /// <summary>The first row of each cluster and verdict.</summary>
    public int[] Representatives { get; }

    /// <summary>By row; only representatives have one.</summary>
    public double[] MeanWeights { get; }

    public static SafeContents Of(Evidence evidence)
    {
        var table = evidence.Table;
        double scale = FlagsPerLabelledFlag(evidence);
        bool eachItsOwn = evidence.ClusterCount == table.Count;
        var rows = new List<int>();
        var weights = new double[table.Count];
        var representatives = new List<int>();
        var first = new Dictionary<(int Cluster, bool Flagged), (int Row, int Count, double Weight)>();
        for (int row = 0; row < table.Count; row++)
        {
            bool flagged = evidence.IsFlagged(row);
            if (!table.IsCurrent(row) || (flagged ? !evidence.IsFalsePositive(row) : table.Labels[row] == 1))
            {
                continue;
            }

            rows.Add(row);
            weights[row] = flagged ? evidence.Weights[row] * scale : 1;
            if (eachItsOwn)
            {
                continue;
            }

            ref var seen = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(first, (evidence.Clusters[row], flagged), out bool known);
            if (!known)
            {
                representatives.Add(row);
            }

            seen = (known ? seen.Row : row, seen.Count + 1, seen.Weight + weights[row]);
        }

        if (eachItsOwn)
        {
            int[] all = [.. rows];
            return new(all, weights, all, weights);
        }

        var means = new double[table.Count];
        foreach (var (row, count, weight) in first.Values)
        {
            means[row] = weight / count;
        }

        return new([.. rows], weights, [.. representatives], means);
    }

    private static double FlagsPerLabelledFlag(Evidence evidence)
    {
        double flags = 0, labelled = 0;
        for (int row = 0; row < evidence.Table.Count; row++)
        {
            if (evidence.Table.IsCurrent(row) && evidence.IsFlagged(row))
            {
                flags++;
                labelled += evidence.Weights[row];
            }
        }

        return labelled > 0 ? flags / labelled : 1;
    }
}
