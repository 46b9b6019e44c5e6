namespace Moderato.Drills.Simulation;

/// <summary>When people write: more at weekends, most in the evening.</summary>
internal static class TrafficClock
{
    private static readonly double[] Days = [1.25, .95, .9, .9, .95, 1.05, 1.3];
    private static readonly double[] Hours =
        [.5, .3, .2, .15, .15, .2, .4, .7, .9, 1, 1, 1.05, 1.2, 1.1, 1, 1, 1.1, 1.3, 1.5, 1.7, 1.8, 1.7, 1.3, .9];

    private const double Highest = 1.3 * 1.8;

    /// <summary>A moment in [from, to), in UTC ticks, after the rhythm of day and hour and the shape of what is going on.</summary>
    public static long Draw(long from, long to, TrafficShape shape, SeededRandom random)
    {
        while (true)
        {
            double along = shape switch
            {
                TrafficShape.Steady => random.Uniform(),
                // A burst: half of it within the first sixth of what is left of the period.
                TrafficShape.Burst => Math.Min(-Math.Log(1 - random.Uniform()) / (6 * Math.Log(2)), .999999),
                // A wave of copies, over within a fifth of the period.
                _ => .2 * Math.Max(random.Uniform(), random.Uniform()) * random.Uniform(),
            };
            long ticks = from + (long)(along * (to - from));
            var moment = new DateTime(ticks, DateTimeKind.Utc);
            double rhythm = Days[(int)moment.DayOfWeek] * Hours[moment.Hour];
            if (random.Chance(rhythm / Highest))
            {
                return ticks - (ticks % TimeSpan.TicksPerSecond);
            }
        }
    }
}

internal enum TrafficShape
{
    Steady,
    Burst,
    Wave,
}
