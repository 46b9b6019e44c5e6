namespace Moderato.Webhooks;

/// <summary>
/// When a delivery that failed is tried again: after 10 s, then each time twice as long up to 2 h, a quarter more or less so that
/// receivers which come back are not met by all at once; for a day from its first attempt, and a last time when that ends.
/// </summary>
public static class RetrySchedule
{
    public static readonly TimeSpan For = TimeSpan.FromDays(1);

    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Longest = TimeSpan.FromHours(2);

    /// <param name="delivery">Tells deliveries apart: each has its own jitter, the same every time it is asked for.</param>
    /// <param name="attempts">Those that were made, at least one.</param>
    /// <param name="first">When the first was made.</param>
    /// <param name="retryAfter">What the receiver asked for; up to a day of it is kept to, even where the wait would end later than the day.</param>
    /// <returns>Null where it is not tried again.</returns>
    public static DateTimeOffset? Next(long delivery, int attempts, DateTimeOffset first, DateTimeOffset now, TimeSpan? retryAfter = null)
    {
        var end = first + For;
        if (now >= end)
        {
            return null;
        }

        var wait = Backoff(delivery, attempts);
        var next = now + wait < end ? now + wait : end;
        return retryAfter is { } asked && now + asked > next ? now + (asked < For ? asked : For) : next;
    }

    private static TimeSpan Backoff(long delivery, int attempts)
    {
        double seconds = Math.Min(First.TotalSeconds * Math.Pow(2, Math.Min(attempts - 1, 30)), Longest.TotalSeconds);
        return TimeSpan.FromSeconds(seconds * (0.75 + (0.5 * Uniform((ulong)delivery, (ulong)attempts))));
    }

    /// <summary>In [0, 1), by the finalizer of SplitMix64 (Steele, Lea, Flood 2014).</summary>
    private static double Uniform(ulong delivery, ulong attempt)
    {
        ulong z = (delivery * 0x9E3779B97F4A7C15) + (attempt * 0xD1B54A32D192ED03);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
