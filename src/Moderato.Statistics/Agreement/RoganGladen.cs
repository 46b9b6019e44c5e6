namespace Moderato.Statistics.Agreement;

/// <summary>
/// A rate as it would be without the reviewers' own errors (Rogan and Gladen 1978): (apparent + specificity − 1) /
/// (sensitivity + specificity − 1).
/// </summary>
/// <param name="Raw">May leave [0,1] where the apparent rate is less than the reviewers' errors alone would give.</param>
/// <param name="Estimate"><paramref name="Raw"/>, clipped to [0,1].</param>
/// <param name="StandardError">Delta method at the raw value, the three proportions independent.</param>
public sealed record RoganGladen(double Raw, double Estimate, double StandardError)
{
    /// <param name="apparent">Share that the reviewers call violating, of n contents.</param>
    /// <param name="sensitivity">Share of truly violating contents that they call so, of <paramref name="nSensitivity"/>.</param>
    /// <param name="specificity">Share of truly safe contents that they call so, of <paramref name="nSpecificity"/>.</param>
    /// <returns>Undefined where the reviewers are no better than a coin: sensitivity + specificity ≤ 1.</returns>
    public static Outcome<RoganGladen> Of(double apparent, double sensitivity, double specificity, long n, long nSensitivity, long nSpecificity)
    {
        foreach (double share in (ReadOnlySpan<double>)[apparent, sensitivity, specificity])
        {
            if (!(share >= 0 && share <= 1))
            {
                throw new ArgumentOutOfRangeException(nameof(apparent), share, "A share lies in [0,1].");
            }
        }

        if (n < 1 || nSensitivity < 1 || nSpecificity < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(n), "Each share needs at least one content.");
        }

        double youden = sensitivity + specificity - 1;
        if (youden <= 0)
        {
            return Outcome.Undefined<RoganGladen>("Sensitivity + specificity is at most 1: the reviewers tell nothing.");
        }

        double raw = (apparent + specificity - 1) / youden;
        double variance = ((apparent * (1 - apparent) / n)
            + (raw * raw * sensitivity * (1 - sensitivity) / nSensitivity)
            + ((1 - raw) * (1 - raw) * specificity * (1 - specificity) / nSpecificity)) / (youden * youden);
        return Outcome.Defined(new RoganGladen(raw, Math.Clamp(raw, 0, 1), Math.Sqrt(variance)));
    }
}
