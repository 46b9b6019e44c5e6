using Moderato.Decisions;

namespace Moderato.Investigation;

/// <summary>
/// Period × verdict as strata of known size. Where a period has a verdict without any usable label, that period is
/// one stratum instead: then only the inclusion probabilities say what a label stands for.
/// </summary>
public sealed class VerdictStrata
{
    private readonly DecisionTable table;
    private readonly bool[] pooled = new bool[2];

    private VerdictStrata(DecisionTable table, double[] sizes) => (this.table, Sizes) = (table, sizes);

    /// <summary>Rows in each stratum, labelled or not.</summary>
    public double[] Sizes { get; }

    /// <summary>The stratum of a row.</summary>
    public int Of(int row)
    {
        int period = table.IsCurrent(row) ? 0 : 1;
        return (period * 3) + (pooled[period] ? 0 : (int)table.Verdicts[row]);
    }

    public static VerdictStrata Of(Evidence evidence)
    {
        var table = evidence.Table;
        var sizes = new double[6];
        var labelled = new long[6];
        for (int row = 0; row < table.Count; row++)
        {
            int stratum = ((table.IsCurrent(row) ? 0 : 1) * 3) + (int)table.Verdicts[row];
            sizes[stratum]++;
            if (evidence.Weights[row] > 0)
            {
                labelled[stratum]++;
            }
        }

        var strata = new VerdictStrata(table, sizes);
        for (int period = 0; period < 2; period++)
        {
            int first = period * 3;
            bool uncovered = Enumerable.Range(first, 3).Any(s => sizes[s] > 0 && labelled[s] == 0);
            if (uncovered && labelled.AsSpan(first, 3).IndexOfAnyExcept(0L) >= 0)
            {
                strata.pooled[period] = true;
                sizes[first] += sizes[first + 1] + sizes[first + 2];
                sizes[first + 1] = sizes[first + 2] = 0;
            }
        }

        return strata;
    }
}
