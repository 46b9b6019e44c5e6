using Moderato.Decisions;
using Moderato.Investigation.Findings;

namespace Moderato.Investigation.Diagnosing;

/// <summary>What changed on our side, and when.</summary>
public static class Triggers
{
    /// <summary>A release (model, policy) that judges most of the current period and judged nothing in the reference.</summary>
    public static Trigger? OfVersionChange(Evidence evidence)
    {
        var table = evidence.Table;
        foreach (var column in table.Columns.Where(column => ContentColumns.NamesAVersion(column.Name)))
        {
            var current = new long[column.Values.Count];
            var reference = new long[column.Values.Count];
            for (int row = 0; row < table.Count; row++)
            {
                if (column.Codes[row] is var code and >= 0)
                {
                    (table.IsCurrent(row) ? current : reference)[code]++;
                }
            }

            for (int v = 0; v < current.Length; v++)
            {
                if (reference[v] == 0 && current[v] > 0.2 * current.Sum() && reference.Sum() > 0)
                {
                    return new("release", First(table, column, v), $"{column.Name} {column.Values[v]}");
                }
            }
        }

        return null;
    }

    private static DateTimeOffset? First(DecisionTable table, CodedColumn column, int value)
    {
        if (table.Times is not { } times)
        {
            return null;
        }

        long first = long.MaxValue;
        for (int row = 0; row < times.Length; row++)
        {
            if (column.Codes[row] == value && times[row] > 0)
            {
                first = Math.Min(first, times[row]);
            }
        }

        return first == long.MaxValue ? null : new DateTimeOffset(first, TimeSpan.Zero);
    }
}
