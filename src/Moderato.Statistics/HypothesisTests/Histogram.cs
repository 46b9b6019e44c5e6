namespace Moderato.Statistics.HypothesisTests;

internal static class Histogram
{
    /// <exception cref="ArgumentException">The histograms have unlike bins, a negative count, or nothing in them.</exception>
    public static (long X, long Y) Totals(ReadOnlySpan<long> x, ReadOnlySpan<long> y)
    {
        if (x.Length != y.Length)
        {
            throw new ArgumentException($"Histograms over the same bins are compared; these have {x.Length} and {y.Length}.", nameof(y));
        }

        return (Total(x, nameof(x)), Total(y, nameof(y)));
    }

    private static long Total(ReadOnlySpan<long> counts, string name)
    {
        long total = 0;
        foreach (long count in counts)
        {
            total += count >= 0 ? count : throw new ArgumentException("A count is at least 0.", name);
        }

        return total > 0 ? total : throw new ArgumentException("A sample needs at least one value.", name);
    }
}
