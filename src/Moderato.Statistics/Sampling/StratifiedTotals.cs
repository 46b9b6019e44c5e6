namespace Moderato.Statistics.Sampling;

/// <summary>
/// Post-stratified totals of several measures at once, with a delete-a-group jackknife of any function of them.
/// Total of measure m: T_m = Σ_h N_h · (Σ_{i∈h} w_i x_im) / (Σ_{i∈h} w_i), where N_h is the known size of stratum h
/// (every row has a verdict and a period, labelled or not) and w_i = 1/π_i of the labelled rows. Scaling the weights to
/// the known sizes takes the chance of how many flagged rows were drawn out of the estimate.
/// Rows that belong together (near-duplicates, one author) go into one group, so that the interval counts them once.
/// One pass, memory groups × strata × measures, whatever the number of rows.
/// Source: Kott (2001), "The delete-a-group jackknife", Journal of Official Statistics 17(4).
/// </summary>
public sealed class StratifiedTotals
{
    private readonly int strata;
    private readonly int measures;
    private readonly int groups;
    private readonly double[] sizes;
    private readonly double[] sums; // [group][stratum][0 = weight, 1.. = measures]
    private readonly double[] whole; // [stratum][..]

    public StratifiedTotals(IReadOnlyList<double> stratumSizes, int measures, int groups = 100)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 2);
        strata = stratumSizes.Count;
        this.measures = measures;
        this.groups = groups;
        sizes = [.. stratumSizes];
        sums = new double[groups * strata * (measures + 1)];
        whole = new double[strata * (measures + 1)];
    }

    /// <summary>Adds one labelled row.</summary>
    /// <param name="stratum">Its stratum, from 0.</param>
    /// <param name="cluster">Any number that rows which belong together share.</param>
    /// <param name="weight">1/π, positive and finite.</param>
    /// <param name="values">One value a measure.</param>
    public void Add(int stratum, int cluster, double weight, ReadOnlySpan<double> values)
    {
        if (!(weight > 0 && double.IsFinite(weight)))
        {
            throw new ArgumentOutOfRangeException(nameof(weight), weight, "A weight is 1/π: positive and finite.");
        }

        int cell = ((GroupOf(cluster) * strata) + stratum) * (measures + 1);
        int total = stratum * (measures + 1);
        sums[cell] += weight;
        whole[total] += weight;
        for (int m = 0; m < measures; m++)
        {
            double value = weight * values[m];
            sums[cell + 1 + m] += value;
            whole[total + 1 + m] += value;
        }
    }

    /// <summary>The estimated totals over the whole population, one a measure.</summary>
    public double[] Totals() => Totals(excludedGroup: -1);

    /// <summary>
    /// A smooth function of the totals with its standard error, √((G−1)/G Σ_g (f_(g) − f)²) over the groups that hold rows.
    /// NaN where the function is undefined on the whole.
    /// </summary>
    public (double Estimate, double StandardError) Jackknife(Func<double[], double> function)
    {
        double estimate = function(Totals());
        double sumOfSquares = 0;
        int used = 0;
        for (int g = 0; g < groups; g++)
        {
            if (!HoldsRows(g))
            {
                continue;
            }

            double without = function(Totals(g));
            if (double.IsFinite(without))
            {
                sumOfSquares += (without - estimate) * (without - estimate);
                used++;
            }
        }

        return (estimate, used < 2 ? double.PositiveInfinity : Math.Sqrt(sumOfSquares * (used - 1) / used));
    }

    private double[] Totals(int excludedGroup)
    {
        var totals = new double[measures];
        for (int h = 0; h < strata; h++)
        {
            int total = h * (measures + 1);
            int cell = ((excludedGroup * strata) + h) * (measures + 1);
            double weight = whole[total] - (excludedGroup < 0 ? 0 : sums[cell]);
            if (weight <= whole[total] * 1e-12)
            {
                continue;
            }

            double scale = sizes[h] / weight;
            for (int m = 1; m <= measures; m++)
            {
                totals[m - 1] += scale * (whole[total + m] - (excludedGroup < 0 ? 0 : sums[cell + m]));
            }
        }

        return totals;
    }

    private bool HoldsRows(int group)
    {
        for (int h = 0; h < strata; h++)
        {
            if (sums[((group * strata) + h) * (measures + 1)] > 0)
            {
                return true;
            }
        }

        return false;
    }

    // A fixed mixing of the cluster number, so that neighbouring clusters fall into unlike groups.
    private int GroupOf(int cluster)
    {
        uint x = (uint)cluster * 2654435769u;
        x ^= x >> 15;
        x *= 2246822519u;
        x ^= x >> 13;
        return (int)(x % (uint)groups);
    }
}
