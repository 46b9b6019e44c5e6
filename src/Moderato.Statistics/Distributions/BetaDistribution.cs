namespace Moderato.Statistics.Distributions;

/// <summary>
/// The beta law by Lentz's continued fraction of the incomplete beta function (DLMF 8.17.22), its front factor in
/// saddle-point form: relatively accurate in both tails for parameters from ½ to 10⁹.
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

        // xᵃ yᵇ / (a B(a,b)) = Γ(a+b+1)/(Γ(a+1)Γ(b+1)) xᵃ yᵇ · b/(a+b), and with a and b swapped for the other tail.
        double front = BinomialDistribution.Continuous(a, b, x, y) / (a + b);
        if (x * (a + b + 2) < a + 1)
        {
            double lower = front * b * Fraction(x, a, b);
            return (lower, 1 - lower);
        }

        double upper = front * a * Fraction(y, b, a);
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
            double next = newton > low && newton < high ? newton : (low + high) / 2;
            if (Math.Abs(next - log) <= 2e-16 * Math.Max(1, Math.Abs(log)) || next == low || next == high)
            {
                break;
            }

            log = next;
        }

        return below ? Math.Exp(log) : 1 - Math.Exp(log);

        // Relative excess of I_x over the wanted tail, taken in the smaller tail.
        double Rises(double x, double y)
        {
            var (l, u) = Tails(x, y, a, b);
            return byLower ? (l - lower) / lower : (upper - u) / upper;
        }
    }

    private static double Fraction(double x, double a, double b)
    {
        const double Tiny = 1e-300;
        double c = 1, d = 1 - ((a + b) * x / (a + 1));
        d = 1 / (Math.Abs(d) < Tiny ? Tiny : d);
        double value = d;

        // Converges in O(√max(a,b)) steps on this side of the mean.
        for (double m = 1; m < 1e7; m++)
        {
            double even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = Next(1 + (even * d));
            c = 1 + (even / c);
            value *= d * c;

            double odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = Next(1 + (odd * d));
            c = 1 + (odd / c);
            double factor = d * c;
            value *= factor;
            if (Math.Abs(factor - 1) < 3e-16)
            {
                return value;
            }
        }

        throw new ArithmeticException("The continued fraction of the incomplete beta function did not converge.");

        static double Next(double denominator) => 1 / (Math.Abs(denominator) < Tiny ? Tiny : denominator);
    }
}
