using Moderato.Statistics.Distributions;

namespace Moderato.Statistics.HypothesisTests;

/// <summary>Pearson's χ² test of independence in an r × k table of counts, with Cramér's V as its effect size.</summary>
/// <param name="Statistic">Σ (O − E)²/E; with Yates' correction (|O − E| − ½, never past 0)²/E at one degree of freedom.</param>
/// <param name="PValue">P(χ² ≥ statistic); 1 where no degree of freedom is left.</param>
/// <param name="DegreesOfFreedom">(r − 1)(k − 1) of the rows and columns that are not empty.</param>
/// <param name="Expected">E under independence, in the table's shape; 0 in empty rows and columns.</param>
/// <param name="CramersV">√(X²/n / min(r−1, k−1)) from the uncorrected statistic; null where one row or column is left.</param>
/// <param name="BiasCorrectedCramersV">Bergsma (2013): 0 in expectation under independence; null where V is.</param>
public sealed record ChiSquaredTest(
    double Statistic, double PValue, int DegreesOfFreedom, double[,] Expected, double? CramersV, double? BiasCorrectedCramersV)
{
    /// <param name="table">Counts, each finite and at least 0. Empty rows and columns are dropped.</param>
    /// <param name="yates">Corrects for continuity at one degree of freedom.</param>
    /// <exception cref="ArgumentException">A count is negative, NaN or infinite.</exception>
    public static ChiSquaredTest Of(double[,] table, bool yates = false)
    {
        int rows = table.GetLength(0), columns = table.GetLength(1);
        double[] rowSums = new double[rows], columnSums = new double[columns];
        double n = 0;
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                double count = table[i, j];
                if (!(count >= 0 && double.IsFinite(count)))
                {
                    throw new ArgumentException($"A count is a number of at least 0; row {i}, column {j} holds {count}.", nameof(table));
                }

                rowSums[i] += count;
                columnSums[j] += count;
                n += count;
            }
        }

        int r = rowSums.Count(sum => sum > 0), k = columnSums.Count(sum => sum > 0);
        int degrees = Math.Max(0, r - 1) * Math.Max(0, k - 1);
        var expected = new double[rows, columns];
        double plain = 0, corrected = 0;
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                if (rowSums[i] == 0 || columnSums[j] == 0)
                {
                    continue;
                }

                double e = expected[i, j] = rowSums[i] / n * columnSums[j];
                double gap = Math.Abs(table[i, j] - e), less = Math.Max(0, gap - .5);
                plain += gap * gap / e;
                corrected += less * less / e;
            }
        }

        if (degrees == 0)
        {
            return new(0, 1, 0, expected, null, null);
        }

        double statistic = yates && degrees == 1 ? corrected : plain;
        double v = Math.Sqrt(plain / n / Math.Min(r - 1, k - 1));
        return new(statistic, GammaDistribution.ChiSquaredUpperTail(statistic, degrees), degrees, expected, v, BiasCorrected(plain, n, r, k));
    }

    /// <summary>√(φ²₊ / min(k̃−1, r̃−1)), φ²₊ = max(0, X²/n − (k−1)(r−1)/(n−1)), k̃ = k − (k−1)²/(n−1), r̃ alike; null where nothing is left to divide by.</summary>
    private static double? BiasCorrected(double statistic, double n, double r, double k)
    {
        double phi = Math.Max(0, (statistic / n) - ((k - 1) * (r - 1) / (n - 1)));
        double least = Math.Min(k - ((k - 1) * (k - 1) / (n - 1)), r - ((r - 1) * (r - 1) / (n - 1))) - 1;
        return n > 1 && least > 0 ? Math.Sqrt(phi / least) : null;
    }
}
