namespace Moderato.Statistics.Tests.Properties;

/// <summary>
/// What every statistic of rows is run on: a value, one of two groups, a weight. The groups are the truth (true = violating) for a
/// curve or calibration, the periods (true = current) for a comparison of two samples.
/// </summary>
public sealed record Rows(double[] Values, bool[] Group, double[] Weights)
{
    public int Count => Values.Length;

    public static Rows Of(IEnumerable<(double Value, bool Group, double Weight)> rows)
    {
        var list = rows.ToArray();
        return new([.. list.Select(row => row.Value)], [.. list.Select(row => row.Group)], [.. list.Select(row => row.Weight)]);
    }

    public double[] ValuesOf(bool group) => [.. Values.Where((_, i) => Group[i] == group)];

    public double[] WeightsOf(bool group) => [.. Weights.Where((_, i) => Group[i] == group)];

    /// <summary>Weighted counts by integer value, a row a group (false first): for statistics of tables.</summary>
    public double[,] Table(int categories)
    {
        var table = new double[2, categories];
        for (int i = 0; i < Count; i++)
        {
            table[Group[i] ? 1 : 0, (int)Values[i]] += Weights[i];
        }

        return table;
    }

    public IEnumerable<(double Value, bool Group, double Weight)> Each() => Values.Select((value, i) => (value, Group[i], Weights[i]));
}
