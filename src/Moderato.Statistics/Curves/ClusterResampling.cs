using Moderato.Statistics.Sampling;

namespace Moderato.Statistics.Curves;

/// <summary>
/// Resamples whole clusters and sums their rows onto one or more scorers' levels: one random draw a cluster and one addition
/// a row, so a thousand resamples of 20,000 rows take a fraction of a second.
/// </summary>
internal sealed class ClusterResampling
{
    // Rows in the order of their clusters; cluster c holds starts[c] … starts[c + 1] − 1.
    private readonly int[] starts;
    private readonly double[] weights;
    private readonly Scorer[] scorers;

    private ClusterResampling(int[] starts, double[] weights, Scorer[] scorers) =>
        (this.starts, this.weights, this.scorers) = (starts, weights, scorers);

    public int Clusters => starts.Length - 1;

    public static ClusterResampling Of(params ReadOnlySpan<LabelledScores> sameRows)
    {
        var (starts, order) = Group(sameRows[0]);
        var scorers = new Scorer[sameRows.Length];
        for (int i = 0; i < scorers.Length; i++)
        {
            scorers[i] = Scorer.Of(sameRows[i], order);
        }

        return new(starts, In(order, sameRows[0].Weights), scorers);
    }

    public void Draw(ref SplitMix64 random)
    {
        foreach (var scorer in scorers)
        {
            scorer.Clear();
        }

        int clusters = Clusters;
        for (int draw = 0; draw < clusters; draw++)
        {
            Add(random.Next(clusters));
        }
    }

    /// <summary>As many as <see cref="LeaveOut"/> can leave out.</summary>
    public int Groups => Math.Min(Clusters, BcaInterval.Groups);

    /// <summary>All clusters once, but every <see cref="Groups"/>-th from this one on.</summary>
    public void LeaveOut(int group)
    {
        foreach (var scorer in scorers)
        {
            scorer.Clear();
        }

        for (int cluster = 0; cluster < Clusters; cluster++)
        {
            if (cluster % Groups != group)
            {
                Add(cluster);
            }
        }
    }

    /// <summary>The masses of the last draw.</summary>
    public LevelMasses Levels(int scorer) => scorers[scorer].Levels;

    private void Add(int cluster)
    {
        for (int at = starts[cluster]; at < starts[cluster + 1]; at++)
        {
            foreach (var scorer in scorers)
            {
                scorer.Mass[scorer.Slots[at]] += weights[at];
            }
        }
    }

    private static (int[] Starts, int[] Rows) Group(LabelledScores rows)
    {
        var order = new int[rows.Count];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        var starts = new List<int>();
        if (rows.Clusters is null)
        {
            starts.AddRange(order);
        }
        else
        {
            var codes = (int[])rows.Clusters.Clone();
            Array.Sort(codes, order);
            for (int i = 0; i < codes.Length; i++)
            {
                if (i == 0 || codes[i] != codes[i - 1])
                {
                    starts.Add(i);
                }
            }
        }

        starts.Add(rows.Count);
        return ([.. starts], order);
    }

    private static T[] In<T>(int[] order, T[] values) => Array.ConvertAll(order, row => values[row]);

    /// <summary>Mass holds the positives of all levels, then the negatives; a slot is a row's place in it.</summary>
    private sealed record Scorer(double[] Thresholds, int[] Slots, double[] Mass)
    {
        public LevelMasses Levels => new(
            Thresholds, Mass.AsSpan(0, Thresholds.Length), Mass.AsSpan(Thresholds.Length));

        public static Scorer Of(LabelledScores rows, int[] order)
        {
            var thresholds = (double[])rows.Scores.Clone();
            Array.Sort(thresholds);
            int distinct = 0;
            for (int i = 0; i < thresholds.Length; i++)
            {
                if (i == 0 || thresholds[i] != thresholds[distinct - 1])
                {
                    thresholds[distinct++] = thresholds[i];
                }
            }

            Array.Resize(ref thresholds, distinct);
            var slots = new int[rows.Count];
            for (int i = 0; i < slots.Length; i++)
            {
                int level = Array.BinarySearch(thresholds, rows.Scores[i]);
                slots[i] = rows.Positive[i] ? level : distinct + level;
            }

            return new(thresholds, In(order, slots), new double[2 * distinct]);
        }

        public void Clear() => Array.Clear(Mass);
    }
}
