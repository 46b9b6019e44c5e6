using Moderato.Statistics.Distributions;
using Moderato.Statistics.Intervals;

namespace Moderato.Statistics.Tests.Simulations;

/// <summary>Coverage of intervals of counts, summed over every outcome, on a grid of true rates: no simulation error.</summary>
/// <param name="Least">At the worst true rate of the grid.</param>
/// <param name="Mean">Over the grid.</param>
/// <param name="LeastOfFew">The least where fewer than 30 events (or non-events) are expected; NaN where the grid has none.</param>
internal sealed record ExactCoverage(string Interval, string World, double Least, double Mean, double Most, double LeastOfFew)
{
    private static readonly (string Name, Func<long, long, Interval> Of)[] Shares =
    [
        ("Wilson", (k, n) => WilsonInterval.Of(k, n)),
        ("Clopper–Pearson", (k, n) => ClopperPearsonInterval.Of(k, n)),
        ("Jeffreys", (k, n) => JeffreysInterval.Of(k, n)),
        ("Agresti–Coull", (k, n) => AgrestiCoullInterval.Of(k, n)),
    ];

    private static readonly (string Name, Func<long, long, long, long, double, Interval> Of)[] Differences =
        [("Newcombe", NewcombeInterval.OfDifference), ("Miettinen–Nurminen", ScoreIntervalOfDifference.MiettinenNurminen)];

    public static IEnumerable<ExactCoverage> All(int points) =>
    [
        .. Shares.SelectMany(interval => new[] { 100, 400, 2_000 }.Select(n => OfShare(interval.Name, n, points, interval.Of))),
        OfCounts(points),
        .. Differences.SelectMany(interval => new[] { (60, 60), (150, 60) }.Select(n => OfDifference(interval.Name, n.Item1, n.Item2, points, interval.Of))),
    ];

    private static ExactCoverage OfShare(string name, int n, int points, Func<long, long, Interval> of)
    {
        var intervals = Enumerable.Range(0, n + 1).Select(k => of(k, n)).ToArray();
        var grid = Grid(points).Select(p => (Events: n * Math.Min(p, 1 - p), Coverage: Sum(
            intervals, p, k => BinomialDistribution.Probability(k, n, p))));
        return Summary(name, $"n = {n}", grid);
    }

    private static ExactCoverage OfCounts(int points)
    {
        var intervals = Enumerable.Range(0, 500).Select(k => PoissonInterval.Of(k)).ToArray();
        return Summary("Garwood (Poisson)", "means .1 to 200", Grid(points).Select(share =>
        {
            double mean = .1 * Math.Pow(2_000, share), probability = Math.Exp(-mean);
            return (mean, Sum(intervals, mean, k => k == 0 ? probability : probability *= mean / k));
        }));
    }

    private static ExactCoverage OfDifference(string name, int n1, int n2, int points, Func<long, long, long, long, double, Interval> of)
    {
        var intervals = new Interval[(n1 + 1) * (n2 + 1)];
        for (int k = 0; k < intervals.Length; k++)
        {
            intervals[k] = of(k / (n2 + 1), n1, k % (n2 + 1), n2, .95);
        }

        double[] shares = [.. Grid(Math.Max(3, (int)Math.Sqrt(points)))];
        return Summary(name, $"n = {n1} and {n2}", shares.SelectMany(p1 => shares.Select(p2 =>
        {
            double covered = 0;
            for (int k = 0; k < intervals.Length; k++)
            {
                covered += intervals[k].Contains(p1 - p2)
                    ? BinomialDistribution.Probability(k / (n2 + 1), n1, p1) * BinomialDistribution.Probability(k % (n2 + 1), n2, p2)
                    : 0;
            }

            // Events of the two samples together: the interval rests on the sum of their variances.
            return (Math.Min(n1 * Math.Min(p1, 1 - p1), n2 * Math.Min(p2, 1 - p2)) * 3, covered);
        })));
    }

    private static ExactCoverage Summary(string name, string world, IEnumerable<(double Events, double Coverage)> grid)
    {
        var points = grid.ToArray();
        var (enough, few) = (points.Where(at => at.Events >= CoverageCase.Enough).Select(at => at.Coverage).ToArray(), points.Where(at => at.Events < CoverageCase.Enough).Select(at => at.Coverage).ToArray());
        return new(name, world, enough.Min(), enough.Average(), enough.Max(), few.DefaultIfEmpty(double.NaN).Min());
    }

    private static double Sum(Interval[] intervals, double truth, Func<int, double> probability)
    {
        double covered = 0;
        for (int k = 0; k < intervals.Length; k++)
        {
            double here = probability(k);
            covered += intervals[k].Contains(truth) ? here : 0;
        }

        return covered;
    }

    /// <summary>Off the round numbers, where limits fall.</summary>
    private static IEnumerable<double> Grid(int points) => Enumerable.Range(0, points).Select(i => (i + .4142) / points);
}
