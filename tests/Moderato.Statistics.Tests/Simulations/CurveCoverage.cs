using Moderato.Statistics.Curves;
using Moderato.Statistics.Sampling;

namespace Moderato.Statistics.Tests.Simulations;

/// <summary>
/// Curve statistics from resampled clusters. Safe contents score u, violating ones u^{1/9}: recall at t is 1 − t⁹, FPR 1 − t,
/// AUC .9; average precision is an integral over t.
/// </summary>
internal static class CurveCoverage
{
    private const double Power = 9;
    private const double Cut = .8;

    private static readonly (int Contents, double Violating, int Copies)[] Worlds = [(300, .1, 1), (1_000, .1, 1), (2_000, .02, 1), (300, .2, 4), (3_000, .05, 2)];

    public static IEnumerable<CoverageCase> All(int resamples) => Worlds.SelectMany(world =>
    {
        var (contents, violating, copies) = world;
        string words = FormattableString.Invariant($"{contents} contents{(copies > 1 ? $" × {copies} copies" : "")}, {100 * violating:0}% violating");
        return new (string Name, CurveStatistic Statistic, double Truth, double Events)[]
        {
            ("average precision", CurveStatistic.AveragePrecision, TrueAveragePrecision(violating), contents * violating),
            ("ROC AUC", CurveStatistic.RocAuc, Power / (Power + 1), contents * violating),
            ("TPR at FPR .05", CurveStatistic.TprAtFpr(.05), 1 - Math.Pow(.95, Power), contents * Math.Min(violating, (1 - violating) * .05)),
            ("macro-F1", CurveStatistic.MacroF1(Cut), TrueMacroF1(violating), contents * violating * Math.Pow(Cut, Power)),
            ("FPR of one cut", CurveStatistic.Fpr(Cut), 1 - Cut, contents * (1 - violating) * (1 - Cut)),
            ("FNR of one cut", CurveStatistic.Fnr(Cut), Math.Pow(Cut, Power), contents * violating * Math.Pow(Cut, Power)),
        }.Select(of => new CoverageCase(of.Statistic.Counts is null ? $"bootstrap of {of.Name}" : of.Name, words, of.Events, seed => Covering.Of(
            of.Truth, CurveBootstrap.Run(Draw(contents, violating, copies, seed), [of.Statistic], "contents", "random", new(seed, resamples))[0])));
    });

    private static LabelledScores Draw(int contents, double violating, int copies, ulong seed)
    {
        var random = new SplitMix64(seed);
        int rows = contents * copies;
        var (scores, positive, clusters) = (new double[rows], new bool[rows], new int[rows]);
        for (int cluster = 0; cluster < contents; cluster++)
        {
            bool isViolating = random.NextDouble() < violating;
            double u = random.NextDouble(), score = isViolating ? Math.Pow(u, 1 / Power) : u;
            for (int copy = 0; copy < copies; copy++)
            {
                int row = (cluster * copies) + copy;
                (scores[row], positive[row], clusters[row]) = (score, isViolating, cluster);
            }
        }

        return copies > 1 ? new(scores, positive, default, clusters) : new(scores, positive);
    }

    /// <summary>∫ precision(t) · 9 t⁸ dt by the midpoint rule.</summary>
    private static double TrueAveragePrecision(double violating)
    {
        const int Steps = 100_000;
        double sum = 0;
        for (int i = 0; i < Steps; i++)
        {
            double t = (i + .5) / Steps, caught = violating * (1 - Math.Pow(t, Power)), wrong = (1 - violating) * (1 - t);
            sum += caught / (caught + wrong) * Power * Math.Pow(t, Power - 1) / Steps;
        }

        return sum;
    }

    private static double TrueMacroF1(double violating)
    {
        double fn = violating * Math.Pow(Cut, Power), tp = violating - fn, fp = (1 - violating) * (1 - Cut), tn = 1 - violating - fp;
        return ((2 * tp / ((2 * tp) + fp + fn)) + (2 * tn / ((2 * tn) + fp + fn))) / 2;
    }
}
