using Moderato.Investigation.Findings;

namespace Moderato.Investigation.Patterns;

/// <summary>The near-duplicate clusters that hold most flags of the current period.</summary>
internal static class RepeatedTexts
{
    private const int LeastFlags = 5;
    private const int Most = 8;

    public static IReadOnlyList<RepeatedText> Of(Evidence evidence)
    {
        var table = evidence.Table;
        if (table.Texts is null || !table.IsDecided)
        {
            return [];
        }

        var flagged = new int[evidence.ClusterCount];
        double flags = 0, wrong = 0;
        for (int row = 0; row < table.Count; row++)
        {
            if (table.IsCurrent(row) && evidence.IsFlagged(row))
            {
                flagged[evidence.Clusters[row]]++;
                flags++;
                wrong += evidence.IsFalsePositive(row) ? evidence.Weights[row] : 0;
            }
        }

        int[] largest = [.. Enumerable.Range(0, flagged.Length).Where(cluster => flagged[cluster] >= LeastFlags)
            .OrderByDescending(cluster => flagged[cluster]).ThenBy(cluster => cluster).Take(Most)];
        return [.. largest.Select(cluster => Of(evidence, cluster, flags, wrong))];
    }

    private static RepeatedText Of(Evidence evidence, int cluster, double flags, double wrong)
    {
        var table = evidence.Table;
        var contents = new long[2];
        var flagged = new long[2];
        double falsePositives = 0;
        int example = -1;
        for (int row = 0; row < table.Count; row++)
        {
            if (evidence.Clusters[row] != cluster)
            {
                continue;
            }

            int period = table.IsCurrent(row) ? 1 : 0;
            contents[period]++;
            flagged[period] += evidence.IsFlagged(row) ? 1 : 0;
            falsePositives += period == 1 && evidence.IsFalsePositive(row) ? evidence.Weights[row] : 0;
            example = example < 0 && period == 1 && evidence.IsFlagged(row) ? row : example;
        }

        return new(table.Ids[example], contents[1], flagged[1], contents[0], flagged[0], flagged[1] / flags, wrong > 0 ? falsePositives / wrong : null);
    }
}
