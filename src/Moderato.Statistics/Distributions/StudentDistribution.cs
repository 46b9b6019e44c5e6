namespace Moderato.Statistics.Distributions;

/// <summary>Student's t: what a mean over its own estimated standard error follows when few draws stand behind that error.</summary>
public static class StudentDistribution
{
    /// <summary>t with P(|T| ≤ t) = confidence: √(ν(1−x)/x), x the quantile of Beta(ν/2, ½). At ν = ∞ the normal quantile.</summary>
    /// <param name="degreesOfFreedom">ν above 0, whole or not.</param>
    public static double TwoSidedQuantile(double confidence, double degreesOfFreedom)
    {
        if (!(degreesOfFreedom > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(degreesOfFreedom), degreesOfFreedom, "Degrees of freedom are above 0.");
        }

        // Beyond this the two laws agree to 1e-12.
        if (degreesOfFreedom > 1e12)
        {
            return NormalDistribution.TwoSidedQuantile(confidence);
        }

        double x = BetaDistribution.LowerQuantile(1 - Confidence.Checked(confidence), degreesOfFreedom / 2, .5);
        return Math.Sqrt(degreesOfFreedom * (1 - x) / x);
    }
}
