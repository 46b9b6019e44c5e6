namespace Moderato.Statistics.HypothesisTests;

/// <summary>How often chance alone reaches the observed statistic. Greater is more extreme; ties within 100 machine epsilons count.</summary>
public static class PermutationPValue
{
    /// <summary>(1 + #{T* ≥ T}) / (1 + B) over B random rearrangements: never 0, for the observed order is one of them.</summary>
    public static double Of(double observed, ReadOnlySpan<double> resampled) => (1.0 + Reaching(observed, resampled)) / (1.0 + resampled.Length);

    /// <summary>#{T* ≥ T} / B where every rearrangement was enumerated, the observed one among them.</summary>
    public static double OfAll(double observed, ReadOnlySpan<double> enumerated) => (double)Reaching(observed, enumerated) / enumerated.Length;

    private static int Reaching(double observed, ReadOnlySpan<double> resampled)
    {
        if (double.IsNaN(observed))
        {
            throw new ArgumentException("The observed statistic is NaN.", nameof(observed));
        }

        int count = 0;
        double slack = 100 * 2.220446049250313e-16 * Math.Abs(observed);
        foreach (double value in resampled)
        {
            count += double.IsNaN(value) ? throw new ArgumentException("A resampled statistic is NaN.", nameof(resampled)) : value >= observed - slack ? 1 : 0;
        }

        return count;
    }
}
