namespace Moderato.Statistics.HypothesisTests;

/// <summary>The least mass times way that turns one sample into the other: ∫ |F − G|, in the unit of the values.</summary>
public static class WassersteinDistance
{
    public static double Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => Of(x, default, y, default);

    /// <summary>Weights as mass, scaled to 1 on either side. Empty weights: each value counts 1.</summary>
    /// <exception cref="ArgumentException">A sample is empty, a value NaN or infinite, or a weight negative.</exception>
    public static double Of(ReadOnlySpan<double> x, ReadOnlySpan<double> xWeights, ReadOnlySpan<double> y, ReadOnlySpan<double> yWeights)
    {
        var first = Finite(Sample.Of(x, xWeights, nameof(x)), nameof(x));
        var second = Finite(Sample.Of(y, yWeights, nameof(y)), nameof(y));
        double n = first.Total, m = second.Total, sum = 0, gap = 0, before = 0;
        for (var steps = new SampleSteps(first, second); steps.Next(); before = steps.Value)
        {
            sum += gap == 0 ? 0 : gap * (steps.Value - before);
            gap = Math.Abs((steps.MassX / n) - (steps.MassY / m));
        }

        return sum;
    }

    /// <summary>Two histograms over the same bins of equal width.</summary>
    /// <param name="width">Of a bin: 1/10,000 for scores.</param>
    public static double OfHistograms(ReadOnlySpan<long> x, ReadOnlySpan<long> y, double width)
    {
        var (n, m) = Histogram.Totals(x, y);
        double sum = 0, massX = 0, massY = 0;
        for (int bin = 0; bin < x.Length; bin++)
        {
            massX += x[bin];
            massY += y[bin];
            sum += Math.Abs((massX / n) - (massY / m));
        }

        return sum * width;
    }

    /// <summary>
    /// Over the reference's standard deviation (ddof 0, as Evidently's), which makes it comparable between columns; null where
    /// the reference is constant and current is not, 0 where both are the same constant.
    /// </summary>
    public static double? OverSigma(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        double distance = Of(reference, current), sigma = StandardDeviation(reference);
        return distance == 0 ? 0 : sigma > 0 ? distance / sigma : null;
    }

    /// <summary>As <see cref="OverSigma"/>, from histograms over the same bins of equal width.</summary>
    public static double? OverSigmaOfHistograms(ReadOnlySpan<long> reference, ReadOnlySpan<long> current)
    {
        double distance = OfHistograms(reference, current, 1), n = 0, mean = 0, squares = 0;
        for (int bin = 0; bin < reference.Length; bin++)
        {
            n += reference[bin];
            mean += (double)bin * reference[bin];
        }

        mean /= n;
        for (int bin = 0; bin < reference.Length; bin++)
        {
            squares += (bin - mean) * (bin - mean) * reference[bin];
        }

        return distance == 0 ? 0 : squares > 0 ? distance / Math.Sqrt(squares / n) : null;
    }

    private static double StandardDeviation(ReadOnlySpan<double> values)
    {
        double mean = 0, squares = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double gap = values[i] - mean;
            mean += gap / (i + 1);
            squares += gap * (values[i] - mean);
        }

        return Math.Sqrt(squares / values.Length);
    }

    private static Sample Finite(Sample sample, string name) => double.IsFinite(sample.Values[0]) && double.IsFinite(sample.Values[^1])
        ? sample
        : throw new ArgumentException("A distance needs finite values.", name);
}
