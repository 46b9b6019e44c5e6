using Moderato.Decisions;
using Moderato.Statistics.Intervals;
using Moderato.Statistics.Sampling;

namespace Moderato.Investigation.Planning;

/// <summary>
/// What a remedy does to false positives, false negatives and reviews. A remedy is a rule that gives each current row another
/// verdict; its effect on errors is measured on the held-out half of the clusters, the reviews are counted on all rows.
/// </summary>
/// <param name="FalsePositives">Change in contents of the current period; negative: fewer.</param>
/// <param name="FalseNegatives">Change in contents of the current period.</param>
/// <param name="ReviewsPerDay">Change in reviews a day.</param>
public sealed record RemedyEffect(Change FalsePositives, Change FalseNegatives, Change ReviewsPerDay)
{
    private const int FalsePositivesNow = 0;
    private const int FalsePositivesAfter = 1;
    private const int FalseNegativesNow = 2;
    private const int FalseNegativesAfter = 3;

    /// <param name="after">The verdict of a current row under the remedy.</param>
    /// <param name="volume">Days or daily volume, for reviews a day.</param>
    public static RemedyEffect Of(Evidence evidence, Volume volume, Func<int, Verdict> after) =>
        Of(evidence, volume, after, row => !IsChoosingHalf(evidence, row));

    /// <summary>The same, measured on all labels: for a rule that no label had a part in, or only labels of other rows than the one it decides.</summary>
    public static RemedyEffect OfAllLabels(Evidence evidence, Volume volume, Func<int, Verdict> after) =>
        Of(evidence, volume, after, _ => true);

    private static RemedyEffect Of(Evidence evidence, Volume volume, Func<int, Verdict> after, Func<int, bool> measures)
    {
        var (falsePositives, falseNegatives) = Errors(evidence, after, measures);
        return new(falsePositives, falseNegatives, Reviews(evidence, volume, after));
    }

    /// <summary>Whether a row belongs to the half on which remedies are chosen; the other half measures them.</summary>
    public static bool IsChoosingHalf(Evidence evidence, int row) => (((uint)evidence.Draws[row] * 2246822519u) >> 31) == 0;

    private static (Change FalsePositives, Change FalseNegatives) Errors(
        Evidence evidence, Func<int, Verdict> after, Func<int, bool> measures)
    {
        if (!evidence.RatesKnown)
        {
            var unknown = new Change.Unknown(evidence.WhyNoRates!);
            return (unknown, unknown);
        }

        var table = evidence.Table;
        var strata = VerdictStrata.Of(evidence);
        var totals = new StratifiedTotals(strata.Sizes, 4);
        var falsePositives = new ErrorMoves(Verdict.Violating);
        var falseNegatives = new ErrorMoves(Verdict.Safe);
        Span<double> values = stackalloc double[4];
        long violating = 0;
        for (int row = 0; row < table.Count; row++)
        {
            if (!table.IsCurrent(row))
            {
                continue;
            }

            var now = table.Verdicts[row];
            var then = after(row);
            bool measured = evidence.Weights[row] > 0 && measures(row);
            falsePositives.Count(now, then, measured);
            falseNegatives.Count(now, then, measured);
            if (!measured)
            {
                continue;
            }

            bool safe = table.Labels[row] == 0;
            values[FalsePositivesNow] = safe && now == Verdict.Violating ? 1 : 0;
            values[FalsePositivesAfter] = safe && then == Verdict.Violating ? 1 : 0;
            values[FalseNegativesNow] = !safe && now == Verdict.Safe ? 1 : 0;
            values[FalseNegativesAfter] = !safe && then == Verdict.Safe ? 1 : 0;
            violating += !safe ? 1 : 0;
            (safe ? falsePositives : falseNegatives).Error(now, then, evidence.Weights[row], evidence.Draws[row]);
            totals.Add(strata.Of(row), evidence.Draws[row], evidence.Weights[row], values);
        }

        return (
            falsePositives.Change(totals, FalsePositivesNow, FalsePositivesAfter),
            violating > 0
                ? falseNegatives.Change(totals, FalseNegativesNow, FalseNegativesAfter)
                : new Change.Unknown("no truly violating content among the labels that measure it"));
    }

    private static Change Reviews(Evidence evidence, Volume volume, Func<int, Verdict> after)
    {
        if (volume is Volume.Unknown(var why))
        {
            return new Change.Unknown(why);
        }

        var table = evidence.Table;
        long now = 0, then = 0, rows = 0;
        for (int row = 0; row < table.Count; row++)
        {
            if (table.IsCurrent(row))
            {
                rows++;
                now += table.Verdicts[row] == Verdict.Borderline ? 1 : 0;
                then += after(row) == Verdict.Borderline ? 1 : 0;
            }
        }

        double perDay = volume.PerDay(rows) / rows;
        double? percent = now > 0 ? 100.0 * (then - now) / now : null;
        return new Change.Known(percent, percent, percent, (then - now) * perDay);
    }
}
