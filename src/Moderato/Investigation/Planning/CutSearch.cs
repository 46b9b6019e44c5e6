using Moderato.Statistics.Curves;

namespace Moderato.Investigation.Planning;

/// <summary>The lowest block cut whose false positives meet a target, chosen on the choosing half.</summary>
public static class CutSearch
{
    /// <param name="keepShare">The share of today's false positives that may remain, in (0,1).</param>
    /// <param name="from">Today's cut.</param>
    /// <returns>A cut of two decimals above today's where one does, else of four; null where only "never" does.</returns>
    public static double? Of(Evidence evidence, double from, double keepShare)
    {
        var table = evidence.Table;
        var byBin = new double[ScoreBin.Count];
        double all = 0;
        for (int row = 0; row < table.Count; row++)
        {
            if (evidence.IsFalsePositive(row) && table.IsCurrent(row) && RemedyEffect.IsChoosingHalf(evidence, row))
            {
                byBin[ScoreBin.Of(table.Scores![row])] += evidence.Weights[row];
                all += evidence.Weights[row];
            }
        }

        if (all == 0)
        {
            return null;
        }

        // Walk down from the top: the last bin at which the kept part is still within the target is the lowest cut.
        double kept = 0;
        int lowest = ScoreBin.Count;
        for (int bin = ScoreBin.Count - 1; bin >= 0; bin--)
        {
            kept += byBin[bin];
            if (kept > keepShare * all)
            {
                break;
            }

            lowest = bin;
        }

        if (lowest == ScoreBin.Count)
        {
            return null;
        }

        double twoDecimals = Math.Ceiling((ScoreBin.Cut(lowest) * 100) - 1e-9) / 100;
        double cut = twoDecimals < 1 ? twoDecimals : ScoreBin.Cut(lowest);
        return cut > from ? cut : null;
    }
}
