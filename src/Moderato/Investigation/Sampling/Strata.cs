using Moderato.Statistics.Curves;
using Moderato.Statistics.Sampling;

namespace Moderato.Investigation.Sampling;

/// <summary>The strata of one verdict in one period: very large clusters, which are all taken, and bands of the score.</summary>
internal sealed class Strata
{
    /// <summary>The unit belongs to another group.</summary>
    public const int Elsewhere = -2;

    /// <summary>The unit is so large that it is taken for itself.</summary>
    public const int Certain = -1;

    private const int LabelsPerBand = 15;
    private const int Floor = 5;

    /// <summary>Least share of violating content that is anticipated among what was not flagged.</summary>
    private const double LeastAnticipated = .02;

    private readonly SamplingUnits units;
    private readonly byte group;
    private readonly int certainFrom;
    private readonly short[] bandFrom;

    private Strata(SamplingUnits units, int group, int certainFrom, short[] bandFrom)
    {
        (this.units, this.group, this.certainFrom, this.bandFrom) = (units, (byte)group, certainFrom, bandFrom);
        Sizes = new long[bandFrom.Length];
    }

    /// <summary>Clusters of each band, N_h.</summary>
    public long[] Sizes { get; }

    /// <summary>Clusters to draw of each band, n_h.</summary>
    public int[] Allocation { get; private set; } = [];

    /// <summary>The band of a unit, or <see cref="Certain"/>, or <see cref="Elsewhere"/>.</summary>
    public int Of(int unit)
    {
        if (units.Group[unit] != group)
        {
            return Elsewhere;
        }

        if (units.Sizes[unit] >= certainFrom)
        {
            return Certain;
        }

        int band = bandFrom.Length - 1;
        while (units.Bins[unit] < bandFrom[band])
        {
            band--;
        }

        return band;
    }

    public static Strata Of(SamplingUnits units, int group, int budget)
    {
        var (certainFrom, certain) = LargeClusters(units, group, budget);
        int rest = budget - certain;
        var strata = new Strata(units, group, certainFrom, Bands(units, group, certainFrom, rest));
        strata.Allocate(rest);
        return strata;
    }

    /// <summary>
    /// From which size on a cluster is taken for certain: those that a draw in proportion to size would take once or more
    /// for each label, but no more than half of the labels.
    /// </summary>
    private static (int From, int Count) LargeClusters(SamplingUnits units, int group, int budget)
    {
        long contents = 0;
        var large = new List<int>();
        for (int unit = 0; unit < units.Count; unit++)
        {
            if (units.Group[unit] == group)
            {
                contents += units.Sizes[unit];
                if (units.Sizes[unit] > 1)
                {
                    large.Add(units.Sizes[unit]);
                }
            }
        }

        large.Sort();
        int from = int.MaxValue;
        int count = 0;
        for (int at = large.Count - 1; at >= 0;)
        {
            // All of one size go together, so that the size alone tells who is certain.
            int size = large[at];
            int same = 0;
            while (at - same >= 0 && large[at - same] == size)
            {
                same++;
            }

            if (count + same > budget / 2 || (long)size * (budget - count) < contents)
            {
                break;
            }

            (from, count) = (size, count + same);
            contents -= (long)size * same;
            at -= same;
        }

        return (from, count);
    }

    /// <summary>The lowest score bin of each band, rising; unflagged content in bands that narrow towards the cut, where its errors are.</summary>
    private static short[] Bands(SamplingUnits units, int group, int certainFrom, int budget)
    {
        int bands = Math.Clamp(budget / LabelsPerBand, 1, 4);
        double[] shares = (group % 3, bands) switch
        {
            (0, 2) => [.8],
            (0, 3) => [.6, .9],
            (0, 4) => [.5, .8, .95],
            _ => [.. Enumerable.Range(1, bands - 1).Select(band => band / (double)bands)],
        };
        var counts = new long[ScoreBin.Count + 1];
        long total = 0;
        for (int unit = 0; unit < units.Count; unit++)
        {
            if (units.Group[unit] == group && units.Sizes[unit] < certainFrom)
            {
                counts[units.Bins[unit] + 1]++;
                total++;
            }
        }

        var from = new List<short> { -1 };
        long below = 0;
        int next = 0;
        for (int bin = 0; bin < counts.Length && next < shares.Length; bin++)
        {
            if (counts[bin] > 0 && below > 0 && below >= shares[next] * total)
            {
                from.Add((short)(bin - 1));
                while (next < shares.Length && below >= shares[next] * total)
                {
                    next++;
                }
            }

            below += counts[bin];
        }

        return [.. from];
    }

    private void Allocate(int budget)
    {
        var squares = new double[Sizes.Length];
        var scores = new double[Sizes.Length];
        for (int unit = 0; unit < units.Count; unit++)
        {
            int band = Of(unit);
            if (band >= 0)
            {
                Sizes[band]++;
                squares[band] += (double)units.Sizes[unit] * units.Sizes[unit];
                scores[band] += Math.Max((short)0, units.Bins[unit]) / 10_000.0;
            }
        }

        // The spread of a cluster's errors: its size, times the deviation of a label that is violating with the anticipated chance.
        var deviations = new double[Sizes.Length];
        for (int band = 0; band < deviations.Length; band++)
        {
            double anticipated = group % 3 == 0 && Sizes[band] > 0 ? Math.Clamp(scores[band] / Sizes[band], LeastAnticipated, .5) : .5;
            deviations[band] = Sizes[band] == 0 ? 0 : Math.Sqrt(squares[band] / Sizes[band] * anticipated * (1 - anticipated));
        }

        Allocation = NeymanAllocation.WithFloorAndCaps(Sizes, deviations, budget, Math.Clamp(budget / Sizes.Length, 1, Floor));
    }
}
