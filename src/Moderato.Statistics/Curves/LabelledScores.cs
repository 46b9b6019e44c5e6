namespace Moderato.Statistics.Curves;

/// <summary>
/// Labelled rows: a score, the truth, a weight w = 1/π (1 where none is given) and a cluster (author or near-duplicate group;
/// each row its own where none is given). Checked once, here.
/// </summary>
public sealed class LabelledScores
{
    /// <param name="scores">Any finite order of suspicion; probabilities where a statistic needs them.</param>
    /// <param name="positive">Truly violating.</param>
    /// <param name="weights">Empty for all 1.</param>
    /// <param name="clusters">Any codes, equal within a cluster; empty for rows that are independent.</param>
    /// <exception cref="ArgumentException">Lengths differ, a score is not finite, or a weight is negative or not finite.</exception>
    public LabelledScores(
        ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive,
        ReadOnlySpan<double> weights = default, ReadOnlySpan<int> clusters = default)
    {
        CheckLength(scores.Length, positive.Length, nameof(positive));
        CheckFinite(scores, nameof(scores), "A score");
        if (!weights.IsEmpty)
        {
            CheckLength(scores.Length, weights.Length, nameof(weights));
            CheckFinite(weights, nameof(weights), "A weight");
            if (weights.ContainsAnyInRange(double.NegativeInfinity, -double.Epsilon))
            {
                throw new ArgumentException("A weight is negative.", nameof(weights));
            }
        }

        if (!clusters.IsEmpty)
        {
            CheckLength(scores.Length, clusters.Length, nameof(clusters));
        }

        Scores = scores.ToArray();
        Positive = positive.ToArray();
        Weights = weights.IsEmpty ? Ones(scores.Length) : weights.ToArray();
        Clusters = clusters.IsEmpty ? null : clusters.ToArray();
        Weighted = !weights.IsEmpty;
    }

    public int Count => Scores.Length;

    public bool Weighted { get; }

    internal double[] Scores { get; }

    internal bool[] Positive { get; }

    internal double[] Weights { get; }

    internal int[]? Clusters { get; }

    /// <summary>The same rows as another scorer sees them.</summary>
    public LabelledScores With(ReadOnlySpan<double> scores) =>
        new(scores, Positive, Weighted ? Weights : default, Clusters ?? default(ReadOnlySpan<int>));

    internal static void CheckFinite(ReadOnlySpan<double> values, string name, string what)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                throw new ArgumentException($"{what} is {(double.IsNaN(values[i]) ? "NaN" : "infinite")}, at index {i}: leave rows without one out.", name);
            }
        }
    }

    /// <exception cref="ArgumentException">A score is outside [0,1].</exception>
    internal void CheckProbabilities()
    {
        for (int i = 0; i < Scores.Length; i++)
        {
            if (Scores[i] is < 0 or > 1)
            {
                throw new ArgumentException($"A probability lies in [0,1]; at index {i} it does not.", "scores");
            }
        }
    }

    private static void CheckLength(int scores, int others, string name)
    {
        if (scores != others)
        {
            throw new ArgumentException($"{scores} scores but {others} {name}.", name);
        }
    }

    private static double[] Ones(int count)
    {
        var ones = new double[count];
        Array.Fill(ones, 1);
        return ones;
    }
}
