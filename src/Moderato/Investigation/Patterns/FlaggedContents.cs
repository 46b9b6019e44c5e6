namespace Moderato.Investigation.Patterns;

/// <summary>The flagged contents of both periods, counted by near-duplicate cluster.</summary>
internal sealed class FlaggedContents
{
    /// <summary>A text flagged this often, and at least <see cref="LeastShare"/> of all flags, is a flood rather than a kind of content.</summary>
    private const int LeastCopies = 20;

    private const double LeastShare = 0.01;

    /// <summary>Times as large a share of the flags as in the reference.</summary>
    private const double LeastGrowth = 2;

    private readonly Evidence evidence;
    private readonly Dictionary<int, (int First, int Current, int Reference)> clusters;
    private readonly int current;
    private readonly int reference;

    private FlaggedContents(Evidence evidence, int[] representatives, Dictionary<int, (int First, int Current, int Reference)> clusters)
    {
        (this.evidence, this.clusters, Representatives) = (evidence, clusters, representatives);
        current = clusters.Values.Sum(copies => copies.Current);
        reference = clusters.Values.Sum(copies => copies.Reference);
    }

    /// <summary>The first flagged row of each cluster in each period.</summary>
    public int[] Representatives { get; }

    public static FlaggedContents Of(Evidence evidence)
    {
        var table = evidence.Table;
        var representatives = new List<int>();
        var clusters = new Dictionary<int, (int First, int Current, int Reference)>();
        for (int row = 0; row < table.Count; row++)
        {
            if (!evidence.IsFlagged(row))
            {
                continue;
            }

            bool isCurrent = table.IsCurrent(row);
            bool known = clusters.TryGetValue(evidence.Clusters[row], out var copies);
            if ((isCurrent ? copies.Current : copies.Reference) == 0)
            {
                representatives.Add(row);
            }

            clusters[evidence.Clusters[row]] = (
                known ? copies.First : row, copies.Current + (isCurrent ? 1 : 0), copies.Reference + (isCurrent ? 0 : 1));
        }

        return new(evidence, [.. representatives], clusters);
    }

    /// <summary>Clusters that are floods of the current period, the largest first.</summary>
    public IReadOnlyList<int> Floods() =>
    [
        .. clusters
            .Where(cluster => cluster.Value.Current >= LeastCopies && cluster.Value.Current >= LeastShare * current
                && cluster.Value.Current / (double)current >= LeastGrowth * cluster.Value.Reference / Math.Max(1, reference))
            .OrderByDescending(cluster => cluster.Value.Current).ThenBy(cluster => cluster.Key)
            .Select(cluster => cluster.Key),
    ];

    /// <summary>A flood is named by the id of its first flagged content.</summary>
    public IReadOnlyDictionary<string, string> FloodName(int cluster) =>
        new Dictionary<string, string> { ["copies of"] = evidence.Table.Ids[clusters[cluster].First] };
}
