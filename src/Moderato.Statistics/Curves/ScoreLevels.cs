namespace Moderato.Statistics.Curves;

/// <summary>
/// Ties collapsed: the distinct scores in rising order and the positive and negative mass on each. Every curve and every
/// ranking statistic is a function of these; they come from labelled rows or from a <see cref="ScoreHistogram"/>.
/// </summary>
public sealed class ScoreLevels
{
    internal ScoreLevels(double[] thresholds, double[] positive, double[] negative) =>
        (Thresholds, Positive, Negative) = (thresholds, positive, negative);

    /// <summary>The distinct scores of positive mass, rising; a content is flagged when its score ≥ the threshold.</summary>
    public IReadOnlyList<double> Distinct => Thresholds;

    internal double[] Thresholds { get; }

    internal double[] Positive { get; }

    internal double[] Negative { get; }

    /// <summary>Positive and negative mass flagged at each threshold.</summary>
    internal (double[] Caught, double[] Wrong) FromTheTop()
    {
        var caught = new double[Thresholds.Length];
        var wrong = new double[Thresholds.Length];
        double positives = 0, negatives = 0;
        for (int i = Thresholds.Length - 1; i >= 0; i--)
        {
            caught[i] = positives += Positive[i];
            wrong[i] = negatives += Negative[i];
        }

        return (caught, wrong);
    }

    internal LevelMasses Masses => new(Thresholds, Positive, Negative);

    /// <summary>Rows of weight 0 are left out, as scikit-learn does.</summary>
    public static ScoreLevels Of(LabelledScores rows)
    {
        var order = Order(rows);
        var thresholds = new List<double>();
        var positive = new List<double>();
        var negative = new List<double>();
        foreach (int row in order)
        {
            if (rows.Weights[row] == 0)
            {
                continue;
            }

            if (thresholds.Count == 0 || rows.Scores[row] != thresholds[^1])
            {
                thresholds.Add(rows.Scores[row]);
                positive.Add(0);
                negative.Add(0);
            }

            (rows.Positive[row] ? positive : negative)[^1] += rows.Weights[row];
        }

        return new([.. thresholds], [.. positive], [.. negative]);
    }

    /// <summary>Rows by rising score; equal scores by class and weight, so that sums do not depend on the order of the rows.</summary>
    internal static int[] Order(LabelledScores rows)
    {
        var order = new int[rows.Count];
        var keys = new (double Score, bool Positive, double Weight)[rows.Count];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
            keys[i] = (rows.Scores[i], rows.Positive[i], rows.Weights[i]);
        }

        Array.Sort(keys, order);
        return order;
    }
}

/// <summary>Masses on rising levels, as a statistic sees them; a level may be empty.</summary>
internal readonly ref struct LevelMasses(ReadOnlySpan<double> thresholds, ReadOnlySpan<double> positive, ReadOnlySpan<double> negative)
{
    public ReadOnlySpan<double> Thresholds { get; } = thresholds;

    public ReadOnlySpan<double> Positive { get; } = positive;

    public ReadOnlySpan<double> Negative { get; } = negative;

    public int Count => Thresholds.Length;
}
