namespace Moderato.Statistics.Distributions;

/// <summary>
/// Bin(n, P) with P ~ Beta(a, b): counts whose rate itself varies from period to period. The probabilities follow their ratio
/// p(k+1)/p(k) = (n − k)(k + a) / ((k + 1)(n − k − 1 + b)) from the mode on: log-gamma terms cancel where a and b are large.
/// </summary>
public sealed class BetaBinomialDistribution
{
    private readonly double[] below;
    private readonly double[] above;

    /// <param name="n">At most 100 million; memory grows with it.</param>
    public BetaBinomialDistribution(long n, double a, double b)
    {
        if (n is < 0 or > 100_000_000 || !(a > 0 && b > 0) || !double.IsFinite(a + b))
        {
            throw new ArgumentOutOfRangeException(nameof(n), n, "n lies in [0, 100,000,000], a and b are finite and above 0.");
        }

        Mean = n * (a / (a + b));
        Variance = n * (a / (a + b)) * (b / (a + b)) * ((a + b + n) / (a + b + 1));
        double Ratio(long k) => (n - k) * (k + a) / ((k + 1) * (n - k - 1 + b));

        // Relative to the most probable count; what underflows is nothing beside it. Of a U-shaped law an end is the mode.
        var weights = new double[n + 1];
        double log = 0, most = 0;
        long mode = 0;
        for (long k = 0; k < n; k++)
        {
            log += Math.Log(Ratio(k));
            (most, mode) = log > most ? (log, k + 1) : (most, mode);
        }

        weights[mode] = 1;
        for (long k = mode; k < n; k++)
        {
            weights[k + 1] = weights[k] * Ratio(k);
        }

        for (long k = mode; k > 0; k--)
        {
            weights[k - 1] = weights[k] / Ratio(k - 1);
        }

        // Each tail is summed from its own end, so that a small one is as exact as a large one.
        (below, above) = (new double[n + 1], new double[n + 1]);
        double sum = 0;
        for (long k = 0; k <= n; k++)
        {
            below[k] = sum += weights[k];
        }

        double tail = 0;
        for (long k = n; k >= 0; k--)
        {
            above[k] = tail;
            tail += weights[k];
        }

        for (long k = 0; k <= n; k++)
        {
            below[k] /= sum;
            above[k] /= sum;
        }
    }

    public double Mean { get; }

    public double Variance { get; }

    /// <summary>P(X ≤ k).</summary>
    public double LowerTail(long k) => k < 0 ? 0 : k >= below.Length ? 1 : below[k];

    /// <summary>P(X > k).</summary>
    public double UpperTail(long k) => k < 0 ? 1 : k >= above.Length ? 0 : above[k];

    /// <summary>The smallest k with P(X ≤ k) ≥ <paramref name="share"/>.</summary>
    public long Quantile(double share)
    {
        if (!(share >= 0 && share <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share lies in [0,1].");
        }

        int at = Array.BinarySearch(below, share);
        while (at > 0 && below[at - 1] >= share)
        {
            at--;
        }

        return Math.Min(at < 0 ? ~at : at, below.Length - 1);
    }
}
