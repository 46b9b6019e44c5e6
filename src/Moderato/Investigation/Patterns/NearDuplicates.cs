using Moderato.Decisions;

namespace Moderato.Investigation.Patterns;

/// <summary>
/// Which contents are one text: the same after folding (case, digits, URLs, @mentions, spacing and punctuation), or nearly
/// the same (Jaccard similarity of character 5-gram sets ≥ .8 with the text that leads the cluster). Members are compared
/// with the leader, not with each other, so that a chain of small differences does not join what differs much.
/// Time is linear in the text; see <c>docs/methods/near-duplicates.md</c>.
/// </summary>
public static class NearDuplicates
{
    /// <summary>Least Jaccard similarity to the leader.</summary>
    public const double Threshold = 0.8;

    /// <summary>
    /// A text of fewer 5-grams joins only what folds to the same: below this, texts that differ in the one word that matters can reach .8
    /// ("Ling is a kind young", "Ying is a kind young").
    /// </summary>
    private const int LeastGrams = 40;

    /// <summary>
    /// The cluster of each text, numbered from 0 in order of first appearance. The partition depends on the texts alone,
    /// not on their order: the commonest text leads, then the smallest hash. Empty texts are one cluster.
    /// </summary>
    public static int[] Cluster(PackedStrings texts)
    {
        var folded = new FoldedText();
        var distinctOf = new int[texts.Count];
        var hashes = new List<ulong>();
        var firstRows = new List<int>();
        var counts = new List<int>();
        var known = new Dictionary<ulong, int>();
        for (int row = 0; row < texts.Count; row++)
        {
            ulong hash = folded.Fold(texts.Utf8(row));
            if (!known.TryGetValue(hash, out int distinct))
            {
                distinct = hashes.Count;
                known.Add(hash, distinct);
                hashes.Add(hash);
                firstRows.Add(row);
                counts.Add(0);
            }

            counts[distinct]++;
            distinctOf[row] = distinct;
        }

        var leaders = Leaders(texts, folded, hashes, firstRows, counts);
        return Numbered(distinctOf, leaders);
    }

    /// <summary>For each distinct text the distinct text that leads its cluster.</summary>
    private static int[] Leaders(
        PackedStrings texts, FoldedText folded, List<ulong> hashes, List<int> firstRows, List<int> counts)
    {
        var order = new int[hashes.Count];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(order, (a, b) => counts[a] != counts[b] ? counts[b].CompareTo(counts[a]) : hashes[a].CompareTo(hashes[b]));

        var index = new MinHashIndex(order.Length);
        var leaderAt = new List<int>();
        var leaders = new int[order.Length];
        foreach (int distinct in order)
        {
            folded.Fold(texts.Utf8(firstRows[distinct]));
            leaders[distinct] = distinct;
            if (MinHashIndex.GramCount(folded.Codes) < LeastGrams)
            {
                continue;
            }

            int found = index.FindOrAdd(folded.Codes, Threshold, out bool added);
            if (added)
            {
                leaderAt.Add(distinct);
            }

            leaders[distinct] = leaderAt[found];
        }

        return leaders;
    }

    private static int[] Numbered(int[] distinctOf, int[] leaders)
    {
        var numberOf = new int[leaders.Length];
        Array.Fill(numberOf, -1);
        int clusters = 0;
        for (int row = 0; row < distinctOf.Length; row++)
        {
            ref int number = ref numberOf[leaders[distinctOf[row]]];
            if (number < 0)
            {
                number = clusters++;
            }

            distinctOf[row] = number;
        }

        return distinctOf;
    }
}
