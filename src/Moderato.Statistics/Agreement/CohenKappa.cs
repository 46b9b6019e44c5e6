namespace Moderato.Statistics.Agreement;

/// <summary>What a disagreement of two grades costs, on the ranks of the grades that occur.</summary>
public enum DisagreementWeight
{
    /// <summary>1 for any two that differ.</summary>
    Unweighted,

    /// <summary>|i − j|.</summary>
    Linear,

    /// <summary>(i − j)².</summary>
    Quadratic,
}

/// <summary>
/// Agreement of two raters beyond what their own frequencies would give by chance (Cohen 1960, 1968; sklearn's
/// <c>cohen_kappa_score</c>): κ = 1 − Σ w O / Σ w E, O the table of both, E the product of its margins over its sum.
/// With rare grades κ is low at high agreement: show the prevalence beside it.
/// </summary>
public static class CohenKappa
{
    /// <param name="itemWeights">Weight of each item, or empty for 1 each.</param>
    /// <returns>Undefined without items, and where both raters gave one and the same grade only.</returns>
    /// <exception cref="ArgumentException">The lists differ in length, or a weight is negative or not finite.</exception>
    public static Outcome<double> Of(
        ReadOnlySpan<int> a, ReadOnlySpan<int> b, ReadOnlySpan<double> itemWeights = default, DisagreementWeight weight = DisagreementWeight.Unweighted)
    {
        var table = Table(a, b, itemWeights);
        int grades = table.GetLength(0);
        var (rows, columns) = (new double[grades], new double[grades]);
        double sum = 0;
        for (int i = 0; i < grades; i++)
        {
            for (int j = 0; j < grades; j++)
            {
                rows[i] += table[i, j];
                columns[j] += table[i, j];
                sum += table[i, j];
            }
        }

        double observed = 0, expected = 0;
        for (int i = 0; i < grades; i++)
        {
            for (int j = 0; j < grades; j++)
            {
                double cost = weight switch
                {
                    DisagreementWeight.Linear => Math.Abs(i - j),
                    DisagreementWeight.Quadratic => (i - j) * (i - j),
                    _ => i == j ? 0 : 1,
                };
                observed += cost * table[i, j];
                expected += cost * rows[i] * columns[j] / sum;
            }
        }

        return expected > 0
            ? Outcome.Defined(1 - (observed / expected))
            : Outcome.Undefined<double>("Both raters gave one and the same grade: by chance they would agree as well.");
    }

    /// <summary>Share of the items' weight on which both gave the same grade.</summary>
    public static Outcome<double> ObservedAgreement(ReadOnlySpan<int> a, ReadOnlySpan<int> b, ReadOnlySpan<double> itemWeights = default)
    {
        var table = Table(a, b, itemWeights);
        double same = 0, sum = 0;
        for (int i = 0; i < table.GetLength(0); i++)
        {
            for (int j = 0; j < table.GetLength(0); j++)
            {
                sum += table[i, j];
                same += i == j ? table[i, j] : 0;
            }
        }

        return sum > 0 ? Outcome.Defined(same / sum) : Outcome.Undefined<double>("No item was graded by both.");
    }

    private static double[,] Table(ReadOnlySpan<int> a, ReadOnlySpan<int> b, ReadOnlySpan<double> itemWeights)
    {
        if (a.Length != b.Length || (!itemWeights.IsEmpty && itemWeights.Length != a.Length))
        {
            throw new ArgumentException($"{a.Length} and {b.Length} grades, {itemWeights.Length} weights: one of each an item.", nameof(b));
        }

        int[] grades = [.. ((int[])[.. a, .. b]).Distinct().Order()];
        var table = new double[grades.Length, grades.Length];
        for (int item = 0; item < a.Length; item++)
        {
            double weight = itemWeights.IsEmpty ? 1 : itemWeights[item];
            if (!(weight >= 0 && double.IsFinite(weight)))
            {
                throw new ArgumentException($"Weight {item} is {weight}: weights are finite and not negative.", nameof(itemWeights));
            }

            table[Array.BinarySearch(grades, a[item]), Array.BinarySearch(grades, b[item])] += weight;
        }

        return table;
    }
}
