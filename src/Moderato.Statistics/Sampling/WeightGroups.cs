namespace Moderato.Statistics.Sampling;

/// <summary>
/// Rows of like weight: a group for each distinct weight where there are few, else groups of about equally many rows.
/// Audits draw at a few rates, so the groups are usually the strata of the draw.
/// </summary>
internal sealed class WeightGroups
{
    private const int Most = 8;

    /// <summary>The largest weight of each group but the last, rising.</summary>
    private readonly double[] upTo;

    private WeightGroups(double[] upTo, bool areStrata) => (this.upTo, AreStrata) = (upTo, areStrata);

    /// <summary>Whether each group holds one weight, as a stratified draw gives it; else the groups are cut from weights of all kinds.</summary>
    public bool AreStrata { get; }

    public int Count => upTo.Length + 1;

    /// <summary>All rows together.</summary>
    public static WeightGroups One { get; } = new([], areStrata: true);

    public static WeightGroups Of(ReadOnlySpan<double> weights)
    {
        // Weights that differ by rounding only are one.
        double[] sorted = weights.ToArray();
        Array.Sort(sorted);
        var ends = new List<double>();
        for (int i = 1; i < sorted.Length && ends.Count < Most; i++)
        {
            if (sorted[i] > sorted[i - 1] * (1 + 1e-9))
            {
                ends.Add(sorted[i - 1]);
            }
        }

        bool areStrata = ends.Count < Most;
        if (!areStrata)
        {
            ends.Clear();
            for (int group = 1; group < Most; group++)
            {
                double end = sorted[(sorted.Length * group / Most) - 1];
                if (end < sorted[^1] && (ends.Count == 0 || end > ends[^1]))
                {
                    ends.Add(end);
                }
            }
        }

        return new([.. ends], areStrata);
    }

    public int Of(double weight)
    {
        int group = 0;
        while (group < upTo.Length && weight > upTo[group])
        {
            group++;
        }

        return group;
    }
}
