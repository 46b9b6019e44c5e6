using Moderato.Decisions;

namespace Moderato.Investigation.Patterns;

/// <summary>
/// Two seeded halves of the rows: what is found on one is tested on the other. All copies of a text stand in one half; so
/// do, of an author, all contents that are no copies.
/// </summary>
public static class Halves
{
    /// <summary>By row: whether it is in the half on which things are looked for.</summary>
    public static bool[] Discovery(DecisionTable table, int[] clusters, int clusterCount, int seed)
    {
        var sizes = new int[clusterCount];
        foreach (int cluster in clusters)
        {
            sizes[cluster]++;
        }

        ulong start = Mix((ulong)seed);
        var discovery = new bool[clusters.Length];
        for (int row = 0; row < discovery.Length; row++)
        {
            int author = table.Authors?.Codes[row] ?? CodedColumn.Missing;
            bool byAuthor = author >= 0 && sizes[clusters[row]] == 1;
            ulong unit = byAuthor ? ((ulong)(uint)author << 1) | 1 : (ulong)(uint)clusters[row] << 1;
            discovery[row] = Mix(start ^ unit) >> 63 == 0;
        }

        return discovery;
    }

    // The finaliser of SplitMix64 (Steele, Lea, Flood 2014).
    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
