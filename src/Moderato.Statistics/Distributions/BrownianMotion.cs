namespace Moderato.Statistics.Distributions;

/// <summary>Laws of functionals of standard Brownian motion on [0,1] (Darling and Siegert 1953; Feller 1951; Tygert 2022).</summary>
internal static class BrownianMotion
{
    /// <summary>P(max |B| ≥ x): 1 − (4/π) Σ (−1)ᵏ/(2k+1) exp(−(2k+1)²π²/8x²), by reflection where that is small.</summary>
    public static double LargestAbsoluteUpperTail(double x)
    {
        if (x <= 0)
        {
            return 1;
        }

        // For x ≥ 1 the reflection series 4 Σ (−1)ᵏ Q((2k+1)x) converges at once and keeps small tails accurate.
        double sum = 0;
        if (x >= 1)
        {
            for (int k = 0; k < 20; k++)
            {
                sum += (k % 2 == 0 ? 4 : -4) * NormalDistribution.UpperTail(((2 * k) + 1) * x);
            }

            return sum;
        }

        for (int k = 0; k < 20; k++)
        {
            double odd = (2 * k) + 1;
            sum += (k % 2 == 0 ? 1 : -1) / odd * Math.Exp(-odd * odd * Math.PI * Math.PI / (8 * x * x));
        }

        return 1 - (4 / Math.PI * sum);
    }

    /// <summary>P(max B − min B ≥ x): 1 − Σ (8/x² + 2/((k+½)²π²)) exp(−2(k+½)²π²/x²), by reflection where that is small.</summary>
    public static double RangeUpperTail(double x)
    {
        if (x <= 0)
        {
            return 1;
        }

        // The density is 8 Σ (−1)^{k−1} k² φ(kx) (Feller); its tail is 8 Σ (−1)^{k−1} k Q(kx).
        double sum = 0;
        if (x >= 2)
        {
            for (int k = 1; k <= 20; k++)
            {
                sum += (k % 2 == 1 ? 8 : -8) * k * NormalDistribution.UpperTail(k * x);
            }

            return sum;
        }

        for (int k = 0; k < 20; k++)
        {
            double half = k + .5;
            sum += ((8 / (x * x)) + (2 / (half * half * Math.PI * Math.PI))) * Math.Exp(-2 * half * half * Math.PI * Math.PI / (x * x));
        }

        return 1 - sum;
    }
}
