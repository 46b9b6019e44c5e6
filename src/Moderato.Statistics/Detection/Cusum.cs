namespace Moderato.Statistics.Detection;

/// <summary>
/// Cumulative sums of what exceeds an allowance (Page 1954): C⁺ = max(0, C⁺ + (x − μ)/σ − k), C⁻ likewise downwards, from 0;
/// an alarm above h. No restart after an alarm: the sums stay as they are.
/// </summary>
public readonly record struct Cusum(double Up, double Down)
{
    /// <param name="allowance">k: half the shift, in σ, that should be seen.</param>
    public static Cusum[] Of(ReadOnlySpan<double> values, double mean, double sigma, double allowance)
    {
        if (!(sigma > 0 && allowance >= 0) || !double.IsFinite(mean))
        {
            throw new ArgumentOutOfRangeException(nameof(sigma), sigma, "A chart needs a finite mean, a spread above 0 and an allowance of 0 or more.");
        }

        var sums = new Cusum[values.Length];
        double up = 0, down = 0;
        for (int t = 0; t < values.Length; t++)
        {
            double z = (Ewma.Number(values[t], t) - mean) / sigma;
            up = Math.Max(0, up + z - allowance);
            down = Math.Max(0, down - z - allowance);
            sums[t] = new(up, down);
        }

        return sums;
    }

    /// <summary>Index of the first value at which the sum upwards exceeds h; null for none.</summary>
    public static int? FirstAbove(ReadOnlySpan<Cusum> sums, double h) => First(sums, h, upwards: true);

    /// <summary>Index of the first value at which the sum downwards exceeds h; null for none.</summary>
    public static int? FirstBelow(ReadOnlySpan<Cusum> sums, double h) => First(sums, h, upwards: false);

    private static int? First(ReadOnlySpan<Cusum> sums, double h, bool upwards)
    {
        for (int t = 0; t < sums.Length; t++)
        {
            if ((upwards ? sums[t].Up : sums[t].Down) > h)
            {
                return t;
            }
        }

        return null;
    }
}
