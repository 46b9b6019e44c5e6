using Moderato.Decisions;

namespace Moderato.Investigation;

/// <summary>
/// One category's decisions with what every step needs of them, worked out once: which rows are near-duplicates,
/// what each label weighs, and whether rates may be estimated at all.
/// </summary>
public sealed record Evidence
{
    /// <summary>Copies that make up this part of all rows are a flood.</summary>
    private const double FloodShare = 0.0025;

    public required DecisionTable Table { get; init; }

    /// <summary>Near-duplicate cluster of each row; the row's own number where there is no text.</summary>
    public required int[] Clusters { get; init; }

    /// <summary>Number of clusters; rows where there is no text.</summary>
    public required int ClusterCount { get; init; }

    /// <summary>
    /// What counts as one draw when a share of the excess gets its interval: the cluster, but the row itself in a flood.
    /// A flood is no draw from a population of floods; given that it came, its size is known.
    /// </summary>
    public required int[] Draws { get; init; }

    /// <summary>1/π of each label that a rate may use; 0 on all other rows.</summary>
    public required double[] Weights { get; init; }

    /// <summary>Columns to slice by: the table's own, detected language, length, signals.</summary>
    public required IReadOnlyList<CodedColumn> SliceColumns { get; init; }

    /// <summary>Why no rate may be estimated; null when it may.</summary>
    public string? WhyNoRates { get; init; }

    public bool HasReference { get; init; }

    public bool RatesKnown => WhyNoRates is null;

    public string Design => Table.Design switch
    {
        LabelDesign.Random => "simple random sample, as stated",
        LabelDesign.Known => "known inclusion probabilities",
        _ => "unknown",
    };

    public bool IsFlagged(int row) => Table.Verdicts[row] == Verdict.Violating;

    /// <summary>Flagged, labelled safe, and the label may be used for rates.</summary>
    public bool IsFalsePositive(int row) => Weights[row] > 0 && Table.Labels[row] == 0 && IsFlagged(row);

    /// <summary>Safe verdict, labelled violating, and the label may be used for rates.</summary>
    public bool IsFalseNegative(int row) => Weights[row] > 0 && Table.Labels[row] == 1 && Table.Verdicts[row] == Verdict.Safe;

    public static Evidence Of(DecisionTable table, int[] clusters, int clusterCount, IReadOnlyList<CodedColumn> sliceColumns)
    {
        bool hasReference = table.Periods is { } periods && periods.Contains(Period.Reference) && periods.Contains(Period.Current);
        return new()
        {
            Table = table,
            Clusters = clusters,
            ClusterCount = clusterCount,
            Draws = DrawsOf(clusters, clusterCount),
            Weights = WeightsOf(table, out string? why),
            SliceColumns = sliceColumns,
            WhyNoRates = why,
            HasReference = hasReference,
        };
    }

    private static int[] DrawsOf(int[] clusters, int clusterCount)
    {
        if (clusterCount == clusters.Length)
        {
            return clusters;
        }

        var sizes = new int[clusterCount];
        foreach (int cluster in clusters)
        {
            sizes[cluster]++;
        }

        int flood = Math.Max(20, (int)(FloodShare * clusters.Length));
        var draws = new int[clusters.Length];
        for (int row = 0; row < draws.Length; row++)
        {
            draws[row] = sizes[clusters[row]] >= flood ? clusterCount + row : clusters[row];
        }

        return draws;
    }

    private static double[] WeightsOf(DecisionTable table, out string? why)
    {
        var weights = new double[table.Count];
        if (!table.IsDecided)
        {
            why = "nothing says what was decided: add a column verdict, or --block-from";
            return weights;
        }

        long usable = 0;
        switch (table.Design)
        {
            case LabelDesign.None:
                why = "no content is labelled; 'moderato sample' says which 400 to label";
                return weights;
            case LabelDesign.Unknown(var reason):
                why = reason;
                return weights;
            case LabelDesign.Known(var probabilities):
                for (int i = 0; i < weights.Length; i++)
                {
                    if (table.Labels[i] >= 0 && probabilities[i] > 0)
                    {
                        weights[i] = 1 / probabilities[i];
                        usable++;
                    }
                }

                break;
            case LabelDesign.Random:
                for (int i = 0; i < weights.Length; i++)
                {
                    if (table.Labels[i] >= 0)
                    {
                        weights[i] = 1;
                        usable++;
                    }
                }

                break;
        }

        why = usable > 0 ? null : "no labelled content of this category has a known inclusion probability";
        return weights;
    }
}
