namespace Moderato.Statistics.Distributions;

/// <summary>The law of the largest gap between an empirical distribution function and its continuous truth.</summary>
public static class KolmogorovDistribution
{
    /// <summary>
    /// P(K ≥ x) in the limit of many observations, K = √n D: 2 Σ (−1)^{k−1} e^{−2k²x²}, below x = 1 by the theta
    /// transform 1 − √(2π)/x Σ e^{−(2k−1)²π²/8x²}.
    /// </summary>
    public static double UpperTail(double x)
    {
        if (x <= .04)
        {
            return 1;
        }

        double sum = 0;
        if (x < 1)
        {
            for (int k = 1; k <= 9; k += 2)
            {
                sum += Math.Exp(-k * k * Math.PI * Math.PI / (8 * x * x));
            }

            return 1 - (Math.Sqrt(2 * Math.PI) / x * sum);
        }

        for (int k = 1, sign = 1; k <= 6; k++, sign = -sign)
        {
            sum += sign * Math.Exp(-2 * k * k * x * x);
        }

        return 2 * sum;
    }

    /// <summary>
    /// P(Dₙ ≥ d) for n observations: Durbin's matrix (Marsaglia, Tsang and Wang 2003); twice the one-sided law where both sides
    /// cannot be large at once (d ≥ ½: exact) or hardly ever are (nd² ≥ 2.2: too large by at most 2e^{−8nd²} &lt; 5e-8, as
    /// Simard and L'Ecuyer 2011 and scipy have it). Quick up to n of some thousands.
    /// </summary>
    public static double UpperTail(double d, int n)
    {
        if (n <= 0 || d <= 0.5 / n)
        {
            return 1;
        }

        return d >= 1 ? 0 : d >= .5 || n * d * d >= 2.2 ? 2 * OneSidedUpperTail(d, n) : 1 - LowerByMatrix(d, n);
    }

    /// <summary>P(Dₙ⁺ ≥ d) = d Σ_{j ≤ n(1−d)} C(n,j) (d + j/n)^{j−1} (1 − d − j/n)^{n−j} (Birnbaum and Tingey 1951).</summary>
    public static double OneSidedUpperTail(double d, int n)
    {
        if (d <= 0 || n <= 0)
        {
            return 1;
        }

        double sum = 0;
        int last = (int)Math.Floor(n * (1 - d));
        for (int j = 0; j <= last; j++)
        {
            double p = d + (j / (double)n), rest = Math.Max(0, ((n - j) / (double)n) - d);
            sum += BinomialDistribution.Continuous(j, n - j, p, rest) / p;
        }

        return Math.Min(1, d * sum);
    }

    private static double LowerByMatrix(double d, int n)
    {
        int k = (int)(n * d) + 1, size = (2 * k) - 1;
        double h = k - (n * d);
        var matrix = new double[size, size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                matrix[i, j] = i - j + 1 < 0 ? 0 : 1;
            }
        }

        for (int i = 0; i < size; i++)
        {
            matrix[i, 0] -= Math.Pow(h, i + 1);
            matrix[size - 1, i] -= Math.Pow(h, size - i);
        }

        matrix[size - 1, 0] += (2 * h) - 1 > 0 ? Math.Pow((2 * h) - 1, size) : 0;
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                for (int g = 1; g <= i - j + 1; g++)
                {
                    matrix[i, j] /= g;
                }
            }
        }

        var (power, exponent) = Power(matrix, n);
        double value = power[k - 1, k - 1];
        for (int i = 1; i <= n; i++)
        {
            value = value * i / n;
            if (value < 1e-140)
            {
                (value, exponent) = (value * 1e140, exponent - 140);
            }
        }

        return value * Math.Pow(10, exponent);
    }

    /// <summary>matrixⁿ as a matrix times 10^exponent.</summary>
    private static (double[,] Value, int Exponent) Power(double[,] matrix, int n)
    {
        if (n == 1)
        {
            return (matrix, 0);
        }

        var (half, exponent) = Power(matrix, n / 2);
        var value = Product(half, half);
        exponent *= 2;
        if (n % 2 == 1)
        {
            value = Product(matrix, value);
        }

        int middle = value.GetLength(0) / 2;
        if (value[middle, middle] > 1e140)
        {
            for (int i = 0; i < value.GetLength(0); i++)
            {
                for (int j = 0; j < value.GetLength(0); j++)
                {
                    value[i, j] *= 1e-140;
                }
            }

            exponent += 140;
        }

        return (value, exponent);
    }

    private static double[,] Product(double[,] a, double[,] b)
    {
        int size = a.GetLength(0);
        var product = new double[size, size];
        for (int i = 0; i < size; i++)
        {
            for (int k = 0; k < size; k++)
            {
                double left = a[i, k];
                for (int j = 0; j < size; j++)
                {
                    product[i, j] += left * b[k, j];
                }
            }
        }

        return product;
    }
}
