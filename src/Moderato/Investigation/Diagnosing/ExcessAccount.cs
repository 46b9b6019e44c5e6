using Moderato.Decisions;
using Moderato.Statistics.Sampling;

namespace Moderato.Investigation.Diagnosing;

/// <summary>
/// The account from which causes are paid: false positives of the current period over the yardstick, and what part of them
/// lies in marked rows. How many contents bear a mark and are flagged is known of all rows; labels say only what part of
/// them is truly safe (<see cref="AssistedTotals"/>). Intervals by delete-a-group jackknife over near-duplicate clusters.
/// </summary>
public sealed class ExcessAccount
{
    private readonly AccountStrata strata;
    private readonly AssistedTotals totals;
    private readonly AssistedTotals ofThesePeriods = new(AccountStrata.Twins, []);
    private readonly Yardstick yardstick;
    private readonly Dictionary<Suspect, int> firstMark = [];
    private readonly long flagged;

    /// <param name="evidence">Rates must be known.</param>
    /// <param name="suspects">Mechanisms whose marks are totalled; read with <see cref="Share"/>.</param>
    public ExcessAccount(Evidence evidence, Yardstick yardstick, IReadOnlyList<Suspect> suspects)
    {
        this.yardstick = yardstick;
        var known = new List<bool>();
        foreach (var suspect in suspects)
        {
            firstMark[suspect] = known.Count;
            known.AddRange(Enumerable.Repeat(!suspect.Marks.OnLabelledOnly, suspect.Marks.Values));
        }

        strata = AccountStrata.Of(evidence);
        totals = new AssistedTotals(AccountStrata.Twins, known);
        var table = evidence.Table;
        var stratumOf = new int[table.Count];
        var taken = Taken(evidence, stratumOf);
        for (int row = 0; row < stratumOf.Length; row++)
        {
            totals.Count(stratumOf[row]);
            ofThesePeriods.Count(stratumOf[row]);
            flagged += evidence.IsFlagged(row) && table.IsCurrent(row) ? 1 : 0;
            if (evidence.Weights[row] is > 0 and var weight)
            {
                totals.Label(stratumOf[row], evidence.Draws[row], weight, table.Labels[row] == 0);
                ofThesePeriods.Label(stratumOf[row], evidence.Draws[row], weight, table.Labels[row] == 0, taken(row));
            }
        }

        foreach (var suspect in suspects)
        {
            CountMarks(evidence, suspect.Marks, firstMark[suspect], stratumOf);
        }
    }

    /// <summary>
    /// FPR of the current period over the yardstick's, on the log scale: NaN when either is 0 or unknown. The error is that of not
    /// having asked about every content of the two periods; how many false positives a period happens to bring is not in it.
    /// </summary>
    public (double LogRatio, double StandardError) LogRise() =>
        ofThesePeriods.Jackknife(t => Of(t) is var all ? Math.Log(all.FalsePositives / all.Safe) - Math.Log(all.YardstickFpr) : 0);

    /// <summary>Truly safe contents among those flagged in the current period.</summary>
    public double FalseDiscoveryShare => Of(totals.Totals).FalsePositives / Math.Max(1, flagged);

    public double YardstickFpr => YardstickRate(totals.Totals);

    /// <summary>The share of the excess that a mechanism explains, with its standard error.</summary>
    public (double Share, double StandardError) Share(Suspect suspect) => Of(suspect, t => suspect.Explained(t) / t.Excess);

    /// <summary>The part of today's false positives that bears a mechanism's first mark, lower 95% limit.</summary>
    public double LeastPart(Suspect suspect)
    {
        var (part, error) = Of(suspect, t => t.FalsePositivesOf(0) / t.FalsePositives);
        return part - (1.645 * error);
    }

    /// <summary>Any other number worked out from a mechanism's marks, with its standard error.</summary>
    public (double Estimate, double StandardError) Of(Suspect suspect, Func<MarkTotals, double> function) =>
        totals.Jackknife(t => function(new MarkTotals(t, strata, firstMark[suspect], YardstickRate(t))));

    // π of a label: its own, or where all of a stratum had the same chance the part of it that was labelled.
    private Func<int, double> Taken(Evidence evidence, int[] stratumOf)
    {
        var counts = new (double Labelled, double Rows)[AccountStrata.Twins.Count];
        for (int row = 0; row < stratumOf.Length; row++)
        {
            stratumOf[row] = strata.Of(row);
            ref var count = ref counts[stratumOf[row]];
            count = (count.Labelled + (evidence.Weights[row] > 0 ? 1 : 0), count.Rows + 1);
        }

        return evidence.Table.Design is LabelDesign.Known
            ? row => 1 / evidence.Weights[row]
            : row => counts[stratumOf[row]].Labelled / counts[stratumOf[row]].Rows;
    }

    // What people said once of a copy stands for all copies; where they were asked of each, each is an answer.
    private static HashSet<int> AnsweredOnce(Evidence evidence)
    {
        var table = evidence.Table;
        var answers = new Dictionary<int, (int Row, bool Same)>();
        for (int row = 0; row < table.Count; row++)
        {
            if (evidence.Weights[row] > 0 && evidence.Draws[row] != evidence.Clusters[row])
            {
                int cluster = evidence.Clusters[row];
                answers[cluster] = !answers.TryGetValue(cluster, out var first) ? (row, true)
                    : (first.Row, first.Same && table.Labels[row] == table.Labels[first.Row] && table.Votes?[row] == table.Votes?[first.Row] && table.SecondLabels?[row] == table.SecondLabels?[first.Row]);
            }
        }

        return [.. answers.Where(answer => answer.Value.Same).Select(answer => answer.Key)];
    }

    private void CountMarks(Evidence evidence, Marks marks, int first, int[] stratumOf)
    {
        var once = marks.OnLabelledOnly ? AnsweredOnce(evidence) : [];
        for (int row = 0; row < stratumOf.Length; row++)
        {
            double labelled = evidence.Weights[row];
            if ((marks.OnLabelledOnly && labelled <= 0) || marks.Of(row) is not (>= 0 and var value))
            {
                continue;
            }

            double weight = marks.Weight?.Invoke(row) ?? 1;
            totals.CountMark(stratumOf[row], first + value, weight);
            if (labelled > 0 && weight > 0)
            {
                int draw = once.Contains(evidence.Clusters[row]) ? evidence.Clusters[row] : evidence.Draws[row];
                totals.LabelMark(stratumOf[row], draw, labelled, evidence.Table.Labels[row] == 0, first + value, weight);
            }
        }
    }

    private MarkTotals Of(double[,] t) => new(t, strata, 0, YardstickRate(t));

    private double YardstickRate(double[,] t) => yardstick switch
    {
        Yardstick.Objective(var fpr) => fpr,
        Yardstick.Reference => Rate(t, Period.Reference),
        _ => 0.5 * Rate(t, Period.Current),
    };

    private double Rate(double[,] t, Period period) =>
        strata.Sum(t, 0, period, flaggedOnly: false) is > 0 and var safe ? strata.Sum(t, 0, period, flaggedOnly: true) / safe : double.NaN;
}
