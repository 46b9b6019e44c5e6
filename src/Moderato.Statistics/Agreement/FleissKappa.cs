namespace Moderato.Statistics.Agreement;

/// <summary>
/// Agreement of equally many raters an item, whoever they are: (P̄ − P_e) / (1 − P_e), P̄ the mean share of agreeing pairs.
/// Chance agreement P_e is Σ p_j² of the categories' shares (Fleiss 1971), or 1/k (Randolph 2005), which knows no prevalence.
/// </summary>
public static class FleissKappa
{
    /// <param name="counts">Items × categories: how many raters chose it; each row has the same sum, at least 2.</param>
    public static Outcome<double> Of(IReadOnlyList<IReadOnlyList<int>> counts)
    {
        var (agreement, shares) = Pairs(counts);
        double chance = shares.Sum(share => share * share);
        return chance < 1
            ? Outcome.Defined((agreement - chance) / (1 - chance))
            : Outcome.Undefined<double>("All ratings are one category: chance would agree as well.");
    }

    /// <summary>Randolph's free-marginal κ.</summary>
    public static Outcome<double> FreeMarginal(IReadOnlyList<IReadOnlyList<int>> counts)
    {
        var (agreement, shares) = Pairs(counts);
        double chance = 1.0 / shares.Length;
        return chance < 1 ? Outcome.Defined((agreement - chance) / (1 - chance)) : Outcome.Undefined<double>("There is one category only.");
    }

    private static (double Agreement, double[] Shares) Pairs(IReadOnlyList<IReadOnlyList<int>> counts)
    {
        int raters = counts.Count == 0 ? 0 : counts[0].Sum();
        if (raters < 2 || counts.Any(row => row.Count != counts[0].Count || row.Sum() != raters || row.Any(count => count < 0)))
        {
            throw new ArgumentException("Each item needs the same number of ratings, two at least, over the same categories.", nameof(counts));
        }

        var shares = new double[counts[0].Count];
        double agreement = 0;
        foreach (var row in counts)
        {
            double pairs = 0;
            for (int j = 0; j < shares.Length; j++)
            {
                shares[j] += row[j];
                pairs += (double)row[j] * (row[j] - 1);
            }

            agreement += pairs / ((double)raters * (raters - 1));
        }

        return (agreement / counts.Count, Array.ConvertAll(shares, share => share / ((double)raters * counts.Count)));
    }
}
