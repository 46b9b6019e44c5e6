namespace Moderato.Statistics.Distributions;

internal static class Confidence
{
    /// <exception cref="ArgumentOutOfRangeException">The confidence is NaN or outside (0,1).</exception>
    public static double Checked(double confidence) => confidence is > 0 and < 1
        ? confidence
        : throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence lies between 0 and 1, as .95.");
}
