namespace Moderato.Statistics.Detection;

/// <summary>
/// Exponentially weighted moving average (Roberts 1959): z_t = w x_t + (1 − w) z_{t−1} from z_0 = μ, with the exact limits
/// μ ± L σ √(w/(2 − w) · (1 − (1 − w)^{2t})). Sees small lasting shifts that single days hide.
/// </summary>
public readonly record struct Ewma(double Value, double Lower, double Upper)
{
    public bool IsOutside => Value < Lower || Value > Upper;

    /// <param name="mean">μ, and <paramref name="sigma"/> of the baseline.</param>
    /// <param name="weight">In (0,1]; 1 is a Shewhart chart.</param>
    /// <param name="limit">L, in standard deviations of z.</param>
    public static Ewma[] Of(ReadOnlySpan<double> values, double mean, double sigma, double weight, double limit)
    {
        if (!(weight > 0 && weight <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(weight), weight, "A weight lies above 0 and at most at 1.");
        }

        if (!(sigma > 0 && limit > 0) || !double.IsFinite(mean))
        {
            throw new ArgumentOutOfRangeException(nameof(sigma), sigma, "A chart needs a finite mean, a spread and a limit above 0.");
        }

        var chart = new Ewma[values.Length];
        double z = mean, kept = 1;
        for (int t = 0; t < values.Length; t++)
        {
            z = (weight * Number(values[t], t)) + ((1 - weight) * z);
            kept *= (1 - weight) * (1 - weight);
            double half = limit * sigma * Math.Sqrt(weight / (2 - weight) * (1 - kept));
            chart[t] = new(z, mean - half, mean + half);
        }

        return chart;
    }

    internal static double Number(double value, int t) => double.IsFinite(value)
        ? value
        : throw new ArgumentException($"Value {t} is {value}: leave days without a value out.", nameof(value));
}
