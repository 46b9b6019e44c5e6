using Moderato.Statistics.Distributions;

namespace Moderato.Statistics.HypothesisTests;

/// <summary>The largest gap between two samples' distribution functions F (of x) and G (of y).</summary>
/// <param name="Statistic">max |F − G|.</param>
/// <param name="Above">max (F − G): x tends to be the smaller one (scipy's "greater").</param>
/// <param name="Below">max (G − F): x tends to be the greater one (scipy's "less").</param>
/// <param name="N">Values of x; with weights Kish's effective size.</param>
/// <param name="M">Values of y; with weights Kish's effective size.</param>
public sealed record KolmogorovSmirnovTest(double Statistic, double Above, double Below, double N, double M)
{
    /// <summary>Below this many pairs the exact law is used: quick there, and the limit still rough.</summary>
    private const double ExactUpTo = 10_000;

    private bool Whole { get; init; }

    /// <summary>nm/(n + m).</summary>
    public double EffectiveSize => N * M / (N + M);

    /// <summary>Two-sided: exact up to 10,000 pairs of unweighted values, else Kolmogorov's limit. Ties make either conservative.</summary>
    public double PValue => Whole && N * M <= ExactUpTo ? ExactPValue() : LimitPValue;

    /// <summary>Kolmogorov's limit at √(nm/(n+m)) · D.</summary>
    public double LimitPValue => KolmogorovDistribution.UpperTail(Math.Sqrt(EffectiveSize) * Statistic);

    /// <summary>Both samples' values, unweighted.</summary>
    public static KolmogorovSmirnovTest Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => Of(x, default, y, default);

    /// <summary>Weights as mass; the p-value then goes by Kish's effective sizes. Empty weights: each value counts 1.</summary>
    /// <exception cref="ArgumentException">A sample is empty, a value NaN, or a weight negative.</exception>
    public static KolmogorovSmirnovTest Of(
        ReadOnlySpan<double> x, ReadOnlySpan<double> xWeights, ReadOnlySpan<double> y, ReadOnlySpan<double> yWeights)
    {
        var first = Sample.Of(x, xWeights, nameof(x));
        var second = Sample.Of(y, yWeights, nameof(y));
        double n = first.Total, m = second.Total, above = 0, below = 0;
        for (var steps = new SampleSteps(first, second); steps.Next();)
        {
            // Over the common denominator, so that equal shares differ by 0 and not by a rounding.
            double gap = (steps.MassX * m) - (steps.MassY * n);
            above = Math.Max(above, gap);
            below = Math.Max(below, -gap);
        }

        return Scaled(above, below, n * m, first.EffectiveSize, second.EffectiveSize, first.Weights is null && second.Weights is null);
    }

    /// <summary>Two histograms over the same bins, such as the 10,001 of the scores.</summary>
    public static KolmogorovSmirnovTest OfHistograms(ReadOnlySpan<long> x, ReadOnlySpan<long> y)
    {
        var (n, m) = Histogram.Totals(x, y);
        double above = 0, below = 0, massX = 0, massY = 0;
        for (int bin = 0; bin < x.Length; bin++)
        {
            massX += x[bin];
            massY += y[bin];
            double gap = (massX * m) - (massY * n);
            above = Math.Max(above, gap);
            below = Math.Max(below, -gap);
        }

        return Scaled(above, below, (double)n * m, n, m, whole: true);
    }

    /// <summary>
    /// The same gap judged as if the samples had these sizes: for contents that come in clusters, Kish's (Σm)²/Σm² of the clusters'
    /// sizes m on either side.
    /// </summary>
    public KolmogorovSmirnovTest WithEffectiveSizes(double n, double m) => this with { N = n, M = m, Whole = Whole && n == N && m == M };

    /// <summary>
    /// What scipy calls "asymp". Two-sided it is not the limit but the exact one-sample law at n = nm/(n+m) rounded half to
    /// even; one-sided Hodges' approximation exp(−2z² − 2z(m + 2n)/√(nm(n+m))/3) with m ≥ n (1958).
    /// </summary>
    public double AsymptoticPValue(Alternative alternative = Alternative.TwoSided)
    {
        if (alternative == Alternative.TwoSided)
        {
            return KolmogorovDistribution.UpperTail(Statistic, (int)Math.Round(EffectiveSize, MidpointRounding.ToEven));
        }

        double larger = Math.Max(N, M), smaller = Math.Min(N, M), z = Math.Sqrt(EffectiveSize) * OneSided(alternative);
        return Math.Clamp(Math.Exp((-2 * z * z) - (2 * z * (larger + (2 * smaller)) / Math.Sqrt(N * M * (N + M)) / 3)), 0, 1);
    }

    /// <summary>
    /// The share of the C(n+m, n) orders of the pooled values that reach the observed gap, by walking the lattice of (values of x,
    /// values of y) so far: all terms positive, hence relatively accurate. O(nm). Ties count as if they could be told apart.
    /// </summary>
    /// <exception cref="InvalidOperationException">The samples were weighted.</exception>
    public double ExactPValue(Alternative alternative = Alternative.TwoSided)
    {
        if (!Whole)
        {
            throw new InvalidOperationException("Weighted samples have no exact law: use the limit.");
        }

        long n = (long)N, m = (long)M;
        double reach = Math.Round((alternative == Alternative.TwoSided ? Statistic : OneSided(alternative)) * n * m);
        if (reach == 0)
        {
            return 1;
        }

        // outside[j]: the share of the orders of the first i values of x and j of y that have reached the gap already.
        var outside = new double[m + 1];
        for (long i = 0; i <= n; i++)
        {
            for (long j = 0; j <= m; j++)
            {
                double gap = ((double)i * m) - ((double)j * n);
                gap = alternative == Alternative.Greater ? gap : alternative == Alternative.Less ? -gap : Math.Abs(gap);
                double fromX = i == 0 ? 0 : outside[j] * i, fromY = j == 0 ? 0 : outside[j - 1] * j;
                outside[j] = gap >= reach ? 1 : i + j == 0 ? 0 : (fromX + fromY) / (i + j);
            }
        }

        return outside[m];
    }

    private double OneSided(Alternative alternative) => alternative == Alternative.Greater ? Above : Below;

    private static KolmogorovSmirnovTest Scaled(double above, double below, double denominator, double n, double m, bool whole) =>
        new(Math.Max(above, below) / denominator, above / denominator, below / denominator, n, m) { Whole = whole };
}
