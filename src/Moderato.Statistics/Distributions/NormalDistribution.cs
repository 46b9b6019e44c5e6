using MathNet.Numerics;

namespace Moderato.Statistics.Distributions;

/// <summary>The standard normal law. Tails are relatively accurate, as far out as a double reaches (z = 38).</summary>
public static class NormalDistribution
{
    /// <summary>P(Z ≥ z) = erfc(z/√2)/2.</summary>
    public static double UpperTail(double z) => SpecialFunctions.Erfc(z / Math.Sqrt(2)) / 2;

    /// <summary>P(|Z| ≥ |z|).</summary>
    public static double TwoSidedTail(double z) => SpecialFunctions.Erfc(Math.Abs(z) / Math.Sqrt(2));

    /// <summary>z with P(|Z| ≤ z) = confidence: 1.96 at .95.</summary>
    public static double TwoSidedQuantile(double confidence) => Math.Sqrt(2) * SpecialFunctions.ErfcInv(1 - Confidence.Checked(confidence));

    /// <summary>z with P(Z ≤ z) = confidence: 1.645 at .95.</summary>
    public static double OneSidedQuantile(double confidence) => Math.Sqrt(2) * SpecialFunctions.ErfcInv(2 * (1 - Confidence.Checked(confidence)));
}
