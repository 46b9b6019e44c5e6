namespace Moderato.Statistics.Distributions;

/// <summary>
/// The beta law by the continued fraction of DiDonato and Morris (TOMS 708, 1992), which starts from how far x lies below
/// the mean and so does not cancel at counts of 10⁹, its front factor in saddle-point form: relatively accurate in both tails
/// for parameters from ½ to 10⁹.
/// </summary>
public static class BetaDistribution
{
    /// <summary>(I_x(a,b), 1 − I_x(a,b)), the smaller of them computed directly. y = 1 − x is given so that neither is rounded.</summary>
    internal static (double Lower, double Upper) Tails(double x, double y, double a, double b)
    {
        if (x <= 0 || y <= 0)
        {
            return x <= 0 ? (0, 1) : (1, 0);
        }

        // xᵃ yᵇ / B(a,b) = Γ(a+b+1)/(Γ(a+1)Γ(b+1)) xᵃ yᵇ · ab/(a+b).
        double front = BinomialDistribution.Continuous(a, b, x, y) * a / (a + b) * b;
        double belowMean = x <= y ? a - ((a + b) * x) : ((a + b) * y) - b;
        if (belowMean > 0)
        {
            double lower = front * Fraction(x, y, a, b, belowMean);
            return (lower, 1 - lower);
        }

        double upper = front * Fraction(y, x, b, a, -belowMean);
        return (1 - upper, upper);
    }

    /// <summary>The x with I_x(a,b) = tail.</summary>
    public static double LowerQuantile(double tail, double a, double b) => Quantile(tail, a, b);

    /// <summary>The x with 1 − I_x(a,b) = tail.</summary>
    public static double UpperQuantile(double tail, double a, double b) => Quantile(1 - tail, a, b, tail);

    private static double Quantile(double lower, double a, double b, double? upperTail = null)
    {
        double upper = upperTail ?? (1 - lower);
        bool byLower = lower <= upper;
        bool below = Rises(.5, .5) >= 0;

        // The unknown is the logarithm of whichever of x and 1 − x is small, so that small quantiles come out relatively accurate.
        double low = -745, high = Math.Log(.5), log = Math.Min(high, Math.Log((below ? a : b) / (a + b)));
        for (int step = 0; step < 200; step++)
        {
            double small = Math.Exp(log), large = -Math.Exp(log) + 1;
            double gap = below ? Rises(small, large) : -Rises(large, small);
            if (gap >= 0)
            {
                high = log;
            }
            else
            {
                low = log;
            }

            // d I / d ln x = xᵃ yᵇ⁻¹ / B(a,b); the same with a and b swapped for 1 − x.
            double slope = BinomialDistribution.Continuous(a, b, below ? small : large, below ? large : small) * a * b / (a + b) / large;
            double tail = byLower ? lower : upper;
            double newton = log - (gap * tail / slope);
            if (Math.Abs(newton - log) <= 1e-15 * Math.Max(1, Math.Abs(log)))
            {
                break;
            }

            log = newton > low && newton < high ? newton : (low + high) / 2;
        }

        return below ? Math.Exp(log) : 1 - Math.Exp(log);

        // Relative excess of I_x over the wanted tail, taken in the smaller tail.
        double Rises(double x, double y)
        {
            var (l, u) = Tails(x, y, a, b);
            return byLower ? (l - lower) / lower : (upper - u) / upper;
        }
    }

    /// <summary>I_x(a,b) over xᵃ yᵇ / B(a,b) for a − (a+b)x = belowMean ≥ 0; converges in O(√max(a,b)) steps.</summary>
    private static double Fraction(double x, double y, double a, double b, double belowMean)
    {
        double start = 1 + belowMean, p = 1, s = a + 1;
        double numerator = 1, numeratorBefore = 0, denominator = start / (1 + (1 / a)), denominatorBefore = 1;
        double value = numerator / denominator;
        for (double n = 1; n < 1e7; n++)
        {
            double t = n / a, w = n * (b - n) * x;
            double alpha = p * (p + (b / a)) * (a / s) * (a / s) * w * x;
            double beta = n + (w / s) + ((t + 1) / (1 + (1 / a) + t + t) * (start + (n * (y + 1))));
            p = t + 1;
            s += 2;
            (numeratorBefore, numerator) = (numerator, (alpha * numeratorBefore) + (beta * numerator));
            (denominatorBefore, denominator) = (denominator, (alpha * denominatorBefore) + (beta * denominator));

            double before = value;
            value = numerator / denominator;
            if (Math.Abs(value - before) <= 2e-16 * value)
            {
                return value;
            }

            // Only the ratios count: keep them in range.
            (numeratorBefore, numerator) = (numeratorBefore / denominator, value);
            (denominatorBefore, denominator) = (denominatorBefore / denominator, 1);
        }

        throw new ArithmeticException("The continued fraction of the incomplete beta function did not converge.");
    }
}
