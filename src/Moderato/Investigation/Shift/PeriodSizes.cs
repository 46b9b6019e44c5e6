using Moderato.Decisions;

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
        if (evidence.ClusterCount == table.Count)
        {
            double current = table.Periods?.LongCount(period => period == Period.Current) ?? table.Count;
            return new(table.Count - current, current, table.Count - current, current);
        }

        int[] before = new int[evidence.ClusterCount], now = new int[evidence.ClusterCount];
        for (int row = 0; row < table.Count; row++)
        {
            (table.IsCurrent(row) ? now : before)[evidence.Clusters[row]]++;
        }

        var (n, effectiveN) = Sizes(before);
        var (m, effectiveM) = Sizes(now);
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
