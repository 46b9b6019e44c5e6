using Moderato.Statistics.Drift;
using Moderato.Statistics.HypothesisTests;

namespace Moderato.Statistics.Tests.Properties;

/// <summary>Comparisons of a reference (first group) with a current sample (second group).</summary>
internal static class TwoSampleStatistics
{
    private const int Categories = 5;

    public static IReadOnlyList<Statistic> All { get; } =
    [
        TwoSamples("Kolmogorov–Smirnov D", 0, rows => Ks(rows).Statistic) with { Weighted = true, WeightScaleFree = true, RanksOnly = true, WhenGroupsSwap = d => d },
        TwoSamples("Kolmogorov–Smirnov limit p", 1, rows => Unweighted(rows).LimitPValue) with { RanksOnly = true, WhenGroupsSwap = p => p },
        TwoSamples("Kolmogorov–Smirnov exact p", 1, rows => Unweighted(rows).ExactPValue()) with { RanksOnly = true, WhenGroupsSwap = p => p },
        TwoSamples("Kolmogorov–Smirnov scipy p", 1, rows => Unweighted(rows).AsymptoticPValue()) with { RanksOnly = true, WhenGroupsSwap = p => p },
        TwoSamples("Mann–Whitney AUC", .5, rows => Mann(rows).Auc) with { RanksOnly = true, WhenGroupsSwap = auc => 1 - auc },
        TwoSamples("Mann–Whitney p", 1, rows => Mann(rows).PValue()) with { RanksOnly = true, WhenGroupsSwap = p => p },
        TwoSamples("domain AUC", .5, rows => DomainAuc.Of(rows.ValuesOf(false), rows.ValuesOf(true)).Auc) with { RanksOnly = true, WhenGroupsSwap = auc => 1 - auc },
        TwoSamples("domain AUC p", .5, rows => DomainAuc.Of(rows.ValuesOf(false), rows.ValuesOf(true)).PValue) with { RanksOnly = true, WhenGroupsSwap = p => 1 - p },
        TwoSamples("Wasserstein", 0, rows => WassersteinDistance.Of(rows.ValuesOf(true), rows.WeightsOf(true), rows.ValuesOf(false), rows.WeightsOf(false)))
            with { Weighted = true, WeightScaleFree = true, WhenGroupsSwap = d => d },
        TwoSamples("Wasserstein over σ", 0, rows => WassersteinDistance.OverSigma(rows.ValuesOf(false), rows.ValuesOf(true))),
        TwoSamples("PSI on quantiles", null, rows => PopulationStabilityIndex.Of(rows.ValuesOf(false), rows.ValuesOf(true), 4).Value),

        Table("total variation", 0, (p, q) => TotalVariation.Of(p, q)) with { WeightScaleFree = true, WhenGroupsSwap = d => d },
        Table("Hellinger", 0, (p, q) => HellingerDistance.Of(p, q)) with { WeightScaleFree = true, WhenGroupsSwap = d => d },
        Table("Jensen–Shannon", 0, (p, q) => JensenShannon.Divergence(p, q)) with { WeightScaleFree = true, WhenGroupsSwap = d => d },
        Table("PSI of counts", null, (p, q) => PopulationStabilityIndex.OfCounts(p, q).Value) with { WhenGroupsSwap = d => d },
        Table("PSI floored", 0, (p, q) => PopulationStabilityIndex.Floored(p, q)) with { WeightScaleFree = true, WhenGroupsSwap = d => d },
        Independence("χ² p", test => test.PValue, Answer.Is(1)),
        Independence("Cramér's V", test => test.CramersV, Answer.Undefined) with { WeightScaleFree = true },

        // The root of a difference that is 0 up to a rounding of 1e-16.
        Independence("Cramér's V, bias-corrected", test => test.BiasCorrectedCramersV, Answer.Undefined) with { Tolerance = 1e-7 },
    ];

    private static KolmogorovSmirnovTest Ks(Rows rows) =>
        KolmogorovSmirnovTest.Of(rows.ValuesOf(true), rows.WeightsOf(true), rows.ValuesOf(false), rows.WeightsOf(false));

    private static KolmogorovSmirnovTest Unweighted(Rows rows) => KolmogorovSmirnovTest.Of(rows.ValuesOf(true), rows.ValuesOf(false));

    private static MannWhitneyTest Mann(Rows rows) => MannWhitneyTest.Of(rows.ValuesOf(true), rows.ValuesOf(false));

    private static Statistic TwoSamples(string name, double? constant, Func<Rows, double?> of) => new(name, of)
    {
        Values = Statistic.Kind.Numbers,
        Empty = Answer.Refused,
        OnlyFirst = Answer.Refused,
        OnlySecond = Answer.Refused,
        Constant = constant is { } value ? Answer.Is(value) : Answer.Any,
    };

    private static Statistic Table(string name, double? constant, Func<double[], double[], double?> of) => new(name, rows =>
    {
        double[,] table = rows.Table(Categories);
        return of(Row(table, 0), Row(table, 1));
    })
    {
        Values = Statistic.Kind.Categories,
        Weighted = true,
        Empty = Answer.Refused,
        OnlyFirst = Answer.Refused,
        OnlySecond = Answer.Refused,
        Constant = constant is { } value ? Answer.Is(value) : Answer.Any,
    };

    private static Statistic Independence(string name, Func<ChiSquaredTest, double?> of, Answer degenerate) =>
        new(name, rows => of(ChiSquaredTest.Of(rows.Table(Categories))))
        {
            Values = Statistic.Kind.Categories,
            Weighted = true,
            WhenGroupsSwap = value => value,
            Empty = degenerate,
            OnlyFirst = degenerate,
            OnlySecond = degenerate,
            Constant = degenerate,
        };

    private static double[] Row(double[,] table, int row) => [.. Enumerable.Range(0, Categories).Select(j => table[row, j])];
}
