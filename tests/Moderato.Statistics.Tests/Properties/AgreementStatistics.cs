using Moderato.Statistics.Agreement;
using Moderato.Statistics.Curves;
using Moderato.Statistics.HypothesisTests;
using Moderato.Statistics.Sampling;
using Moderato.Statistics.Thresholds;

namespace Moderato.Statistics.Tests.Properties;

/// <summary>
/// Two judgements of the same contents (the group, and whether the value is 2 or more), tables of two by two, shares of a stratum and
/// the optimum of two cuts.
/// </summary>
internal static class AgreementStatistics
{
    private const int Bins = 5;

    public static IReadOnlyList<Statistic> All { get; } =
    [
        Judged("Cohen's κ", rows => ValueOf(CohenKappa.Of(First(rows), Second(rows), rows.Weights)))
            with { Weighted = true, WeightScaleFree = true, OnlyFirst = Answer.Is(0), OnlySecond = Answer.Is(0), Constant = Answer.Is(0) },
        Judged("observed agreement", rows => ValueOf(CohenKappa.ObservedAgreement(First(rows), Second(rows), rows.Weights)))
            with { Weighted = true, WeightScaleFree = true, OnlyFirst = Answer.Is(.5), OnlySecond = Answer.Is(.5), Constant = Answer.Is(.5) },
        Judged("Krippendorff's α", rows => ValueOf(KrippendorffAlpha.Of([.. Pairs(rows).Select(pair => (IReadOnlyList<double>)[pair.One, pair.Other])], MeasurementLevel.Nominal)))
            with { OnlyFirst = Answer.Any, OnlySecond = Answer.Any, Constant = Answer.Any },
        Judged("Fleiss' κ", rows => ValueOf(FleissKappa.Of(Counts(rows))))
            with { Empty = Answer.Refused, OnlyFirst = Answer.Any, OnlySecond = Answer.Any, Constant = Answer.Any },
        Judged("Randolph's κ", rows => ValueOf(FleissKappa.FreeMarginal(Counts(rows)))) with { Empty = Answer.Refused, OnlyFirst = Answer.Is(0), OnlySecond = Answer.Is(0), Constant = Answer.Is(0) },
        Judged("McNemar exact p", rows => McNemarTest.Exact(Discordant(rows, 1), Discordant(rows, 0)).PValue)
            with { Empty = Answer.Is(1), OnlyFirst = Answer.Any, OnlySecond = Answer.Any, Constant = Answer.Any },
        Judged("McNemar corrected p", rows => McNemarTest.Corrected(Discordant(rows, 1), Discordant(rows, 0)).PValue)
            with { Empty = Answer.Is(1), OnlyFirst = Answer.Any, OnlySecond = Answer.Any, Constant = Answer.Any },
        Judged("Fisher p", rows => Fisher(rows).PValue()) with { WhenGroupsSwap = p => p, Empty = Answer.Is(1), OnlyFirst = Answer.Is(1), OnlySecond = Answer.Is(1), Constant = Answer.Is(1) },
        Judged("Fisher mid-p", rows => Fisher(rows).MidPValue()) with { WhenGroupsSwap = p => p, Empty = Answer.Is(.5), OnlyFirst = Answer.Is(.5), OnlySecond = Answer.Is(.5), Constant = Answer.Is(.5) },
        Judged("macro-F1 of classes", rows => rows.Count == 0 ? null : MulticlassConfusion.Of(First(rows), Second(rows), 2, rows.Weights).MacroF1)
            with { Weighted = true, WeightScaleFree = true, OnlyFirst = Answer.Any, OnlySecond = Answer.Any, Constant = Answer.Any },
        Judged("share of a stratum", rows => Share(rows) is var share && double.IsNaN(share.Estimate) ? null : share.Estimate)
            with { Weighted = true, WeightScaleFree = true, WhenGroupsSwap = share => 1 - share, OnlyFirst = Answer.Is(0), OnlySecond = Answer.Is(1), Constant = Answer.Is(.5) },
        Judged("least harm of two cuts", rows => ThresholdHarm(rows))
            with { Weighted = true, Empty = Answer.Is(0), OnlyFirst = Answer.Is(0), OnlySecond = Answer.Is(0), Constant = Answer.Any },
    ];

    private static Statistic Judged(string name, Func<Rows, double?> of) => new(name, of)
    {
        Values = Statistic.Kind.Categories,
        Empty = Answer.Undefined,
        OnlyFirst = Answer.Undefined,
        OnlySecond = Answer.Undefined,
        Constant = Answer.Undefined,
    };

    private static int[] First(Rows rows) => Array.ConvertAll(rows.Group, group => group ? 1 : 0);

    private static int[] Second(Rows rows) => Array.ConvertAll(rows.Values, value => value >= 2 ? 1 : 0);

    private static IEnumerable<(int One, int Other)> Pairs(Rows rows) => First(rows).Zip(Second(rows));

    private static int[][] Counts(Rows rows) => [.. Pairs(rows).Select(pair => (int[])[2 - pair.One - pair.Other, pair.One + pair.Other])];

    private static long Discordant(Rows rows, int one) => Pairs(rows).LongCount(pair => pair.One == one && pair.Other != one);

    private static FisherExactTest Fisher(Rows rows)
    {
        long Cell(int one, int other) => Pairs(rows).LongCount(pair => pair == (one, other));
        return new(Cell(0, 1), Cell(0, 0), Cell(1, 1), Cell(1, 0));
    }

    private static StratumShare Share(Rows rows) => StratumShare.Of(rows.Count, rows.Weights, rows.Group, [], 1.96);

    private static double ThresholdHarm(Rows rows)
    {
        double[,] table = rows.Table(Bins);
        double[] safe = [.. Enumerable.Range(0, Bins).Select(bin => table[0, bin])], violating = [.. Enumerable.Range(0, Bins).Select(bin => table[1, bin])];
        return ((ThresholdChoice.Optimal)TwoThresholdOptimum.Find(new(safe, violating, [.. safe.Zip(violating, (a, b) => a + b)], 1, 5, .5, 6))).Harm;
    }

    private static double? ValueOf(Outcome<double> outcome) => outcome is Outcome<double>.Defined(var value) ? value : null;
}
