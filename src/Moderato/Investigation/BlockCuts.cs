using Moderato.Decisions;
using Moderato.Statistics.Curves;

namespace Moderato.Investigation;

/// <summary>
/// The cut from which contents were flagged in each period: as stated where the verdicts agree, else
/// read off the verdicts when every flagged score lies above every other one. Null where neither says it.
/// </summary>
public sealed record BlockCuts(double? Current, double? Reference)
{
    /// <summary>Flagging begins at another score than it did.</summary>
    public bool Moved => Current is { } now && Reference is { } then && now != then;

    public static BlockCuts Of(DecisionTable table) =>
        new(Seen(table, Period.Current) ?? table.Cuts?.BlockFrom, Seen(table, Period.Reference) ?? table.Cuts?.BlockFrom);

    private static double? Seen(DecisionTable table, Period period)
    {
        if (table.Scores is not { } scores)
        {
            return null;
        }

        double lowestFlagged = double.PositiveInfinity, highestOther = double.NegativeInfinity;
        for (int row = 0; row < table.Count; row++)
        {
            if (double.IsNaN(scores[row]) || (table.IsCurrent(row) ? Period.Current : Period.Reference) != period)
            {
                continue;
            }

            if (table.Verdicts[row] == Verdict.Violating)
            {
                lowestFlagged = Math.Min(lowestFlagged, scores[row]);
            }
            else
            {
                highestOther = Math.Max(highestOther, scores[row]);
            }
        }

        if (double.IsInfinity(lowestFlagged) || highestOther >= lowestFlagged)
        {
            return null;
        }

        double? stated = table.Cuts?.BlockFrom;
        return stated > highestOther && stated <= lowestFlagged ? stated : Roundest(highestOther, lowestFlagged);
    }

    // People set cuts such as .5 or .65: of all cuts in (above, upTo] the one with the fewest decimals.
    private static double Roundest(double above, double upTo)
    {
        foreach (double unit in (ReadOnlySpan<double>)[10, 100, 1_000, 10_000])
        {
            double cut = Math.Floor((upTo * unit) + 1e-9) / unit;
            if (cut > above)
            {
                return cut;
            }
        }

        return ScoreBin.Cut(ScoreBin.Of(upTo));
    }
}
