using Moderato.Decisions;

namespace Moderato.Investigation.Diagnosing;

/// <summary>
/// Whether the false-positive rate is above the yardstick by a relevant rise. Labels alone decide where they are enough: the 90%
/// interval of FPR / yardstick. That no rise happened in these contents is said of the contents, so what is labelled in full
/// leaves nothing open; that one did has to hold against the chance of how many false positives a period brings. Where labels
/// leave both open, rows without a label are evidence: where the flags did not rise, or rose by contents that labels show to
/// violate, and labels show no larger part to be wrong, there is no incident.
/// </summary>
public sealed record Rise(double Ratio, double Low, double High, double StandardError)
{
    private const double NinetyPercent = 1.645;

    /// <summary>Labels that could not have shown a doubling say nothing, whatever else stands still.</summary>
    private const double SeenAtLeast = 2.2;

    /// <summary>Were half of the flags that came on top false, they would be what is wrong.</summary>
    private const double PartOfNewFlags = 0.5;

    /// <summary>An author of so many flags is no draw from a population of authors.</summary>
    private const int ManyFlags = 20;

    /// <summary>Standard error of the log ratio with the chance of the counts of both periods.</summary>
    public double ProcessError { get; private init; }

    private double LowOfProcess => Ratio * Math.Exp(-NinetyPercent * ProcessError);

    /// <summary>Flag rate over the reference's.</summary>
    public double? FlagRatio { get; private init; }

    private double FlagRatioLow { get; init; }

    /// <summary>What FPR / yardstick would be, had that part of the flags that came on top been false, lower 95% limit; 1 where none came.</summary>
    private double RatioOfNewFlags { get; init; }

    public bool IsExcluded => High < Yardstick.RelevantRise;

    public bool IsShown => LowOfProcess > 1 && Ratio >= Yardstick.RelevantRise;

    /// <summary>More labels of these contents would not tell: all that is open is chance of the contents themselves.</summary>
    public bool IsKnownOfTheseContents => High < 1.1 * Ratio;

    /// <summary>Labels, which would have shown a doubling, show no rise, and rows without labels none that could be one of false positives.</summary>
    public bool NothingMoved => (FlagsStayed || FlagsRoseRightly) && Ratio < Yardstick.RelevantRise && High < SeenAtLeast && LowOfProcess <= 1;

    /// <summary>More is flagged, and labels exclude that half of it is wrong.</summary>
    public bool FlagsRoseRightly => FlagRatioLow > 1 && High < RatioOfNewFlags;

    private bool FlagsStayed => FlagRatio is < 1.5 && FlagRatioLow <= 1;

    public static Rise Of(Evidence evidence, Yardstick yardstick, ExcessAccount account)
    {
        var (log, error) = account.LogRise();
        var now = Flags(evidence, Period.Current);
        var before = Flags(evidence, Period.Reference);
        double share = Math.Clamp(account.FalseDiscoveryShare, .02, 1);
        double chance = (now.Chance / share) + (yardstick is Yardstick.Reference ? before.Chance / share : 0);
        var rise = new Rise(Math.Exp(log), Math.Exp(log - (NinetyPercent * error)), Math.Exp(log + (NinetyPercent * error)), error)
        {
            ProcessError = Math.Sqrt((error * error) + chance),
        };
        if (yardstick is not Yardstick.Reference || before.Count == 0 || now.Count == 0)
        {
            return rise;
        }

        double expected = before.Count * (now.Rows / (double)before.Rows);
        double ratio = now.Count / expected;
        double onTop = now.Count - expected - (NinetyPercent * Math.Sqrt(now.Count + (expected * expected / before.Count)));
        return rise with
        {
            FlagRatio = ratio,
            FlagRatioLow = ratio * Math.Exp(-NinetyPercent * Math.Sqrt((1.0 / now.Count) + (1.0 / before.Count))),
            RatioOfNewFlags = 1 + (PartOfNewFlags * Math.Max(0, onTop) / (share * now.Count / rise.Ratio)),
        };
    }

    /// <summary>Flags and rows of a period, and the squared relative error of a count of as many: 1/n, more where one author or one text brings several.</summary>
    private static (long Count, long Rows, double Chance) Flags(Evidence evidence, Period period)
    {
        long flags = 0, rows = 0;
        var byDraw = new Dictionary<int, long>();
        var byAuthor = new Dictionary<int, long>();
        for (int row = 0; row < evidence.Table.Count; row++)
        {
            if ((evidence.Table.IsCurrent(row) ? Period.Current : Period.Reference) == period)
            {
                rows++;
                if (evidence.IsFlagged(row))
                {
                    flags++;
                    byDraw[evidence.Draws[row]] = byDraw.GetValueOrDefault(evidence.Draws[row]) + 1;
                    int author = evidence.Table.Authors is { } authors && authors.Codes[row] is >= 0 and var code ? code : -1 - row;
                    byAuthor[author] = byAuthor.GetValueOrDefault(author) + 1;
                }
            }
        }

        return (flags, rows, flags == 0 ? 0 : Math.Max(Squares(byDraw.Values), Squares(byAuthor.Values)) / flags / flags);
    }

    private static double Squares(IEnumerable<long> counts) => counts.Sum(count => count < ManyFlags ? (double)count * count : count);
}
