using Moderato.Statistics.HypothesisTests;
using Moderato.Statistics.Slices;

namespace Moderato.Investigation.Patterns;

/// <summary>
/// Finds slices on the discovery half by sequential covering: of the best by SliceLine's score the surest, in its simplest form;
/// then its rows are set aside and the best of the rest is sought. So no two slices are synonyms, and what a later slice
/// adds is its own.
/// </summary>
internal sealed class SliceDiscovery(SliceFeatures features, double[] errors, double[] weights)
{
    public const int MaxDepth = 3;

    private const double Alpha = 0.95;
    private const int Candidates = 50;
    private const int LeastSupport = 8;
    private const double LeastSupportShare = 0.002;

    /// <summary>
    /// A condition earns its place when, inside the slice without it, the rate is higher where it holds than where it does not,
    /// by this level over the number of conditions that could have been chosen, and by <see cref="LeastGain"/> times.
    /// </summary>
    private const double ConditionLevel = 0.05;

    private const double LeastGain = 1.25;

    /// <summary>Fewer rows are no slice.</summary>
    public static int LeastRows(int rows) => Math.Max(LeastSupport, (int)(LeastSupportShare * rows));

    /// <param name="rows">The discovery half, one row a cluster.</param>
    /// <returns>At most <paramref name="most"/> conjunctions, in the order found.</returns>
    public List<IReadOnlyList<int>> Find(int[] rows, int most)
    {
        var found = new List<IReadOnlyList<int>>();
        var settings = new SliceLineSettings(
            Candidates, Alpha, LeastRows(rows.Length), MaxDepth);
        int[] left = rows;
        while (found.Count < most && Best(left, settings) is { } slice)
        {
            found.Add(slice);
            left = Array.FindAll(left, row => !features.Table.Holds(row, slice));
        }

        return found;
    }

    private IReadOnlyList<int>? Best(int[] rows, SliceLineSettings settings)
    {
        var candidates = SliceLine.Top(features.Table, rows, errors, weights, settings);
        if (candidates.Count == 0)
        {
            return null;
        }

        double total = 0, hit = 0;
        foreach (int row in rows)
        {
            total += weights[row];
            hit += weights[row] * errors[row];
        }

        // SliceLine's score favours the narrow; of its best and what is left of them without some conditions, the surest.
        var parts = new Dictionary<string, int[]>();
        foreach (var candidate in candidates)
        {
            for (int subset = 1; subset < 1 << candidate.Features.Count; subset++)
            {
                int[] part = [.. candidate.Features.Where((_, i) => (subset >> i & 1) == 1)];
                parts.TryAdd(string.Join(',', part), part);
            }
        }

        // Of equally sure ones the first, whichever core is done first.
        int[][] tried = [.. parts.Values];
        var sureness = new double[tried.Length];
        Parallel.For(0, tried.Length, i => sureness[i] = Sureness(rows, tried[i], total, hit / total));
        return Simplified(rows, tried[Array.IndexOf(sureness, sureness.Max())]);
    }

    /// <summary>The excess of errors in its standard deviations were there none, up to a constant: (e − s·ē)/√(s(1 − s/n)).</summary>
    private double Sureness(int[] rows, int[] part, double total, double mean)
    {
        double size = 0, hit = 0;
        foreach (int row in rows)
        {
            if (features.Table.Holds(row, part))
            {
                size += weights[row];
                hit += weights[row] * errors[row];
            }
        }

        return size < total ? (hit - (size * mean)) / Math.Sqrt(size * (1 - (size / total))) : 0;
    }

    /// <summary>Without the conditions that do not earn their place, the weakest first.</summary>
    private IReadOnlyList<int> Simplified(int[] rows, IReadOnlyList<int> conjunction)
    {
        while (conjunction.Count > 1)
        {
            double worst = 0;
            IReadOnlyList<int>? without = null;
            foreach (int condition in conjunction)
            {
                int[] others = [.. conjunction.Where(other => other != condition)];
                double p = ConditionP(rows, others, condition);
                if (p > worst)
                {
                    (worst, without) = (p, others);
                }
            }

            if (worst <= ConditionLevel / features.Features.Count)
            {
                break;
            }

            conjunction = without!;
        }

        return conjunction;
    }

    /// <summary>One-sided p-value of a higher rate where the condition holds, inside the other conditions; 1 where the rate is less than <see cref="LeastGain"/> times higher.</summary>
    private double ConditionP(int[] rows, int[] others, int condition)
    {
        var inside = new List<bool>();
        var events = new List<bool>();
        var own = new List<double>();
        var units = new List<int>();
        double size = 0, hit = 0, restSize = 0, restHit = 0;
        int[] itself = [condition];
        foreach (int row in rows)
        {
            if (!features.Table.Holds(row, others))
            {
                continue;
            }

            bool holds = features.Table.Holds(row, itself);
            inside.Add(holds);
            events.Add(errors[row] > 0);
            own.Add(weights[row]);
            units.Add(row);
            size += holds ? weights[row] : 0;
            hit += holds ? weights[row] * errors[row] : 0;
            restSize += holds ? 0 : weights[row];
            restHit += holds ? 0 : weights[row] * errors[row];
        }

        return hit / size < LeastGain * restHit / restSize
            ? 1
            : RaoScottTest.Greater(inside.ToArray(), events.ToArray(), own.ToArray(), units.ToArray());
    }
}
