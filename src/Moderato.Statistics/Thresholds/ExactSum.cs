using System.Numerics;

namespace Moderato.Statistics.Thresholds;

/// <summary>Non-negative doubles as integers over a common power of two, so that sums and comparisons are exact.</summary>
internal static class ExactSum
{
    private const int MantissaBits = 52;

    /// <summary>The least s with every value a whole multiple of 2⁻ˢ, at least 0.</summary>
    /// <exception cref="ArgumentException">A value is NaN, infinite or negative.</exception>
    public static int Scale(ReadOnlySpan<double> values)
    {
        int scale = 0;
        foreach (double value in values)
        {
            if (!(value >= 0 && double.IsFinite(value)))
            {
                throw new ArgumentException($"Masses and costs are finite and not negative; {value} is neither.", nameof(values));
            }

            if (value != 0)
            {
                var (mantissa, exponent) = Split(value);
                scale = Math.Max(scale, -(exponent + BitOperations.TrailingZeroCount(mantissa)));
            }
        }

        return scale;
    }

    /// <summary>value · 2^scale, exactly.</summary>
    public static BigInteger Of(double value, int scale) => Floor(value, scale);

    /// <summary>⌊value · 2^scale⌋ of a non-negative value.</summary>
    public static BigInteger Floor(double value, int scale)
    {
        if (value == 0)
        {
            return BigInteger.Zero;
        }

        var (mantissa, exponent) = Split(value);
        int shift = exponent + scale;
        return shift >= 0 ? (BigInteger)mantissa << shift : (BigInteger)mantissa >> -shift;
    }

    /// <summary>The sign of sum/2^scale − limit; a negative limit is below every sum.</summary>
    public static int Compare(BigInteger sum, int scale, double limit)
    {
        if (limit < 0 || double.IsPositiveInfinity(limit))
        {
            return limit < 0 ? 1 : -1;
        }

        // sum > limit·2^scale as integers iff sum > its floor.
        return sum > Floor(limit, scale) ? 1 : -1;
    }

    public static double ToDouble(BigInteger sum, int scale)
    {
        // More bits than a double holds are dropped first, so that neither side overflows.
        int drop = (int)Math.Max(0, sum.GetBitLength() - 64);
        return Math.ScaleB((double)(sum >> drop), drop - scale);
    }

    private static (ulong Mantissa, int Exponent) Split(double value)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        int exponent = (int)(bits >> MantissaBits) & 0x7FF;
        ulong fraction = bits & ((1UL << MantissaBits) - 1);
        return exponent == 0
            ? (fraction, 1 - 1023 - MantissaBits)
            : (fraction | (1UL << MantissaBits), exponent - 1023 - MantissaBits);
    }
}
