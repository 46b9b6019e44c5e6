namespace Moderato.Statistics.Tests.Properties;

/// <summary>One statistic, registered once in <see cref="Registry"/> and run through every group property.</summary>
/// <param name="Name">As a test row shows it.</param>
/// <param name="Of">Null where the statistic says that it is undefined.</param>
public sealed record Statistic(string Name, Func<Rows, double?> Of)
{
    /// <summary>What the values of its rows look like.</summary>
    public Kind Values { get; init; } = Kind.Scores;

    /// <summary>Reads <see cref="Rows.Weights"/>: then weight k equals k repeats. Without, all weights are 1.</summary>
    public bool Weighted { get; init; }

    /// <summary>Only the ratios of the weights count. False for p-values and effect sizes that know how many rows there are.</summary>
    public bool WeightScaleFree { get; init; }

    /// <summary>Only the order of the values counts.</summary>
    public bool RanksOnly { get; init; }

    /// <summary>What the value becomes when the two groups change places; null where nothing is known of that.</summary>
    public Func<double, double>? WhenGroupsSwap { get; init; }

    public required Answer Empty { get; init; }

    /// <summary>Every row in the first group (false: safe, reference).</summary>
    public required Answer OnlyFirst { get; init; }

    /// <summary>Every row in the second group (true: violating, current).</summary>
    public required Answer OnlySecond { get; init; }

    /// <summary>Both groups, one value throughout.</summary>
    public required Answer Constant { get; init; }

    /// <summary>By how much two ways to the same value may differ, relative to max(1, |value|).</summary>
    public double Tolerance { get; init; } = 1e-9;

    public override string ToString() => Name;

    public enum Kind
    {
        /// <summary>In [0,1] to 2 decimals, so with ties.</summary>
        Scores,

        /// <summary>Any size and sign, with ties.</summary>
        Numbers,

        /// <summary>Whole numbers 0 to 4.</summary>
        Categories,
    }
}
