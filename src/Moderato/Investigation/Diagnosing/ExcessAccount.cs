using Moderato.Statistics.Sampling;

namespace Moderato.Investigation.Diagnosing;

/// <summary>
/// The account from which causes are paid: false positives of the current period over the yardstick, and what part of them
/// lies in marked rows. All figures are post-stratified totals over all contents; intervals by delete-a-group jackknife
/// over near-duplicate clusters, so a flood counts once.
/// </summary>
public sealed class ExcessAccount
{
    private const int FalsePositives = 0;
    private const int Safe = 1;
    private const int ReferenceFalsePositives = 2;
    private const int ReferenceSafe = 3;
    private const int FirstMark = 4;
    private readonly StratifiedTotals totals;
    private readonly Yardstick yardstick;
    private readonly Dictionary<Suspect, int> firstMark = [];

    /// <param name="evidence">Rates must be known.</param>
    /// <param name="suspects">Mechanisms whose marks are totalled; read with <see cref="Share"/>.</param>
    public ExcessAccount(Evidence evidence, Yardstick yardstick, IReadOnlyList<Suspect> suspects)
    {
        this.yardstick = yardstick;
        var marks = new List<Func<int, double>>();
        foreach (var suspect in suspects)
        {
            firstMark[suspect] = FirstMark + marks.Count;
            marks.AddRange(suspect.Marks);
        }

        var table = evidence.Table;
        var strata = VerdictStrata.Of(evidence);
        totals = new StratifiedTotals(strata.Sizes, FirstMark + marks.Count);
        Span<double> values = stackalloc double[FirstMark + marks.Count];
        for (int row = 0; row < table.Count; row++)
        {
            if (evidence.Weights[row] <= 0)
            {
                continue;
            }

            bool current = table.IsCurrent(row);
            bool safe = table.Labels[row] == 0;
            bool falsePositive = safe && evidence.IsFlagged(row);
            values[FalsePositives] = current && falsePositive ? 1 : 0;
            values[Safe] = current && safe ? 1 : 0;
            values[ReferenceFalsePositives] = !current && falsePositive ? 1 : 0;
            values[ReferenceSafe] = !current && safe ? 1 : 0;
            for (int m = 0; m < marks.Count; m++)
            {
                values[FirstMark + m] = marks[m](row);
            }

            totals.Add(strata.Of(row), evidence.Draws[row], evidence.Weights[row], values);
        }
    }

    /// <summary>FPR of the current period over the yardstick's, on the log scale: NaN when either is 0 or unknown.</summary>
    public (double LogRatio, double StandardError) LogRise() =>
        totals.Jackknife(t => Math.Log(t[FalsePositives] / t[Safe]) - Math.Log(YardstickRate(t)));

    public double CurrentFpr => Ratio(totals.Totals(), FalsePositives, Safe);

    public double YardstickFpr => YardstickRate(totals.Totals());

    /// <summary>Excess false positives over all contents of the current period.</summary>
    public double Excess => ExcessOf(totals.Totals());

    /// <summary>The share of the excess that a mechanism explains, with its standard error.</summary>
    public (double Share, double StandardError) Share(Suspect suspect) =>
        totals.Jackknife(t => suspect.Explained(new MarkTotals(t, firstMark[suspect], YardstickRate(t))) / ExcessOf(t));

    /// <summary>Any other number worked out from a mechanism's marks, with its standard error.</summary>
    public (double Estimate, double StandardError) Of(Suspect suspect, Func<MarkTotals, double> function) =>
        totals.Jackknife(t => function(new MarkTotals(t, firstMark[suspect], YardstickRate(t))));

    private double ExcessOf(double[] t) => t[FalsePositives] - (YardstickRate(t) * t[Safe]);

    private double YardstickRate(double[] t) => yardstick switch
    {
        Yardstick.Objective(var fpr) => fpr,
        Yardstick.Reference => Ratio(t, ReferenceFalsePositives, ReferenceSafe),
        _ => 0.5 * Ratio(t, FalsePositives, Safe),
    };

    private static double Ratio(double[] t, int numerator, int denominator) =>
        t[denominator] > 0 ? t[numerator] / t[denominator] : double.NaN;
}
