using Moderato.Investigation.Findings;
using Moderato.Investigation.Patterns;

namespace Moderato.Investigation.Diagnosing;

/// <summary>The rows that found slices hold.</summary>
public static class SliceRows
{
    /// <summary>"language es, surface chat".</summary>
    public static string Name(SliceFinding slice) => string.Join(", ", slice.Where.Select(w => $"{w.Key} {w.Value}"));

    /// <summary>Whether each row lies in at least one of the slices.</summary>
    public static bool[] Of(Evidence evidence, IReadOnlyList<SliceFinding> slices)
    {
        var any = new bool[evidence.Table.Count];
        foreach (var slice in slices)
        {
            var matcher = new SliceMatcher(evidence.Table, evidence.SliceColumns, slice.Where);
            for (int row = 0; row < any.Length; row++)
            {
                any[row] |= matcher.Holds(row);
            }
        }

        return any;
    }
}
