using Moderato.Statistics.Curves;

namespace Moderato.Statistics.Calibration;

/// <summary>
/// A rising map fitted by pool-adjacent-violators, weighted; linear between its knots and constant beyond them, as scikit-learn's
/// <c>IsotonicRegression(out_of_bounds="clip")</c>. Flat runs keep only their ends.
/// </summary>
public sealed class IsotonicMap
{
    private readonly double[] x;
    private readonly double[] y;

    private IsotonicMap(double[] x, double[] y) => (this.x, this.y) = (x, y);

    /// <summary>Where the knots lie, rising.</summary>
    public IReadOnlyList<double> Knots => x;

    /// <summary>The value at each knot.</summary>
    public IReadOnlyList<double> Values => y;

    /// <summary>Restores a map that was stored.</summary>
    /// <exception cref="ArgumentException">Knots do not rise strictly, values fall, or there is none.</exception>
    public static IsotonicMap FromKnots(IReadOnlyList<double> knots, IReadOnlyList<double> values)
    {
        bool rising = knots.Count > 0 && knots.Count == values.Count;
        for (int i = 1; i < knots.Count && rising; i++)
        {
            rising = knots[i] > knots[i - 1] && values[i] >= values[i - 1];
        }

        return rising
            ? new([.. knots], [.. values])
            : throw new ArgumentException("Knots rise strictly and their values do not fall.", nameof(knots));
    }

    /// <summary>The map from score to probability of the positive class.</summary>
    /// <returns>Undefined when no row has weight.</returns>
    public static Outcome<IsotonicMap> Fit(LabelledScores rows, double lowest = 0, double highest = 1)
    {
        var levels = ScoreLevels.Of(rows);
        int n = levels.Thresholds.Length;
        var targets = new double[n];
        var weights = new double[n];
        for (int i = 0; i < n; i++)
        {
            weights[i] = levels.Positive[i] + levels.Negative[i];
            targets[i] = levels.Positive[i] / weights[i];
        }

        return FitDistinct(levels.Thresholds, targets, weights, lowest, highest);
    }

    /// <summary>The map from x to real targets; equal x are merged first, rows of weight 0 left out.</summary>
    /// <param name="weights">Empty for all 1.</param>
    /// <exception cref="ArgumentException">Lengths differ, a number is not finite or a weight is negative.</exception>
    public static Outcome<IsotonicMap> Fit(
        ReadOnlySpan<double> x, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights = default,
        double lowest = double.NegativeInfinity, double highest = double.PositiveInfinity)
    {
        LabelledScores.CheckFinite(targets, nameof(targets), "A target");
        var rows = new LabelledScores(x, new bool[targets.Length], weights);
        var distinct = new List<double>();
        var sums = new List<double>();
        var masses = new List<double>();
        foreach (int row in ScoreLevels.Order(rows))
        {
            double weight = rows.Weights[row];
            if (weight == 0)
            {
                continue;
            }

            if (distinct.Count == 0 || x[row] != distinct[^1])
            {
                distinct.Add(x[row]);
                sums.Add(0);
                masses.Add(0);
            }

            sums[^1] += weight * targets[row];
            masses[^1] += weight;
        }

        double[] mass = [.. masses];
        return FitDistinct([.. distinct], [.. sums.Select((sum, i) => sum / mass[i])], mass, lowest, highest);
    }

    public double Apply(double at)
    {
        if (double.IsNaN(at))
        {
            throw new ArgumentOutOfRangeException(nameof(at), at, "A score is a number.");
        }

        int found = Array.BinarySearch(x, at);
        if (found >= 0)
        {
            return y[found];
        }

        int above = ~found;
        if (above == 0)
        {
            return y[0];
        }

        if (above == x.Length)
        {
            return y[^1];
        }

        double share = (at - x[above - 1]) / (x[above] - x[above - 1]);
        return y[above - 1] + (share * (y[above] - y[above - 1]));
    }

    private static Outcome<IsotonicMap> FitDistinct(double[] x, double[] targets, double[] weights, double lowest, double highest)
    {
        if (x.Length == 0)
        {
            return Outcome.Undefined<IsotonicMap>("There is no row of positive weight to fit a map to.");
        }

        var y = PoolAdjacentViolators.Fit(targets, weights);
        var knots = new List<double>();
        var values = new List<double>();
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = Math.Clamp(y[i], lowest, highest);
        }

        for (int i = 0; i < y.Length; i++)
        {
            if (i == 0 || i == y.Length - 1 || y[i] != y[i - 1] || y[i] != y[i + 1])
            {
                knots.Add(x[i]);
                values.Add(y[i]);
            }
        }

        return Outcome.Defined(new IsotonicMap([.. knots], [.. values]));
    }
}
