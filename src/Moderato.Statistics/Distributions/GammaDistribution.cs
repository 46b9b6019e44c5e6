namespace Moderato.Statistics.Distributions;

/// <summary>
/// The gamma law with shape a and scale 1, hence χ² and Poisson: series below the mean, Lentz's continued fraction above
/// (DLMF 8.7.1, 8.9.2), the front factor in saddle-point form.
/// </summary>
public static class GammaDistribution
{
    /// <summary>P(χ²_ν ≥ x); 1 for ν = 0 or x ≤ 0.</summary>
    public static double ChiSquaredUpperTail(double x, double degreesOfFreedom) =>
        degreesOfFreedom == 0 || x <= 0 ? 1 : Tails(x / 2, degreesOfFreedom / 2).Upper;

    /// <summary>The x with P(X ≤ x) = tail.</summary>
    public static double LowerQuantile(double tail, double shape) => Quantile(tail, 1 - tail, shape);

    /// <summary>The x with P(X ≥ x) = tail.</summary>
    public static double UpperQuantile(double tail, double shape) => Quantile(1 - tail, tail, shape);

    /// <summary>(P(X ≤ x), P(X ≥ x)), the smaller of them computed directly.</summary>
    internal static (double Lower, double Upper) Tails(double x, double shape)
    {
        if (x <= 0)
        {
            return (0, 1);
        }

        double front = Front(x, shape);
        if (x < shape + 1)
        {
            double sum = 1, term = 1;
            for (double k = shape + 1; term > sum * 1e-17; k++)
            {
                term *= x / k;
                sum += term;
            }

            return (front * sum, 1 - (front * sum));
        }

        double b = x + 1 - shape, c = 1e300, d = 1 / b, value = d;
        for (double k = 1; ; k++)
        {
            double a = k * (shape - k);
            b += 2;
            d = 1 / ((a * d) + b);
            c = b + (a / c);
            double factor = c * d;
            value *= factor;
            if (Math.Abs(factor - 1) < 3e-16)
            {
                double upper = front * shape * value;
                return (1 - upper, upper);
            }
        }
    }

    /// <summary>xᵃ e⁻ˣ / Γ(a+1), the Poisson probability of a at mean x, for real a.</summary>
    private static double Front(double x, double shape) =>
        Math.Exp(-SaddlePoint.StirlingError(shape) - SaddlePoint.Deviance(shape, x)) / Math.Sqrt(2 * Math.PI * shape);

    private static double Quantile(double lower, double upper, double shape)
    {
        bool byLower = lower <= upper;
        double low = -745, high = Math.Log((2 * shape) + 1500), log = Math.Log(shape);
        for (int step = 0; step < 200; step++)
        {
            double x = Math.Exp(log);
            var (l, u) = Tails(x, shape);
            double gap = byLower ? l - lower : upper - u;
            if (gap >= 0)
            {
                high = log;
            }
            else
            {
                low = log;
            }

            // dP / d ln x = xᵃ e⁻ˣ / Γ(a).
            double newton = log - (gap / (Front(x, shape) * shape));
            if (Math.Abs(newton - log) <= 1e-15 * Math.Max(1, Math.Abs(log)))
            {
                break;
            }

            log = newton > low && newton < high ? newton : (low + high) / 2;
        }

        return Math.Exp(log);
    }
}
