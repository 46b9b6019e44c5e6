namespace Moderato.Statistics.Distributions;

/// <summary>
/// Marked items among <paramref name="draws"/> of a population of which <paramref name="marked"/> are marked: the law of
/// a 2×2 table's first cell given its margins. Probabilities as a quotient of three saddle-point binomials (Loader), so
/// margins up to 10⁹ lose no digits.
/// </summary>
public sealed class HypergeometricDistribution(long population, long marked, long draws)
{
    public long Lowest { get; } = Math.Max(0, draws - (population - marked));

    public long Highest { get; } = Math.Min(draws, marked);

    /// <summary>P(X = k).</summary>
    public double Probability(long k)
    {
        if (k < Lowest || k > Highest)
        {
            return 0;
        }

        if (Lowest == Highest)
        {
            return 1;
        }

        double p = draws / (double)population, q = (population - draws) / (double)population;
        return BinomialDistribution.Continuous(k, marked - k, p, q)
            * (BinomialDistribution.Continuous(draws - k, population - marked - draws + k, p, q)
            / BinomialDistribution.Continuous(draws, population - draws, p, q));
    }

    /// <summary>P(X ≥ k).</summary>
    public double UpperTail(long k) => k <= Lowest ? 1 : k > Highest ? 0 : k > Mode ? Sum(k, +1) : 1 - Sum(k - 1, -1);

    /// <summary>P(X ≤ k).</summary>
    public double LowerTail(long k) => k >= Highest ? 1 : k < Lowest ? 0 : k <= Mode ? Sum(k, -1) : 1 - Sum(k + 1, +1);

    internal long Mode => (long)((draws + 1.0) * (marked + 1.0) / (population + 2.0));

    /// <summary>Probabilities from k outwards; each is got from the one before, and they fall at least geometrically past the mode.</summary>
    private double Sum(long k, int direction)
    {
        double term = Probability(k), sum = 0;
        while (term > sum * 1e-17)
        {
            sum += term;
            long from = direction > 0 ? k : k - 1;
            double up = (marked - from) * (double)(draws - from);
            double down = (from + 1.0) * (population - marked - draws + from + 1.0);
            term *= direction > 0 ? up / down : down / up;
            k += direction;
        }

        return Math.Min(1, sum);
    }
}
