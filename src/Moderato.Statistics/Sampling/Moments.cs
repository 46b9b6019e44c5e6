namespace Moderato.Statistics.Sampling;

/// <summary>Mean, sample variance and sample covariance (n − 1), by deviations from the mean.</summary>
internal static class Moments
{
    public static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }

    public static double Variance(ReadOnlySpan<double> values) => Covariance(values, values);

    public static double Covariance(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        double meanFirst = Mean(first), meanSecond = Mean(second), sum = 0;
        for (int i = 0; i < first.Length; i++)
        {
            sum += (first[i] - meanFirst) * (second[i] - meanSecond);
        }

        return sum / (first.Length - 1);
    }
}
