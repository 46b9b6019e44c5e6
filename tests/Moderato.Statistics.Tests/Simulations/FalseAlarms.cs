using Moderato.Statistics.Detection;
using Moderato.Statistics.Sampling;

namespace Moderato.Statistics.Tests.Simulations;

/// <summary>False alarms a day where nothing changes, and days until a change is seen.</summary>
/// <param name="Stated">What the detector promises; NaN for the rule that promises nothing.</param>
/// <param name="DaysToSee">Median days until a step of twice the rate alarms; NaN where that was not tried.</param>
internal sealed record FalseAlarms(string Detector, string World, double AlarmsADay, double Stated, double DaysToSee)
{
    private const int Days = 300;
    private const int From = 100;
    private const double Alpha = 1 / 100.0;

    public static IEnumerable<FalseAlarms> All(int runs) => [.. OfWeekdays(runs), .. OfTrailingWindow(runs), .. OfCusum(runs)];

    public static IEnumerable<FalseAlarms> OfWeekdays(int runs) =>
    [
        Counts("weekday, beta-binomial limits", 60, .03, 1.5, 0, runs),
        Counts("weekday, beta-binomial limits", 2_000, .02, 1.5, 0, runs),
        Counts("weekday, beta-binomial limits", 20_000, .03, 1.3, .002, runs),
    ];

    private static FalseAlarms Counts(string detector, int contents, double rate, double weekend, double dispersion, int runs)
    {
        int alarms = 0, watched = 0;
        var seen = new List<double>();
        for (int run = 0; run < runs; run++)
        {
            var random = new SplitMix64(((ulong)run * 7_907) + 17);
            var (still, stepped) = (Draw(ref random, 1), Draw(ref random, 2));
            long[] all = [.. Enumerable.Repeat((long)contents, Days)];
            foreach (var day in WeekdayDetector.Of(still, all, new(Alpha)).AsSpan(From))
            {
                alarms += day.IsAlarm ? 1 : 0;
                watched++;
            }

            int first = Array.FindIndex(WeekdayDetector.Of(stepped, all, new(Alpha)), 200, day => day.IsAlarm);
            seen.Add(first < 0 ? Days : first - 199);
        }

        seen.Sort();
        return new(detector, FormattableString.Invariant($"{contents} contents a day, rate {rate}, weekends × {weekend}, ρ {dispersion}"), alarms / (double)watched, Alpha, seen[seen.Count / 2]);

        long[] Draw(ref SplitMix64 random, double factor)
        {
            var events = new long[Days];
            for (int day = 0; day < Days; day++)
            {
                double p = rate * (day % 7 >= 5 ? weekend : 1) * (day >= 200 ? factor : 1);
                p *= 1 + (Math.Sqrt(dispersion * (1 - p) / p) * Normal(ref random));
                events[day] = Binomial(ref random, contents, Math.Clamp(p, 0, 1));
            }

            return events;
        }
    }

    private static IEnumerable<FalseAlarms> OfTrailingWindow(int runs)
    {
        int alarms = 0, watched = 0;
        for (int run = 0; run < runs; run++)
        {
            var random = new SplitMix64(((ulong)run * 6_991) + 5);
            double[] values = new double[Days];
            for (int day = 0; day < Days; day++)
            {
                values[day] = Normal(ref random);
            }

            foreach (var day in TrailingWindow.Of(values).AsSpan(30))
            {
                alarms += day.IsBeyond(2) ? 1 : 0;
                watched++;
            }
        }

        yield return new("2σ of the trailing 30 days", "independent normal days", alarms / (double)watched, double.NaN, double.NaN);
    }

    private static IEnumerable<FalseAlarms> OfCusum(int runs)
    {
        const int Charts = 12;
        double limit = RunLength.CusumLimit(.5, Charts, 100);
        long alarms = 0, watched = 0;
        for (int run = 0; run < runs * Charts; run++)
        {
            var random = new SplitMix64(((ulong)run * 5_003) + 3);
            double up = 0, down = 0;
            for (int day = 0; day < 2_000; day++)
            {
                double z = Normal(ref random);
                (up, down) = (Math.Max(0, up + z - .5), Math.Max(0, down - z - .5));
                watched++;
                if (up > limit || down > limit)
                {
                    alarms++;
                    (up, down) = (0, 0);
                }
            }
        }

        yield return new(
            "CUSUM, one false alarm in 100 days of 12 charts", FormattableString.Invariant($"independent normal days, h = {limit:0.00}"),
            Charts * alarms / (double)watched, .01, double.NaN);
    }

    private static double Normal(ref SplitMix64 random)
    {
        double u = 1 - random.NextDouble();
        return Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    private static long Binomial(ref SplitMix64 random, int n, double p)
    {
        // By inversion from the mode's side where the mean is small, by the normal law where it is large.
        if (n * p > 200)
        {
            return (long)Math.Clamp(Math.Round((n * p) + (Math.Sqrt(n * p * (1 - p)) * Normal(ref random))), 0, n);
        }

        double u = random.NextDouble();
        long k = 0;
        double term = Math.Pow(1 - p, n), sum = term;
        while (u > sum && k < n)
        {
            k++;
            term *= (n - k + 1) / (double)k * (p / (1 - p));
            sum += term;
        }

        return k;
    }
}
