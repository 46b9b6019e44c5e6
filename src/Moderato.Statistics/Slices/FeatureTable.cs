namespace Moderato.Statistics.Slices;

/// <summary>
/// Which features hold on each row, as ascending lists: what a slice is a conjunction of. A column value is a feature, and
/// so is a word or a signal that a text has; what does not hold takes no room, so thousands of rare features are cheap.
/// </summary>
public sealed class FeatureTable
{
    private readonly int[] starts;
    private readonly ushort[] features;

    private FeatureTable(int featureCount, int[] starts, ushort[] features) =>
        (FeatureCount, this.starts, this.features) = (featureCount, starts, features);

    public int FeatureCount { get; }

    public int RowCount => starts.Length - 1;

    public ReadOnlySpan<ushort> Of(int row) => features.AsSpan(starts[row], starts[row + 1] - starts[row]);

    /// <summary>Whether all of a conjunction, ascending, hold on a row.</summary>
    public bool Holds(int row, IReadOnlyList<int> conjunction)
    {
        var own = Of(row);
        int at = 0;
        foreach (int feature in conjunction)
        {
            while (at < own.Length && own[at] < feature)
            {
                at++;
            }

            if (at == own.Length || own[at] != feature)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Codes of columns as features: code c of column j is feature <paramref name="offsets"/>[j] + c; below 0 is no feature.
    /// </summary>
    public static FeatureTable FromColumns(IReadOnlyList<int[]> columns, out int[] offsets)
    {
        offsets = new int[columns.Count];
        int count = 0;
        for (int column = 0; column < columns.Count; column++)
        {
            offsets[column] = count;
            count += columns[column].Length == 0 ? 0 : Math.Max(0, columns[column].Max() + 1);
        }

        var builder = new Builder(count);
        int rows = columns.Count == 0 ? 0 : columns[0].Length;
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns.Count; column++)
            {
                if (columns[column][row] >= 0)
                {
                    builder.Add(offsets[column] + columns[column][row]);
                }
            }

            builder.EndRow();
        }

        return builder.Build();
    }

    public sealed class Builder
    {
        private readonly int featureCount;
        private readonly List<int> starts = [0];
        private ushort[] features;
        private int used;

        /// <param name="featureCount">Features are 0 … featureCount − 1, at most 65,536.</param>
        /// <param name="expected">How many features all rows together will have, about: room that need not be grown into.</param>
        public Builder(int featureCount, int expected = 0)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(featureCount, ushort.MaxValue + 1);
            this.featureCount = featureCount;
            features = new ushort[Math.Max(256, expected)];
        }

        public void Add(int feature)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(feature);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(feature, featureCount);
            if (used == features.Length)
            {
                Array.Resize(ref features, 2 * used);
            }

            features[used++] = (ushort)feature;
        }

        /// <summary>Ends a row; a feature added to it more than once holds once.</summary>
        public void EndRow()
        {
            var own = features.AsSpan(starts[^1], used - starts[^1]);
            bool ascending = true;
            for (int i = 1; i < own.Length; i++)
            {
                ascending &= own[i] > own[i - 1];
            }

            if (!ascending)
            {
                own.Sort();
                int kept = 1;
                for (int i = 1; i < own.Length; i++)
                {
                    if (own[i] != own[i - 1])
                    {
                        own[kept++] = own[i];
                    }
                }

                used = starts[^1] + kept;
            }

            starts.Add(used);
        }

        /// <summary>The builder is done.</summary>
        public FeatureTable Build() => new(featureCount, [.. starts], features);
    }
}
