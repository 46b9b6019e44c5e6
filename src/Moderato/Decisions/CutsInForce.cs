using Moderato.Statistics.Curves;

namespace Moderato.Decisions;

/// <summary>Today's cuts: as stated, else read off the verdicts of the current rows where those follow the score.</summary>
public static class CutsInForce
{
    /// <returns>Null where neither says them: no scores, or verdicts that do not rise with the score.</returns>
    public static Cuts? Of(DecisionTable table)
    {
        if (table.Cuts is { } stated)
        {
            return stated;
        }

        if (table.Scores is not { } scores)
        {
            return null;
        }

        Span<int> lowest = [ScoreBin.Count, ScoreBin.Count, ScoreBin.Count];
        Span<int> highest = [-1, -1, -1];
        for (int row = 0; row < scores.Length; row++)
        {
            if (table.IsCurrent(row) && !double.IsNaN(scores[row]))
            {
                int bin = ScoreBin.Of(scores[row]), verdict = (int)table.Verdicts[row];
                lowest[verdict] = Math.Min(lowest[verdict], bin);
                highest[verdict] = Math.Max(highest[verdict], bin);
            }
        }

        var (safe, borderline, violating) = (0, 1, 2);
        bool rising = highest[safe] < lowest[borderline] && highest[safe] < lowest[violating] && highest[borderline] < lowest[violating];
        return rising
            ? new Cuts(Cut(highest[safe], lowest[borderline]), Cut(Math.Max(highest[safe], highest[borderline]), lowest[violating]))
            : null;
    }

    /// <summary>People set cuts such as .5 or .65: of all cuts in (below, from] the one with the fewest decimals. Null: never.</summary>
    private static double? Cut(int below, int from)
    {
        if (from == ScoreBin.Count)
        {
            return null;
        }

        foreach (int step in (ReadOnlySpan<int>)[1_000, 100, 10])
        {
            int cut = from / step * step;
            if (cut > below)
            {
                return ScoreBin.Cut(cut);
            }
        }

        return ScoreBin.Cut(from);
    }
}
