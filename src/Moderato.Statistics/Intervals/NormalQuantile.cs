using MathNet.Numerics;

namespace Moderato.Statistics.Intervals;

/// <summary>Quantiles of the standard normal law.</summary>
public static class NormalQuantile
{
    /// <summary>z with P(|Z| ≤ z) = confidence: 1.96 at .95.</summary>
    public static double TwoSided(double confidence) => Math.Sqrt(2) * SpecialFunctions.ErfcInv(1 - Checked(confidence));

    /// <summary>z with P(Z ≤ z) = confidence: 1.645 at .95.</summary>
    public static double OneSided(double confidence) => Math.Sqrt(2) * SpecialFunctions.ErfcInv(2 * (1 - Checked(confidence)));

    /// <exception cref="ArgumentOutOfRangeException">The confidence is NaN or outside (0,1).</exception>
    internal static double Checked(double confidence) => confidence is > 0 and < 1
        ? confidence
        : throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence lies between 0 and 1, as .95.");
}
