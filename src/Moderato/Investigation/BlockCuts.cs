using Moderato.Decisions;
using Moderato.Statistics.Curves;

namespace Moderato.Investigation;

/// <summary>
/// The cut from which contents were flagged in each period: as stated where the verdicts agree, else read off the verdicts, when
/// next to all flagged scores lie above the other ones. Null where neither says it.
/// </summary>
public sealed record BlockCuts(double? Current, double? Reference)
{
    /// <summary>Verdicts that people or rules have overruled may be this part of the flags.</summary>
    private const double MostOverruled = 0.02;

    /// <summary>Flagging begins at another score than it did.</summary>
    public bool Moved => Current is { } now && Reference is { } then && now != then;

    public static BlockCuts Of(DecisionTable table)
    {
        double? stated = table.Cuts?.BlockFrom;
        var current = Seen(table, Period.Current);
        var reference = Seen(table, Period.Reference);
        if (current is { } now && reference is { } then && Math.Max(now.Above, then.Above) < Math.Min(now.UpTo, then.UpTo))
        {
            // One cut gives the verdicts of both periods.
            double cut = Within(Math.Max(now.Above, then.Above), Math.Min(now.UpTo, then.UpTo), stated);
            return new(cut, cut);
        }

        return new(Cut(current, stated), Cut(reference, stated));
    }

    private static double? Cut((double Above, double UpTo)? seen, double? stated) =>
        seen is { } range ? Within(range.Above, range.UpTo, stated) : stated;

    /// <summary>Any cut in (Above, UpTo] gives a period's verdicts; null where none does.</summary>
    private static (double Above, double UpTo)? Seen(DecisionTable table, Period period)
    {
        if (table.Scores is not { } scores)
        {
            return null;
        }

        var flagged = new int[ScoreBin.Count];
        var others = new int[ScoreBin.Count];
        int flags = 0, rest = 0;
        for (int row = 0; row < table.Count; row++)
        {
            if (!double.IsNaN(scores[row]) && (table.IsCurrent(row) ? Period.Current : Period.Reference) == period)
            {
                bool isFlagged = table.Verdicts[row] == Verdict.Violating;
                (isFlagged ? flagged : others)[ScoreBin.Of(scores[row])]++;
                _ = isFlagged ? flags++ : rest++;
            }
        }

        if (flags == 0 || rest == 0)
        {
            return null;
        }

        // The bin from which flagging goes against the fewest verdicts: flags below it, others from it on.
        int wrong = rest, fewest = rest, cut = 0;
        for (int bin = 0; bin < ScoreBin.Count; bin++)
        {
            wrong += flagged[bin] - others[bin];
            if (wrong < fewest)
            {
                (fewest, cut) = (wrong, bin + 1);
            }
        }

        if (fewest > MostOverruled * Math.Min(flags, rest))
        {
            return null;
        }

        int last = cut - 1, first = cut;
        while (last > 0 && others[last] == 0)
        {
            last--;
        }

        while (first < ScoreBin.Count - 1 && flagged[first] == 0)
        {
            first++;
        }

        return (ScoreBin.Cut(Math.Max(0, last)), ScoreBin.Cut(first));
    }

    // People set cuts such as .5 or .65: of all cuts in (above, upTo] the one with the fewest decimals.
    private static double Within(double above, double upTo, double? stated)
    {
        if (stated > above && stated <= upTo)
        {
            return stated.Value;
        }

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
