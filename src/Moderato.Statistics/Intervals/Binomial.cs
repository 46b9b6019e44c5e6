namespace Moderato.Statistics.Intervals;

/// <summary>What every interval of one proportion shares: its checks and its words.</summary>
internal static class Binomial
{
    /// <exception cref="ArgumentOutOfRangeException">Not 0 ≤ successes ≤ n.</exception>
    public static void Check(long successes, long n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, n);
    }

    /// <summary>successes / n with an interval of it; unknown when n = 0.</summary>
    public static Rate Rate(long successes, long n, Interval interval, string method, string population, string design, double confidence) =>
        n == 0
            ? new Rate.Unknown($"There are no {population} to count.")
            : new Rate.Known(successes / (double)n, interval.Low, interval.High, n, method, population, design, confidence);
}
