using Moderato.Statistics.Distributions;

namespace Moderato.Statistics.Detection;

/// <summary>How daily counts are watched.</summary>
/// <param name="Alpha">False alarms a day of this chart: 1/(charts · days between false alarms of the dashboard).</param>
/// <param name="Window">Days that the baseline rests on, however far back those without an alarm lie.</param>
/// <param name="Gap">Days before today that are left out, so that a change does not become its own baseline at once.</param>
public sealed record WeekdayOptions(double Alpha, int Window = 56, int Gap = 7);

/// <summary>
/// A day's events of its contents against the days before: rate and weekday rhythm of a window that ends before a gap, days that
/// alarmed or nearly did left out, and exact limits of the beta-binomial law whose spread those days show. Works at any count.
/// </summary>
/// <param name="Expected">Share expected today; NaN without baseline.</param>
/// <param name="PValue">Twice the smaller tail; 1 without baseline.</param>
public readonly record struct WeekdayDetector(double Expected, double PValue, bool IsAlarm)
{
    private const int FewestDays = 21;

    /// <summary>
    /// Days less likely than this stay out of later baselines, alarm or not: of a step some days always look bearable, and they would
    /// teach the baseline that days vary that much.
    /// </summary>
    private const double Doubtful = .05;

    /// <summary>Share of its variance that a normal law cut at ±1.96 keeps: 1 − 2 z φ(z)/.95.</summary>
    private const double Kept = .7590;

    /// <summary>Contents that a weekday's own rate must outweigh: the window's rate counts as so many of them.</summary>
    private const double Shrinkage = 50;

    /// <param name="events">One a day, oldest first.</param>
    /// <param name="contents">0 on a day without any, which has no verdict.</param>
    public static WeekdayDetector[] Of(ReadOnlySpan<long> events, ReadOnlySpan<long> contents, WeekdayOptions options)
    {
        if (events.Length != contents.Length)
        {
            throw new ArgumentException($"{events.Length} counts of events and {contents.Length} of contents: one of each a day.", nameof(contents));
        }

        if (!(options.Alpha is > 0 and < 1) || options.Gap < 0 || options.Window < FewestDays)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options, $"Alpha lies in (0,1), the gap is not negative and the window at least {FewestDays} days.");
        }

        var days = new WeekdayDetector[events.Length];
        for (int today = 0; today < days.Length; today++)
        {
            if (contents[today] < 0 || events[today] < 0 || events[today] > contents[today])
            {
                throw new ArgumentException($"Day {today} has {events[today]} events among {contents[today]} contents.", nameof(events));
            }

            days[today] = Of(events, contents, days, today, options);
        }

        return days;
    }

    private static WeekdayDetector Of(
        ReadOnlySpan<long> events, ReadOnlySpan<long> contents, WeekdayDetector[] before, int today, WeekdayOptions options)
    {
        var window = new List<int>();
        for (int day = today - options.Gap - 1; day >= 0 && window.Count < options.Window; day--)
        {
            if (contents[day] > 0 && before[day].PValue >= Doubtful)
            {
                window.Add(day);
            }
        }

        if (window.Count < FewestDays || contents[today] == 0)
        {
            return new(double.NaN, 1, false);
        }

        var rates = new WeekdayRates(events, contents, window, Shrinkage, Kept);
        double expected = rates.On(today % 7);

        // The baseline is itself a sample, of few days: its own error widens the law of today's count, and t stands for z.
        double z = NormalDistribution.TwoSidedQuantile(1 - options.Alpha);
        double t = StudentDistribution.TwoSidedQuantile(1 - options.Alpha, rates.DegreesOfFreedom);
        double spread = (rates.Overdispersion * (1 + (1.0 / rates.Days(today % 7))) * (t / z) * (t / z)) + (1 / rates.Contents(today % 7));
        double size = Math.Max(1e-3, (1 / Math.Min(.99, spread)) - 1);
        if (expected is <= 0 or >= 1)
        {
            return new(expected, 1, false);
        }

        var law = new BetaBinomialDistribution(contents[today], expected * size, (1 - expected) * size);
        double tail = Math.Min(law.LowerTail(events[today]), law.UpperTail(events[today] - 1));
        return new(expected, Math.Min(1, 2 * tail), 2 * tail < options.Alpha);
    }
}
