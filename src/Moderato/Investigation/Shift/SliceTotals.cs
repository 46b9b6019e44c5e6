using Moderato.Decisions;
using Moderato.Investigation.Patterns;
using Moderato.Statistics.Drift;
using Moderato.Statistics.Sampling;

namespace Moderato.Investigation.Shift;

/// <summary>
/// The truly safe labelled contents and the false positives among them by slice of a column and period, weighted by 1/π and scaled to
/// the known number of contents of each period and verdict, so that their rates are the report's; and the same on
/// resampled clusters, labelled or not, so that how many contents were flagged is chance as well.
/// </summary>
internal sealed class SliceTotals
{
    /// <summary>A value rarer than this among the safe contents of both periods goes with "other".</summary>
    private const double RarestShare = .01;

    /// <summary>Clusters are drawn in groups, so that the work does not grow with the rows.</summary>
    private const int Groups = 400;

    private readonly int strata;
    private readonly double[] contents; // [group][stratum], labelled or not
    private readonly double[] weight; // [group][stratum]
    private readonly double[] safe; // [group][stratum][period, slice]
    private readonly double[] flagged;

    private SliceTotals(CodedColumn column, IReadOnlyList<string> slices, int strata)
    {
        (Column, FullName, Slices, this.strata) = (column.Name, SliceColumns.FullName(column), slices, strata);
        contents = new double[Groups * strata];
        weight = new double[Groups * strata];
        safe = new double[weight.Length * 2 * slices.Count];
        flagged = new double[safe.Length];
    }

    public string Column { get; }

    /// <summary>With the signal's own name where the column is one.</summary>
    public string FullName { get; }

    public IReadOnlyList<string> Slices { get; }

    /// <summary>Independent draws that a resample makes, at most: the groups of clusters.</summary>
    public long Draws => Groups;

    /// <summary>Labelled safe contents, of both periods.</summary>
    public long SafeRows { get; private set; }

    public static SliceTotals Of(Evidence evidence, VerdictStrata strata, CodedColumn column)
    {
        var table = evidence.Table;
        int[] place = Places(evidence, column, out var slices);
        var totals = new SliceTotals(column, slices, strata.Sizes.Length);
        for (int row = 0; row < table.Count; row++)
        {
            int cell = (GroupOf(evidence.Clusters[row]) * strata.Sizes.Length) + strata.Of(row);
            totals.contents[cell]++;
            double own = evidence.Weights[row];
            if (own <= 0)
            {
                continue;
            }

            totals.weight[cell] += own;
            if (table.Labels[row] == 0)
            {
                int at = (((cell * 2) + (table.IsCurrent(row) ? 1 : 0)) * slices.Count) + place[column.Codes[row] + 1];
                totals.safe[at] += own;
                totals.flagged[at] += evidence.IsFlagged(row) ? own : 0;
                totals.SafeRows++;
            }
        }

        return totals;
    }

    /// <summary>Null where a period has no safe content.</summary>
    public Attribution? Attribute()
    {
        var once = new int[Groups];
        Array.Fill(once, 1);
        return Attribute(once);
    }

    /// <summary>The same after drawing the groups of clusters with replacement; null where a draw leaves a period without safe content.</summary>
    public Attribution? Resampled(ref SplitMix64 random)
    {
        var times = new int[Groups];
        for (int draw = 0; draw < Groups; draw++)
        {
            times[random.Next(Groups)]++;
        }

        return Attribute(times);
    }

    private Attribution? Attribute(int[] times)
    {
        var (drawn, sizes) = (new double[strata], new double[strata]);
        for (int cell = 0; cell < weight.Length; cell++)
        {
            drawn[cell % strata] += times[cell / strata] * weight[cell];
            sizes[cell % strata] += times[cell / strata] * contents[cell];
        }

        var counts = new SliceCounts[Slices.Count];
        for (int cell = 0; cell < weight.Length; cell++)
        {
            int stratum = cell % strata;
            double scale = weight[cell] == 0 || times[cell / strata] == 0 ? 0 : times[cell / strata] * sizes[stratum] / drawn[stratum];
            if (scale == 0)
            {
                continue;
            }

            int reference = cell * 2 * Slices.Count, current = reference + Slices.Count;
            for (int slice = 0; slice < counts.Length; slice++)
            {
                var (safeBefore, wrongBefore, safeAfter, wrongAfter) = counts[slice];
                counts[slice] = new(
                    safeBefore + (scale * safe[reference + slice]), wrongBefore + (scale * flagged[reference + slice]),
                    safeAfter + (scale * safe[current + slice]), wrongAfter + (scale * flagged[current + slice]));
            }
        }

        return Attribution.Of(counts);
    }

    private static int GroupOf(int cluster) => new SplitMix64((uint)cluster).Next(Groups);

    /// <summary>The slice of each code, code −1 first.</summary>
    private static int[] Places(Evidence evidence, CodedColumn column, out List<string> slices)
    {
        var table = evidence.Table;
        double[] reference = new double[column.Values.Count + 1], current = new double[column.Values.Count + 1];
        for (int row = 0; row < table.Count; row++)
        {
            if (evidence.Weights[row] > 0 && table.Labels[row] == 0)
            {
                (table.IsCurrent(row) ? current : reference)[column.Codes[row] + 1] += evidence.Weights[row];
            }
        }

        double n = reference.Sum(), m = current.Sum();
        slices = [];
        var place = new int[column.Values.Count + 1];
        int other = -1;
        for (int code = 0; code < place.Length; code++)
        {
            bool rare = code == 0 || (reference[code] < RarestShare * n && current[code] < RarestShare * m);
            if (!rare)
            {
                place[code] = slices.Count;
                slices.Add(column.Values[code - 1]);
            }
            else if (reference[code] + current[code] > 0)
            {
                other = other < 0 ? slices.Count : other;
                place[code] = other;
                if (other == slices.Count)
                {
                    slices.Add("other");
                }
            }
        }

        return place;
    }
}
