using Moderato.Decisions;

namespace Moderato.Investigation.Diagnosing;

/// <summary>
/// Whether the false-positive rate is above the yardstick by a relevant rise. Labels alone decide where they are enough: the 90%
/// interval of FPR / yardstick. That no rise happened in these contents is said of the contents; that one did has to hold
/// against the chance of how many false positives a period brings. Where labels leave both open, rows without a label
/// are evidence: a flag rate as before, of which labels show no larger part to be wrong, is no incident.
/// </summary>
public sealed record Rise(double Ratio, double Low, double High, double StandardError)
{
    private const double NinetyPercent = 1.645;

    /// <summary>Labels that could not have shown a doubling say nothing, whatever else stands still.</summary>
    private const double SeenAtLeast = 2.2;

    /// <summary>The lower limit with the chance of the counts of both periods.</summary>
    public double LowOfProcess { get; private init; }

    /// <summary>Flag rate over the reference's.</summary>
    public double? FlagRatio { get; private init; }

    private double FlagRatioLow { get; init; }

    public bool IsExcluded => High < Yardstick.RelevantRise;

    public bool IsShown => LowOfProcess > 1;

    /// <summary>Rows without labels show no change, and labels, which would have shown a doubling, show none either.</summary>
    public bool NothingMoved => FlagRatio is < 1.5 && FlagRatioLow <= 1 && Ratio < Yardstick.RelevantRise && High < SeenAtLeast && !IsShown;

    public static Rise Of(Evidence evidence, Yardstick yardstick, ExcessAccount account)
    {
        var (log, error) = account.LogRise();
        var (current, rows) = Flags(evidence, Period.Current);
        var (before, referenceRows) = Flags(evidence, Period.Reference);
        double share = Math.Clamp(account.FalseDiscoveryShare, .02, 1);
        double chance = (current > 0 ? 1 / (share * current) : 0) + (yardstick is Yardstick.Reference && before > 0 ? 1 / (share * before) : 0);
        var rise = new Rise(Math.Exp(log), Math.Exp(log - (NinetyPercent * error)), Math.Exp(log + (NinetyPercent * error)), error)
        {
            LowOfProcess = Math.Exp(log - (NinetyPercent * Math.Sqrt((error * error) + chance))),
        };
        if (yardstick is not Yardstick.Reference || before == 0 || current == 0)
        {
            return rise;
        }

        double ratio = current / (double)rows / (before / (double)referenceRows);
        return rise with
        {
            FlagRatio = ratio,
            FlagRatioLow = ratio * Math.Exp(-NinetyPercent * Math.Sqrt((1.0 / current) + (1.0 / before))),
        };
    }

    private static (long Flags, long Rows) Flags(Evidence evidence, Period period)
    {
        long flags = 0, rows = 0;
        for (int row = 0; row < evidence.Table.Count; row++)
        {
            if ((evidence.Table.IsCurrent(row) ? Period.Current : Period.Reference) == period)
            {
                rows++;
                flags += evidence.IsFlagged(row) ? 1 : 0;
            }
        }

        return (flags, rows);
    }
}
