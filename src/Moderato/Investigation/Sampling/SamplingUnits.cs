using Moderato.Decisions;
using Moderato.Statistics.Curves;

namespace Moderato.Investigation.Sampling;

/// <summary>What is drawn: near-duplicate clusters, for one copypasta posted 40,000 times is one text to read.</summary>
internal sealed class SamplingUnits
{
    /// <summary>A verdict in a period: 3 × period + verdict.</summary>
    public const int Groups = 6;

    private SamplingUnits(int count)
    {
        Rows = new int[count];
        Sizes = new int[count];
        Group = new byte[count];
        Bins = new short[count];
        Array.Fill(Rows, -1);
        Array.Fill(Bins, (short)-1);
    }

    public int Count => Rows.Length;

    /// <summary>The row that stands for the cluster: its most severe verdict, then its highest score, then the first.</summary>
    public int[] Rows { get; }

    /// <summary>Contents of the cluster.</summary>
    public int[] Sizes { get; }

    /// <summary>A cluster that reaches into the current period belongs there.</summary>
    public byte[] Group { get; }

    /// <summary>Score bin of the row; −1 where it has no score.</summary>
    public short[] Bins { get; }

    /// <param name="clusters">Cluster of each row, numbered from 0.</param>
    public static SamplingUnits Of(DecisionTable table, ReadOnlySpan<int> clusters, int count)
    {
        var units = new SamplingUnits(count);
        for (int row = 0; row < table.Count; row++)
        {
            int unit = clusters[row];
            short bin = table.Scores is { } scores && !double.IsNaN(scores[row]) ? (short)ScoreBin.Of(scores[row]) : (short)-1;
            byte group = (byte)(((table.IsCurrent(row) ? 0 : 1) * 3) + (byte)table.Verdicts[row]);
            if (units.Rows[unit] < 0 || IsBefore(group, bin, units.Group[unit], units.Bins[unit]))
            {
                (units.Rows[unit], units.Group[unit], units.Bins[unit]) = (row, group, bin);
            }

            units.Sizes[unit]++;
        }

        return units;
    }

    private static bool IsBefore(int group, short bin, int otherGroup, short otherBin) =>
        group / 3 != otherGroup / 3 ? group < otherGroup
        : group != otherGroup ? group > otherGroup
        : bin > otherBin;
}
