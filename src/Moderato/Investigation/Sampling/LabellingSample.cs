using Moderato.Decisions;
using Moderato.Statistics.Sampling;

namespace Moderato.Investigation.Sampling;

/// <summary>
/// Which contents to label: a stratified random sample of near-duplicate clusters. Strata are period, verdict and band of the
/// score, and clusters so large that they count for themselves. More than half of the labels go to what was flagged, where
/// the false positives are; the rest to what was not, or no error rate could be known. Inside, the allocation is
/// Neyman's for what is anticipated of each band: a wrong anticipation costs precision, never truth, for each cluster's
/// probability is exact. See <c>docs/methods/labelling-sample.md</c>.
/// </summary>
public static class LabellingSample
{
    /// <summary>Below this some stratum would get no label at all.</summary>
    public const int LeastBudget = 20;

    private const double CurrentShare = 2.0 / 3;

    /// <summary>Of a period's labels, to safe, borderline and violating verdicts.</summary>
    private static readonly double[] VerdictShares = [.35, .10, .55];

    /// <summary>Draws at most <paramref name="budget"/> contents, in random order: whoever labels only the first hundred has a random sample too.</summary>
    /// <param name="clusters">Near-duplicate cluster of each row, numbered from 0; null for rows that stand alone.</param>
    /// <exception cref="ArgumentOutOfRangeException">The budget is less than <see cref="LeastBudget"/>.</exception>
    public static IReadOnlyList<DrawnContent> Draw(DecisionTable table, int[]? clusters, int budget, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(budget, LeastBudget);
        clusters ??= [.. Enumerable.Range(0, table.Count)];
        var units = SamplingUnits.Of(table, clusters, table.Count == 0 ? 0 : clusters.Max() + 1);
        var random = new SplitMix64((ulong)seed);
        var drawn = new List<DrawnContent>();
        int[] budgets = Budgets(table, units, budget);
        for (int group = 0; group < SamplingUnits.Groups; group++)
        {
            DrawGroup(units, group, budgets[group], ref random, drawn);
        }

        var order = drawn.ToArray();
        random.Shuffle<DrawnContent>(order);
        return order;
    }

    private static int[] Budgets(DecisionTable table, SamplingUnits units, int budget)
    {
        var sizes = new long[SamplingUnits.Groups];
        foreach (byte group in units.Group)
        {
            sizes[group]++;
        }

        double current = HasKnownReference(table) ? 1 : CurrentShare;
        var shares = new double[SamplingUnits.Groups];
        for (int group = 0; group < shares.Length; group++)
        {
            shares[group] = (group < 3 ? current : 1 - current) * VerdictShares[group % 3];
        }

        return BudgetSplit.Of(sizes, shares, budget, least: 2);
    }

    /// <summary>The reference period's rates are known already, and its labels need no company.</summary>
    private static bool HasKnownReference(DecisionTable table)
    {
        for (int row = 0; row < table.Count; row++)
        {
            if (!table.IsCurrent(row) && table.Labels[row] >= 0
                && (table.Design is LabelDesign.Random || (table.Design is LabelDesign.Known known && known.InclusionProbabilities[row] > 0)))
            {
                return true;
            }
        }

        return false;
    }

    private static void DrawGroup(SamplingUnits units, int group, int budget, ref SplitMix64 random, List<DrawnContent> drawn)
    {
        if (budget == 0)
        {
            return;
        }

        var strata = Strata.Of(units, group, budget);
        var need = (int[])strata.Allocation.Clone();
        var left = (long[])strata.Sizes.Clone();
        for (int unit = 0; unit < units.Count; unit++)
        {
            int stratum = strata.Of(unit);
            if (stratum == Strata.Elsewhere)
            {
                continue;
            }

            // Knuth's selection sampling: exactly n of N, every subset equally likely, in one pass.
            if (stratum == Strata.Certain || random.NextDouble() * left[stratum] < need[stratum])
            {
                double probability = stratum == Strata.Certain ? 1 : strata.Allocation[stratum] / (double)strata.Sizes[stratum];
                drawn.Add(new DrawnContent(units.Rows[unit], units.Sizes[unit], probability));
                need[Math.Max(stratum, 0)] -= stratum == Strata.Certain ? 0 : 1;
            }

            left[Math.Max(stratum, 0)] -= stratum == Strata.Certain ? 0 : 1;
        }
    }
}
