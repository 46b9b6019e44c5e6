using Moderato.Investigation.Shift;

namespace Moderato.Investigation.Diagnosing;

/// <summary>Words for a kind of content that no column names: those that tell its texts from the other texts of the same time.</summary>
internal static class KindOfText
{
    /// <summary>Texts that are read for it; more would name the same words.</summary>
    private const int MostTexts = 20_000;

    private const int Words = 3;

    /// <summary>As in “texts with words like “headshot”, “lobby” and “shaft””; null where no word tells them apart.</summary>
    /// <param name="isOfKind">By row.</param>
    public static string? Name(Evidence evidence, bool[] isOfKind)
    {
        if (evidence.Table.Texts is not { } texts)
        {
            return null;
        }

        // One text a near-duplicate cluster, so that a flood's own words do not name the kind.
        var seen = new HashSet<int>();
        int[] current = [.. Enumerable.Range(0, evidence.Table.Count).Where(row => evidence.Table.IsCurrent(row) && seen.Add(evidence.Clusters[row]))];
        int step = 1 + (current.Length / MostTexts);
        int[] rows = [.. current.Where((_, place) => place % step == 0)];
        string[] words = [.. TellingTerms.Of(texts, rows, Array.ConvertAll(rows, row => isOfKind[row])).Take(Words).Select(word => $"“{word}”")];
        return words.Length == 0 ? null
            : $"texts with words like {(words.Length == 1 ? words[0] : $"{string.Join(", ", words[..^1])} and {words[^1]}")}";
    }
}
