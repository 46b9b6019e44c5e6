namespace Moderato.Statistics.Distributions;

/// <summary>
/// The two pieces of Loader's saddle-point form of the binomial and Poisson laws (C. Loader, "Fast and accurate
/// computation of binomial probabilities", 2000). No log-gammas of large arguments are subtracted, so the
/// probabilities keep 13 or more digits at counts of 10⁹.
/// </summary>
internal static class SaddlePoint
{
    public static readonly double LogTwoPi = Math.Log(2 * Math.PI);

    /// <summary>ln n! − ln(√(2πn) (n/e)ⁿ) for real n ≥ 0; infinite at 0.</summary>
    public static double StirlingError(double n)
    {
        if (n < 16)
        {
            return n == 0
                ? double.PositiveInfinity
                : MathNet.Numerics.SpecialFunctions.GammaLn(n + 1) - ((n + .5) * Math.Log(n)) + n - (LogTwoPi / 2);
        }

        // Stirling's series to n⁻⁹; the next term is below 2e-15 from n = 16 on.
        double square = 1 / (n * n);
        return ((1 / 12.0) - ((1 / 360.0 - ((1 / 1260.0 - ((1 / 1680.0 - (square / 1188)) * square)) * square)) * square)) / n;
    }

    /// <summary>x ln(x/m) + m − x ≥ 0: how far x lies from its mean m, in nats.</summary>
    public static double Deviance(double x, double mean)
    {
        if (Math.Abs(x - mean) < .1 * (x + mean))
        {
            double v = (x - mean) / (x + mean);
            double sum = (x - mean) * v, term = 2 * x * v;
            for (int j = 3; ; j += 2)
            {
                term *= v * v;
                double next = sum + (term / j);
                if (next == sum)
                {
                    return sum;
                }

                sum = next;
            }
        }

        return x == 0 ? mean : (x * Math.Log(x / mean)) + mean - x;
    }
}
