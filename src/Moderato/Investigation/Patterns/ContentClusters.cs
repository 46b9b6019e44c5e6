using Moderato.Decisions;

namespace Moderato.Investigation.Patterns;

/// <summary>Which contents count as one: near-duplicates where there is text, else each content for itself.</summary>
/// <param name="Of">The cluster of each row.</param>
/// <param name="Count">Clusters.</param>
public sealed record ContentClusters(int[] Of, int Count)
{
    /// <summary>As the table has them worked out, else worked out here.</summary>
    public static ContentClusters In(DecisionTable table)
    {
        if ((table.Clusters ?? (table.Texts is { } texts ? NearDuplicates.Cluster(texts) : null)) is { } clusters)
        {
            return new(clusters, clusters.Length == 0 ? 0 : clusters.Max() + 1);
        }

        var rows = new int[table.Count];
        for (int row = 0; row < rows.Length; row++)
        {
            rows[row] = row;
        }

        return new(rows, rows.Length);
    }
}
