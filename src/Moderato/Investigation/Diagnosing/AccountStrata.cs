using Moderato.Decisions;

namespace Moderato.Investigation.Diagnosing;

/// <summary>
/// Strata of known size in which labels are counted: period × verdict, and among what is flagged up to three bands of the score,
/// as far as both periods have labels in each. Borderline contents of which none is labelled are counted with the safe ones.
/// </summary>
public sealed class AccountStrata
{
    private const int Bands = 3;
    private const int LabelsPerBand = 12;
    private const int PerPeriod = 2 + Bands;

    private readonly DecisionTable table;
    private readonly double[] edges;
    private readonly bool[] borderlineAsSafe = new bool[2];

    private AccountStrata(DecisionTable table, double[] edges) => (this.table, this.edges) = (table, edges);

    /// <summary>The same stratum of the other period, by stratum: where a period has no label, its contents are taken to be as the other's.</summary>
    public static IReadOnlyList<int> Twins { get; } = [.. Enumerable.Range(0, 2 * PerPeriod).Select(stratum => (stratum + PerPeriod) % (2 * PerPeriod))];

    public int Of(int row)
    {
        int period = table.IsCurrent(row) ? 0 : 1;
        int place = table.Verdicts[row] switch
        {
            Verdict.Safe => 0,
            Verdict.Borderline => borderlineAsSafe[period] ? 0 : 1,
            _ => 2 + BandOf(row),
        };
        return (period * PerPeriod) + place;
    }

    /// <summary>A total of one measure over the strata of a period.</summary>
    public double Sum(double[,] totals, int measure, Period period, bool flaggedOnly)
    {
        double sum = 0;
        int first = period == Period.Current ? 0 : PerPeriod;
        for (int place = flaggedOnly ? 2 : 0; place < PerPeriod; place++)
        {
            sum += totals[first + place, measure];
        }

        return sum;
    }

    public static AccountStrata Of(Evidence evidence)
    {
        var table = evidence.Table;
        var strata = new AccountStrata(table, EdgesOf(evidence));
        bool[] labelled = new bool[2];
        for (int row = 0; row < table.Count; row++)
        {
            labelled[table.IsCurrent(row) ? 0 : 1] |= evidence.Weights[row] > 0 && table.Verdicts[row] == Verdict.Borderline;
        }

        (strata.borderlineAsSafe[0], strata.borderlineAsSafe[1]) = (!labelled[0], !labelled[1]);
        return strata;
    }

    private int BandOf(int row)
    {
        int band = 0;
        while (band < edges.Length && table.Scores![row] >= edges[band])
        {
            band++;
        }

        return band;
    }

    private static double[] EdgesOf(Evidence evidence)
    {
        var table = evidence.Table;
        if (table.Scores is not { } scores)
        {
            return [];
        }

        var byPeriod = new List<double>[] { [], [] };
        for (int row = 0; row < scores.Length; row++)
        {
            if (evidence.IsFlagged(row) && evidence.Weights[row] > 0)
            {
                if (double.IsNaN(scores[row]))
                {
                    return [];
                }

                byPeriod[table.IsCurrent(row) ? 0 : 1].Add(scores[row]);
            }
        }

        var periods = byPeriod.Where(labelled => labelled.Count > 0).ToList();
        double[] all = [.. periods.SelectMany(labelled => labelled).Order()];
        for (int bands = Bands; bands > 1; bands--)
        {
            double[] edges = [.. Enumerable.Range(1, bands - 1).Select(band => all.Length == 0 ? 0 : all[all.Length * band / bands])];
            if (periods.TrueForAll(labelled => Enumerable.Range(0, bands).All(band => labelled.Count(score => edges.Count(edge => score >= edge) == band) >= LabelsPerBand)))
            {
                return edges;
            }
        }

        return [];
    }
}
