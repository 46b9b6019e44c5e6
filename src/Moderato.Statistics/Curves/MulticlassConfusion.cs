namespace Moderato.Statistics.Curves;

/// <summary>Truth against answer for classes 0 … k − 1, weighted. 0/0 is NaN here and left out of averages, as scikit-learn's <c>zero_division=nan</c>.</summary>
public sealed class MulticlassConfusion
{
    private readonly double[][] mass;

    private MulticlassConfusion(double[][] mass) => this.mass = mass;

    /// <summary>Rows are truth, columns answers.</summary>
    public IReadOnlyList<double[]> Mass => mass;

    public IReadOnlyList<double> Precision => Each(c => mass[c][c] / Answered(c));

    public IReadOnlyList<double> Recall => Each(c => mass[c][c] / mass[c].Sum());

    /// <summary>2tp/(2tp+fp+fn): NaN only for a class in neither array.</summary>
    public IReadOnlyList<double> F1 => Each(c => 2 * mass[c][c] / (mass[c].Sum() + Answered(c)));

    public double MacroF1 => F1.Where(f1 => !double.IsNaN(f1)).Average();

    /// <summary>A class in neither array counts 0.</summary>
    public double MacroF1WithZeros => F1.Average(f1 => double.IsNaN(f1) ? 0 : f1);

    /// <summary>Averaged by the mass of the true class.</summary>
    public double WeightedF1
    {
        get
        {
            var f1 = F1;
            double sum = 0, total = 0;
            for (int c = 0; c < mass.Length; c++)
            {
                double support = mass[c].Sum();
                total += support;
                sum += support > 0 ? support * f1[c] : 0;
            }

            return sum / total;
        }
    }

    /// <summary>The share answered rightly: with one answer a row, micro F1 is accuracy.</summary>
    public double MicroF1 => Each(c => mass[c][c]).Sum() / Each(c => mass[c].Sum()).Sum();

    /// <param name="weights">Empty for all 1.</param>
    /// <exception cref="ArgumentException">Lengths differ, a class is outside 0 … classes − 1, or a weight is negative or not finite.</exception>
    public static MulticlassConfusion Of(ReadOnlySpan<int> truth, ReadOnlySpan<int> answers, int classes, ReadOnlySpan<double> weights = default)
    {
        if (truth.Length != answers.Length || (!weights.IsEmpty && weights.Length != truth.Length))
        {
            throw new ArgumentException($"{truth.Length} truths, {answers.Length} answers, {weights.Length} weights.", nameof(answers));
        }

        var mass = new double[classes][];
        for (int c = 0; c < classes; c++)
        {
            mass[c] = new double[classes];
        }

        for (int i = 0; i < truth.Length; i++)
        {
            double weight = weights.IsEmpty ? 1 : weights[i];
            if ((uint)truth[i] >= classes || (uint)answers[i] >= classes || !(weight >= 0 && double.IsFinite(weight)))
            {
                throw new ArgumentException($"At index {i}: truth {truth[i]}, answer {answers[i]}, weight {weight}; {classes} classes from 0.", nameof(truth));
            }

            mass[truth[i]][answers[i]] += weight;
        }

        return new(mass);
    }

    private double Answered(int c)
    {
        double sum = 0;
        foreach (var row in mass)
        {
            sum += row[c];
        }

        return sum;
    }

    private double[] Each(Func<int, double> of)
    {
        var values = new double[mass.Length];
        for (int c = 0; c < values.Length; c++)
        {
            values[c] = of(c);
        }

        return values;
    }
}
