namespace Moderato.Investigation.Diagnosing;

/// <summary>The rows that found slices hold.</summary>
public static class SliceRows
{
    /// <summary>"language es, surface chat".</summary>
    public static string Name(IReadOnlyDictionary<string, string> where) => string.Join(", ", where.Select(w => $"{w.Key} {w.Value}"));

    /// <summary>Whether each row lies in at least one of the slices.</summary>
    public static bool[] Of(Evidence evidence, IReadOnlyList<SuspectedSlice> slices)
    {
        var any = new bool[evidence.Table.Count];
        foreach (var slice in slices)
        {
            var rows = slice.Rows(evidence);
            for (int row = 0; row < any.Length; row++)
            {
                any[row] |= rows[row];
            }
        }

        return any;
    }
}
