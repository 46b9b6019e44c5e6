namespace Moderato.Statistics.Detection;

/// <summary>
/// The rule "two standard deviations from the last 30 days": mean and standard deviation (n − 1) of the days before, today
/// left out, and z = (x − mean) / sd. It is shown because people know it, and it is no detector: on independent data 5.9% of
/// days alarm, a ramp never does, and a step is swallowed within two weeks.
/// </summary>
/// <param name="Mean">NaN until so many days without a gap stand before.</param>
/// <param name="Z">NaN without verdict; infinite where the days before had no spread and today differs.</param>
public readonly record struct TrailingWindow(double Mean, double StandardDeviation, double Z)
{
    /// <summary>Whether today is further than <paramref name="limit"/> standard deviations away.</summary>
    public bool IsBeyond(double limit) => Math.Abs(Z) > limit;

    /// <param name="values">One a day, oldest first; NaN where a day has none.</param>
    public static TrailingWindow[] Of(ReadOnlySpan<double> values, int days = 30)
    {
        if (days < 2)
        {
            throw new ArgumentOutOfRangeException(nameof(days), days, "A spread needs two days at least.");
        }

        var windows = new TrailingWindow[values.Length];
        for (int today = 0; today < values.Length; today++)
        {
            windows[today] = today < days ? new(double.NaN, double.NaN, double.NaN) : Of(values[(today - days)..today], values[today]);
        }

        return windows;
    }

    /// <summary>Summed anew each day: a running sum keeps the rounding of a huge value that has left the window.</summary>
    private static TrailingWindow Of(ReadOnlySpan<double> before, double today)
    {
        double sum = 0;
        foreach (double value in before)
        {
            sum += value;
        }

        double mean = sum / before.Length, squares = 0;
        foreach (double value in before)
        {
            squares += (value - mean) * (value - mean);
        }

        double deviation = Math.Sqrt(squares / (before.Length - 1));
        return new(mean, deviation, (today - mean) / deviation);
    }
}
