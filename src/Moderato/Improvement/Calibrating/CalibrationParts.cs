namespace Moderato.Improvement.Calibrating;

/// <summary>A labelled content as the tiers scored it, for one category.</summary>
/// <param name="Scores">By tier: of those that judged it, the later tier's among them.</param>
/// <param name="Cluster">Its near-duplicates have the same; parts do not tear them apart.</param>
/// <param name="InclusionProbability">With which it came to be labelled; 1 where all were.</param>
public sealed record TierRow(IReadOnlyDictionary<string, double> Scores, bool Violating, int Cluster, double InclusionProbability = 1);

/// <summary>Labelled contents in three parts by cluster, weighted to a prior: one to fit on, one to choose on, one that neither has seen to report on.</summary>
public sealed record CalibrationParts(WeightedRows Fit, WeightedRows Choose, WeightedRows Report, double Prior)
{
    /// <param name="tier">Contents that it did not judge are left out.</param>
    /// <param name="prior">The share of violating contents on the platform; null when the rows are a sample of it.</param>
    public static CalibrationParts Of(string tier, IReadOnlyList<TierRow> rows, double? prior)
    {
        var usable = rows.Where(row => row.Scores.ContainsKey(tier) && row.InclusionProbability > 0).ToList();
        double mass = usable.Sum(Weight), violating = usable.Where(row => row.Violating).Sum(Weight);
        double at = prior ?? (mass > 0 ? violating / mass : 0);
        WeightedRows Part(int part)
        {
            var own = usable.Where(row => PartOf(row.Cluster) == part).ToList();
            return new(own, [.. own.Select(row => Weight(row) * (prior is null ? 1 : row.Violating ? at * mass / violating : (1 - at) * mass / (mass - violating)))]);
        }

        return new(Part(0), Part(1), Part(2), at);
    }

    private static double Weight(TierRow row) => 1 / row.InclusionProbability;

    private static int PartOf(int cluster) => (int)(((uint)cluster * 0x9E3779B1u >> 8) % 3);
}

/// <param name="Weights">One for each row.</param>
public sealed record WeightedRows(IReadOnlyList<TierRow> Rows, double[] Weights)
{
    /// <summary>Rows of the class that has fewer.</summary>
    public int LeastOfEach => Math.Min(Rows.Count(row => row.Violating), Rows.Count(row => !row.Violating));
}
