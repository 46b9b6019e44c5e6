namespace Moderato.Cli.Input;

/// <summary>The nearest of the right names, when it is near enough to be a slip.</summary>
public static class DidYouMean
{
    /// <returns>The name at the least edit distance, if that is at most a third of its length and at most 3; else null.</returns>
    public static string? Of(string written, IEnumerable<string> right)
    {
        string? best = null;
        int least = int.MaxValue;
        foreach (string name in right)
        {
            int distance = Distance(written.ToLowerInvariant(), name.ToLowerInvariant());
            if (distance < least)
            {
                (best, least) = (name, distance);
            }
        }

        return best is not null && least <= Math.Clamp(best.Length / 3, 1, 3) ? best : null;
    }

    /// <summary>Levenshtein's distance: insertions, deletions and substitutions.</summary>
    private static int Distance(string from, string to)
    {
        var previous = new int[to.Length + 1];
        var current = new int[to.Length + 1];
        for (int j = 0; j <= to.Length; j++)
        {
            previous[j] = j;
        }

        for (int i = 1; i <= from.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int substitution = previous[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                current[j] = Math.Min(substitution, 1 + Math.Min(previous[j], current[j - 1]));
            }

            (previous, current) = (current, previous);
        }

        return previous[to.Length];
    }
}
