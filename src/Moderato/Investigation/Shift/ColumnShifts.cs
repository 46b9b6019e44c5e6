using Moderato.Decisions;
using Moderato.Investigation.Findings;
using Moderato.Investigation.Patterns;
using Moderato.Statistics.HypothesisTests;

namespace Moderato.Investigation.Shift;

/// <summary>
/// Which columns are distributed otherwise than in the reference: χ² with bias-corrected Cramér's V for categories, KS with
/// Wasserstein over σ for lengths. Tests count near-duplicates by Kish's effective sizes; q is adjusted over all columns.
/// </summary>
internal static class ColumnShifts
{
    public const string Length = "length";

    /// <summary>Worked out of times and authors: where a log begins and ends decides them.</summary>
    private static readonly string[] OfTheCalendar = ["author age", "hour", "weekday", "day"];

    /// <summary>Longer texts count as this long, in characters.</summary>
    private const int LongestCounted = 4_000;

    /// <summary>Values expected less often than this in either period are taken together (Cochran's rule).</summary>
    private const double LeastExpected = 5;

    /// <summary>Most telling first.</summary>
    public static IReadOnlyList<ColumnShift> Of(Evidence evidence, PeriodSizes sizes)
    {
        var shifts = evidence.SliceColumns
            .Where(column => (column.Name != Length || evidence.Table.Texts is null) && !OfTheCalendar.Contains(column.Name))
            .Select(column => OfColumn(evidence.Table, column, sizes))
            .OfType<ColumnShift>().ToList();
        if (evidence.Table.Texts is { } texts && OfLengths(evidence.Table, texts, sizes) is { } length)
        {
            shifts.Add(length);
        }

        return Adjusted(shifts);
    }

    /// <summary>With q by Benjamini–Hochberg over the columns, by p and then by effect.</summary>
    public static IReadOnlyList<ColumnShift> Adjusted(IReadOnlyList<ColumnShift> shifts)
    {
        double[] q = MultipleTesting.BenjaminiHochberg([.. shifts.Select(shift => shift.P)]);
        return [.. shifts.Select((shift, i) => shift with { Q = q[i] }).OrderBy(shift => shift.P).ThenByDescending(shift => shift.Effect)];
    }

    /// <summary>Counts over the same categories; null where they leave one category only.</summary>
    public static ColumnShift? OfCounts(string name, ReadOnlySpan<double> reference, ReadOnlySpan<double> current, PeriodSizes sizes)
    {
        double n = 0, m = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            n += reference[i] * sizes.ReferenceFactor;
            m += current[i] * sizes.CurrentFactor;
        }

        // The last cell takes the rare values.
        var cells = new List<(double Reference, double Current)>();
        (double Reference, double Current) rare = default;
        for (int i = 0; i < reference.Length; i++)
        {
            var cell = (Reference: reference[i] * sizes.ReferenceFactor, Current: current[i] * sizes.CurrentFactor);
            if ((cell.Reference + cell.Current) * Math.Min(n, m) < LeastExpected * (n + m))
            {
                rare = (rare.Reference + cell.Reference, rare.Current + cell.Current);
            }
            else
            {
                cells.Add(cell);
            }
        }

        cells.Add(rare);
        var table = new double[2, cells.Count];
        for (int i = 0; i < cells.Count; i++)
        {
            (table[0, i], table[1, i]) = cells[i];
        }

        var test = ChiSquaredTest.Of(table);
        return test.BiasCorrectedCramersV is { } effect ? new(name, test.Statistic, effect, test.PValue, test.PValue) : null;
    }

    private static ColumnShift? OfColumn(DecisionTable table, CodedColumn column, PeriodSizes sizes)
    {
        // A value that is missing is one too: a pipeline that stopped to send a column is a shift.
        int values = column.Values.Count + 1;
        double[] reference = new double[values], current = new double[values];
        for (int row = 0; row < table.Count; row++)
        {
            (table.IsCurrent(row) ? current : reference)[column.Codes[row] + 1]++;
        }

        return OfCounts(SliceColumns.FullName(column), reference, current, sizes);
    }

    private static ColumnShift? OfLengths(DecisionTable table, PackedStrings texts, PeriodSizes sizes)
    {
        long[] reference = new long[LongestCounted + 1], current = new long[LongestCounted + 1];
        for (int row = 0; row < table.Count; row++)
        {
            (table.IsCurrent(row) ? current : reference)[Math.Min(LongestCounted, Characters(texts.Utf8(row)))]++;
        }

        return OfHistograms(Length, reference, current, sizes);
    }

    /// <summary>Two histograms over the same bins; null where the reference has one value only.</summary>
    public static ColumnShift? OfHistograms(string name, ReadOnlySpan<long> reference, ReadOnlySpan<long> current, PeriodSizes sizes)
    {
        var test = KolmogorovSmirnovTest.OfHistograms(reference, current)
            .WithEffectiveSizes(sizes.EffectiveReference, sizes.EffectiveCurrent);
        return WassersteinDistance.OverSigmaOfHistograms(reference, current) is { } effect
            ? new(name, test.Statistic, effect, test.PValue, test.PValue)
            : null;
    }

    private static int Characters(ReadOnlySpan<byte> utf8)
    {
        int count = 0;
        foreach (byte unit in utf8)
        {
            count += (unit & 0xC0) != 0x80 ? 1 : 0;
        }

        return count;
    }
}
