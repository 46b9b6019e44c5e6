namespace Moderato.Investigation.Shift;

/// <summary>
/// Contents of either period, and how many independent ones they are worth for a test: Kish's (Σm)²/Σm² of the sizes m of the
/// near-duplicate clusters.
/// </summary>
internal sealed record PeriodSizes(double Reference, double Current, double EffectiveReference, double EffectiveCurrent)
{
    public double ReferenceFactor => EffectiveReference / Reference;

    public double CurrentFactor => EffectiveCurrent / Current;

    public static PeriodSizes Of(Evidence evidence)
    {
        var table = evidence.Table;
        int[] reference = new int[evidence.ClusterCount], current = new int[evidence.ClusterCount];
        for (int row = 0; row < table.Count; row++)
        {
            (table.IsCurrent(row) ? current : reference)[evidence.Clusters[row]]++;
        }

        var (n, effectiveN) = Sizes(reference);
        var (m, effectiveM) = Sizes(current);
        return new(n, m, effectiveN, effectiveM);
    }

    private static (double Size, double Effective) Sizes(int[] clusterSizes)
    {
        double sum = 0, squares = 0;
        foreach (int size in clusterSizes)
        {
            sum += size;
            squares += (double)size * size;
        }

        return (sum, squares == 0 ? 0 : sum * sum / squares);
    }
}
