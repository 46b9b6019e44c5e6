namespace Moderato.Statistics.Tests.Properties;

/// <summary>Every statistic of rows. A new statistic is registered in the part of its folder: one line here and its entries there.</summary>
public static class Registry
{
    public static IReadOnlyList<Statistic> All { get; } =
    [
        .. TwoSampleStatistics.All,
        .. ScorerStatistics.All,
        .. AgreementStatistics.All,
    ];

    public static Statistic Named(string name) => All.Single(statistic => statistic.Name == name);
}
