using Moderato.Decisions;
using Moderato.Statistics.HypothesisTests;

namespace Moderato.Investigation.Patterns;

/// <summary>Whether something happens more often inside a slice than outside, contents of one author counted as a cluster.</summary>
internal static class TwoGroups
{
    /// <param name="weights">By row.</param>
    public static double PValue(DecisionTable table, int[] rows, double[] weights, Func<int, bool> inside, Func<int, bool> happened) => RaoScottTest.Greater(
        [.. rows.Select(inside)],
        [.. rows.Select(happened)],
        [.. rows.Select(row => weights[row])],
        [.. rows.Select(row => table.Authors?.Codes[row] is { } author and >= 0 ? author : ~row)]);
}
