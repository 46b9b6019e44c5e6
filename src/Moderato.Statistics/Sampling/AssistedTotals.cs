namespace Moderato.Statistics.Sampling;

/// <summary>
/// Totals of a class (truly safe contents) over strata of known size, split by marks that every row carries, labelled or
/// not. With g the mark, y the class, w = 1/π, p̂ = Σ w y / Σ w in stratum h of N rows, the difference estimator
/// T = N · Σ w g (y − p̂) / Σ w + p̂ · Σ over all rows of g: which marked rows happened to be labelled then costs no precision
/// (Särndal, Swensson and Wretman 1992, 6.3). Marks that are known on labelled rows only are post-stratified,
/// T = N · Σ w g y / Σ w. Standard errors by delete-a-group jackknife over clusters (Kott 2001); for the rows that are there,
/// rather than for what brings such rows, a label counts √(1 − π) of itself in its group (finite-population correction).
/// </summary>
public sealed class AssistedTotals
{
    private const int Groups = 100;
    private readonly int strata;
    private readonly int measures;
    private readonly double[] sizes;
    private readonly bool[] known;
    private readonly int[] twins;
    private readonly double[] population; // [stratum][measure]
    private readonly bool[] held = new bool[Groups];
    private readonly double[] sums; // [group][stratum][weight, class, then (g, g·y) a measure]
    private readonly Lazy<(double[,] Whole, List<double[,]> Without)> totals;

    /// <param name="twins">A stratum each: from which it borrows the class's share where it has no label of its own.</param>
    /// <param name="knownForAll">A measure each: whether rows without a label carry it too.</param>
    public AssistedTotals(IReadOnlyList<int> twins, IReadOnlyList<bool> knownForAll)
    {
        strata = twins.Count;
        this.twins = [.. twins];
        known = [.. knownForAll];
        measures = known.Length;
        sizes = new double[strata];
        population = new double[strata * measures];
        sums = new double[(Groups + 1) * strata * Width];
        totals = new(Compute);
    }

    private int Width => 2 + (2 * measures);

    /// <summary>Counts a row, labelled or not.</summary>
    public void Count(int stratum) => sizes[stratum]++;

    /// <summary>Counts a row's mark, labelled or not.</summary>
    public void CountMark(int stratum, int measure, double mark) => population[(stratum * measures) + measure] += mark;

    /// <summary>Adds a labelled row.</summary>
    /// <param name="cluster">Any number that rows which belong together share.</param>
    /// <param name="weight">1/π, positive and finite.</param>
    /// <param name="taken">The π of the correction for a finite population, where the rows that are there are meant; 0 for none.</param>
    public void Label(int stratum, int cluster, double weight, bool inClass, double taken = 0)
    {
        if (!(weight > 0 && double.IsFinite(weight)))
        {
            throw new ArgumentOutOfRangeException(nameof(weight), weight, "A weight is 1/π: positive and finite.");
        }

        double left = Math.Sqrt(1 - Math.Clamp(taken, 0, 1));
        Add(stratum, cluster, 0, weight, left);
        Add(stratum, cluster, 1, inClass ? weight : 0, left);
    }

    /// <summary>Adds a labelled row's mark.</summary>
    public void LabelMark(int stratum, int cluster, double weight, bool inClass, int measure, double mark)
    {
        Add(stratum, cluster, 2 + (2 * measure), weight * mark);
        Add(stratum, cluster, 3 + (2 * measure), inClass ? weight * mark : 0);
    }

    /// <summary>
    /// By stratum the class total and then that of each measure: [stratum, 0] and [stratum, 1 + measure]. NaN in a stratum that has
    /// rows, and no label nor a twin with one.
    /// </summary>
    public double[,] Totals => totals.Value.Whole;

    /// <summary>
    /// A smooth function of the totals with its standard error, √((G−1)/G Σ_g (f_(g) − f)²) over the groups that hold rows. The
    /// error is infinite where fewer than two groups leave the function defined.
    /// </summary>
    public (double Estimate, double StandardError) Jackknife(Func<double[,], double> function)
    {
        double estimate = function(totals.Value.Whole), squares = 0;
        int used = 0;
        foreach (var replicate in totals.Value.Without)
        {
            double without = function(replicate);
            if (double.IsFinite(without))
            {
                squares += (without - estimate) * (without - estimate);
                used++;
            }
        }

        return (estimate, used < 2 ? double.PositiveInfinity : Math.Sqrt(squares * (used - 1) / used));
    }

    private void Add(int stratum, int cluster, int at, double value, double left = 1)
    {
        held[GroupOf(cluster)] = true;
        sums[(((GroupOf(cluster) * strata) + stratum) * Width) + at] += left * value;
        sums[(((Groups * strata) + stratum) * Width) + at] += value;
    }

    private (double[,] Whole, List<double[,]> Without) Compute()
    {
        var without = new List<double[,]>();
        for (int group = 0; group < Groups; group++)
        {
            if (held[group])
            {
                without.Add(Without(group));
            }
        }

        return (Without(-1), without);
    }

    private double[,] Without(int group)
    {
        var result = new double[strata, measures + 1];
        for (int h = 0; h < strata; h++)
        {
            var own = SumsWithout(group, h);
            bool labelled = own[0] > 0;
            double size = sizes[h], share = labelled ? own[1] / own[0] : SumsWithout(group, twins[h]) is var twin && twin[0] > 0 ? twin[1] / twin[0] : double.NaN;
            result[h, 0] = size == 0 ? 0 : size * share;
            for (int m = 0; m < measures; m++)
            {
                double all = population[(h * measures) + m], marked = own[2 + (2 * m)], both = own[3 + (2 * m)];
                result[h, 1 + m] = size == 0 || (known[m] && all == 0) ? 0
                    : !labelled ? (known[m] ? share * all : double.NaN)
                    : known[m] ? Math.Clamp((share * all) + (size * (both - (share * marked)) / own[0]), 0, all)
                    : size * both / own[0];
            }
        }

        return result;
    }

    private double[] SumsWithout(int group, int stratum)
    {
        var own = new double[Width];
        for (int at = 0; at < own.Length; at++)
        {
            own[at] = sums[(((Groups * strata) + stratum) * Width) + at] - (group < 0 ? 0 : sums[(((group * strata) + stratum) * Width) + at]);
        }

        // What is left of a difference by rounding is nothing.
        own[0] = own[0] > 1e-12 * sums[((Groups * strata) + stratum) * Width] ? own[0] : 0;
        return own;
    }

    // A fixed mixing of the cluster number, so that neighbouring clusters fall into unlike groups.
    private static int GroupOf(int cluster)
    {
        uint x = (uint)cluster * 2654435769u;
        x ^= x >> 15;
        x *= 2246822519u;
        x ^= x >> 13;
        return (int)(x % Groups);
    }
}
