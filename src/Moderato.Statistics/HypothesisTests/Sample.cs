namespace Moderato.Statistics.HypothesisTests;

/// <summary>A sample put in order, with its weights: what every comparison of two samples starts from.</summary>
internal sealed class Sample
{
    private Sample(double[] values, double[]? weights) => (Values, Weights) = (values, weights);

    /// <summary>Ascending.</summary>
    public double[] Values { get; }

    /// <summary>In the order of <see cref="Values"/>; null where each value counts 1.</summary>
    public double[]? Weights { get; }

    public double Total => Weights?.Sum() ?? Values.Length;

    /// <summary>Kish's effective size (Σw)²/Σw²; the count where there are no weights.</summary>
    public double EffectiveSize => Weights is null ? Values.Length : Total * Total / Weights.Sum(weight => weight * weight);

    /// <exception cref="ArgumentException">Empty, a value is NaN, or the weights do not go with the values.</exception>
    public static Sample Of(ReadOnlySpan<double> values, ReadOnlySpan<double> weights, string name)
    {
        if (values.IsEmpty)
        {
            throw new ArgumentException("A sample needs at least one value.", name);
        }

        for (int i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i]))
            {
                throw new ArgumentException($"Value {i} is NaN: leave missing values out.", name);
            }
        }

        double[] sorted = values.ToArray();
        if (weights.IsEmpty)
        {
            Array.Sort(sorted);
            return new(sorted, null);
        }

        CheckWeights(weights, values.Length, name);
        double[] ordered = weights.ToArray();
        Array.Sort(sorted, ordered);
        return new(sorted, ordered);
    }

    private static void CheckWeights(ReadOnlySpan<double> weights, int count, string name)
    {
        if (weights.Length != count)
        {
            throw new ArgumentException($"{weights.Length} weights for {count} values.", name);
        }

        double total = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] >= 0 && double.IsFinite(weights[i])))
            {
                throw new ArgumentException($"A weight is a number of at least 0; weight {i} is {weights[i]}.", name);
            }

            total += weights[i];
        }

        if (total == 0)
        {
            throw new ArgumentException("At least one weight must be above 0.", name);
        }
    }
}
