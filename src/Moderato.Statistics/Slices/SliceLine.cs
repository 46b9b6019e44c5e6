namespace Moderato.Statistics.Slices;

/// <summary>
/// The top conjunctions of features by SliceLine's score
/// α((e_S/|S|)/ē − 1) − (1 − α)(n/|S| − 1), with e_S the slice's errors, |S| its size, n all rows and ē the mean error
/// (Sagadeeva and Boehm, <i>SliceLine: Fast, Linear-Algebra-based Slice Finding for ML Model Debugging</i>, SIGMOD 2021).
/// Exact: a slice is left out only when the upper bound of its score is below the score of the last of the top.
/// With weights, sizes and errors are weighted sums, and support stays a number of rows.
/// </summary>
public static class SliceLine
{
    /// <param name="rows">The rows to search in, as indices into table, errors and weights.</param>
    /// <param name="errors">Error of each row, ≥ 0.</param>
    /// <param name="weights">Weight of each row, &gt; 0; empty for 1 each.</param>
    /// <returns>Scores above 0 only, best first; ties with the last are all kept. Empty when no row errs.</returns>
    /// <exception cref="ArgumentException">An error is negative or not finite, or a weight is not positive and finite.</exception>
    public static IReadOnlyList<ScoredSlice> Top(
        FeatureTable table, ReadOnlySpan<int> rows, ReadOnlySpan<double> errors, ReadOnlySpan<double> weights,
        SliceLineSettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Top, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.MinSupport, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.MaxDepth, 1);
        if (!(settings.Alpha is > 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(settings), settings.Alpha, "α lies in (0, 1].");
        }

        var ownErrors = new double[rows.Length];
        var ownWeights = new double[rows.Length];
        var all = new Sums();
        double minWeight = double.PositiveInfinity;
        for (int i = 0; i < rows.Length; i++)
        {
            double error = errors[rows[i]];
            double weight = weights.IsEmpty ? 1 : weights[rows[i]];
            if (!(error >= 0 && weight > 0 && double.IsFinite(error) && double.IsFinite(weight)))
            {
                throw new ArgumentException($"Row {rows[i]} has error {error} and weight {weight}: errors are finite and ≥ 0, weights finite and > 0.", nameof(errors));
            }

            (ownErrors[i], ownWeights[i]) = (error, weight);
            all.Add(error, weight);
            minWeight = Math.Min(minWeight, weight);
        }

        if (!(all.Errors > 0))
        {
            return [];
        }

        var score = new Score(settings.Alpha, all.Size, all.Errors / all.Size, settings.MinSupport * minWeight);
        var search = new Search(SupportedFeatures.Of(table, rows, settings.MinSupport), ownErrors, ownWeights, score, settings);
        return search.Run();
    }

    private struct Sums
    {
        public long Rows;
        public double Size;
        public double Errors;
        public double MaxError;

        public void Add(double error, double weight)
        {
            Rows++;
            Size += weight;
            if (error > 0)
            {
                Errors += weight * error;
                MaxError = error > MaxError ? error : MaxError;
            }
        }
    }

    private sealed record Node(int[] Conjunction, Sums Sums, double Bound);

    private readonly record struct Score(double Alpha, double Total, double MeanError, double LeastSize)
    {
        public double Of(double errors, double size) =>
            (Alpha * ((errors / size / MeanError) - 1)) - ((1 - Alpha) * ((Total / size) - 1));

        /// <summary>
        /// The best score that any slice inside this one can have. At size s it has at most min(errors, s · max error), so
        /// the score rises up to s = errors / max error and is monotone beyond: its maximum is there or at an end.
        /// </summary>
        public double Bound(in Sums sums)
        {
            double turn = Math.Clamp(sums.Errors / sums.MaxError, Math.Min(LeastSize, sums.Size), sums.Size);
            double least = Math.Min(LeastSize, sums.Size);
            return Math.Max(
                Math.Max(Of(sums.Errors, sums.Size), Of(sums.Errors, turn)),
                Of(Math.Min(sums.Errors, least * sums.MaxError), least));
        }
    }

    private sealed class Search(SupportedFeatures table, double[] errors, double[] weights, Score score, SliceLineSettings settings)
    {
        private readonly PriorityQueue<double, double> best = new();
        private readonly List<(int[] Conjunction, Sums Sums, double Score)> found = [];
        private readonly Sums[] children = new Sums[table.Features.Length];
        private readonly int[] rows = new int[table.RowCount];

        /// <summary>Score of the last of the top so far; only scores above 0 count.</summary>
        private double Limit => best.Count < settings.Top ? 0 : best.Peek();

        public IReadOnlyList<ScoredSlice> Run()
        {
            for (int row = 0; row < rows.Length; row++)
            {
                rows[row] = row;
            }

            var level = Extend([], rows.Length, -1);
            for (int depth = 2; depth <= settings.MaxDepth; depth++)
            {
                level.Sort((a, b) => b.Bound.CompareTo(a.Bound));
                var deeper = new List<Node>();
                foreach (var node in level)
                {
                    if (BelowLimit(node.Bound))
                    {
                        break;
                    }

                    deeper.AddRange(Extend(node.Conjunction, table.Rows(node.Conjunction, rows), node.Conjunction[^1]));
                }

                level = deeper;
            }

            return [.. found
                .Where(slice => !BelowLimit(slice.Score))
                .OrderByDescending(slice => slice.Score)
                .Select(slice => new ScoredSlice(
                    [.. slice.Conjunction.Select(id => table.Features[id]).Order()],
                    slice.Score, slice.Sums.Rows, slice.Sums.Size, slice.Sums.Errors, slice.Sums.MaxError))];
        }

        // Sums of the same rows in another order differ in their last digits; ties are kept across that.
        private bool BelowLimit(double value) => value < Limit - (1e-12 * Math.Max(1, Limit));

        private List<Node> Extend(int[] conjunction, int count, int last)
        {
            Array.Clear(children);
            foreach (int row in rows.AsSpan(0, count))
            {
                double error = errors[row];
                double weight = weights[row];
                foreach (ushort id in table.After(row, last))
                {
                    children[id].Add(error, weight);
                }
            }

            var nodes = new List<Node>();
            for (int id = last + 1; id < children.Length; id++)
            {
                ref readonly var sums = ref children[id];
                if (sums.Rows < settings.MinSupport || !(sums.Errors > 0))
                {
                    continue;
                }

                double own = score.Of(sums.Errors, sums.Size);
                double bound = score.Bound(in sums);
                if (own > 0 && !BelowLimit(own))
                {
                    found.Add(([.. conjunction, id], sums, own));
                    best.Enqueue(own, own);
                    if (best.Count > settings.Top)
                    {
                        best.Dequeue();
                    }
                }

                if (bound > 0 && !BelowLimit(bound))
                {
                    nodes.Add(new([.. conjunction, id], sums, bound));
                }
            }

            return nodes;
        }
    }
}
