using Moderato.Statistics.Distributions;

namespace Moderato.Statistics.Detection;

/// <summary>
/// Mean days between false alarms of charts of standard normal values, by the Markov chain of the chart's state (Brook and Evans
/// 1972), and the limit that gives a whole dashboard a stated one.
/// </summary>
public static class RunLength
{
    /// <summary>States of the chain; 100 give the third digit.</summary>
    private const int States = 100;

    /// <summary>Of a one-sided CUSUM max(0, C + z − k) that alarms above h.</summary>
    /// <param name="shift">Mean of z: 0 where nothing changed.</param>
    public static double OfCusum(double allowance, double limit, double shift = 0)
    {
        double width = 2 * limit / ((2 * States) - 1);
        return Solve((from, to) =>
        {
            // State i stands for sums around i · width; the lowest for all that fall to 0.
            double low = to == 0 ? double.NegativeInfinity : ((to - from - .5) * width) + allowance - shift;
            return Between(low, ((to - from + .5) * width) + allowance - shift);
        }, start: 0);
    }

    /// <summary>Of both sums of a CUSUM together: their alarms add up.</summary>
    public static double OfTwoSidedCusum(double allowance, double limit, double shift = 0) =>
        1 / ((1 / OfCusum(allowance, limit, shift)) + (1 / OfCusum(allowance, limit, -shift)));

    /// <summary>Of an EWMA z ← w x + (1 − w) z that alarms beyond ± L √(w/(2 − w)), its limits as they are in the long run.</summary>
    public static double OfEwma(double weight, double limit, double shift = 0)
    {
        double half = limit * Math.Sqrt(weight / (2 - weight)), width = 2 * half / States;
        double Middle(int state) => -half + ((state + .5) * width);
        return Solve(
            (from, to) => Between(
                ((Middle(to) - (width / 2) - ((1 - weight) * Middle(from))) / weight) - shift,
                ((Middle(to) + (width / 2) - ((1 - weight) * Middle(from))) / weight) - shift),
            start: States / 2);
    }

    /// <summary>h of a two-sided CUSUM such that so many charts side by side raise one false alarm in so many days.</summary>
    public static double CusumLimit(double allowance, int charts, double days) => Limit(h => OfTwoSidedCusum(allowance, h), charts, days);

    /// <summary>L of an EWMA with the same promise.</summary>
    public static double EwmaLimit(double weight, int charts, double days) => Limit(l => OfEwma(weight, l), charts, days);

    private static double Limit(Func<double, double> runLength, int charts, double days)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(charts, 1);
        if (!(days >= 1 && days * charts <= 1e7))
        {
            throw new ArgumentOutOfRangeException(nameof(days), days, "Days between false alarms are at least 1, and 10 million over all charts at most.");
        }

        double low = .05, high = 12;
        for (int halving = 0; halving < 50; halving++)
        {
            double middle = (low + high) / 2;
            (low, high) = runLength(middle) < days * charts ? (middle, high) : (low, middle);
        }

        return high;
    }

    /// <summary>Mean steps until the chain leaves its states: (I − Q) a = 1, by elimination.</summary>
    private static double Solve(Func<int, int, double> probability, int start)
    {
        var rows = new double[States][];
        for (int from = 0; from < States; from++)
        {
            rows[from] = new double[States + 1];
            for (int to = 0; to < States; to++)
            {
                rows[from][to] = (from == to ? 1 : 0) - probability(from, to);
            }

            rows[from][States] = 1;
        }

        // The matrix is diagonally dominant, so no pivot is needed.
        for (int pivot = 0; pivot < States; pivot++)
        {
            for (int row = pivot + 1; row < States; row++)
            {
                double factor = rows[row][pivot] / rows[pivot][pivot];
                for (int column = pivot; column <= States; column++)
                {
                    rows[row][column] -= factor * rows[pivot][column];
                }
            }
        }

        var steps = new double[States];
        for (int row = States - 1; row >= 0; row--)
        {
            double sum = rows[row][States];
            for (int column = row + 1; column < States; column++)
            {
                sum -= rows[row][column] * steps[column];
            }

            steps[row] = sum / rows[row][row];
        }

        return steps[start];
    }

    /// <summary>P(low &lt; Z ≤ high), from the nearer tail.</summary>
    private static double Between(double low, double high) => low > 0
        ? NormalDistribution.UpperTail(low) - NormalDistribution.UpperTail(high)
        : NormalDistribution.UpperTail(-high) - NormalDistribution.UpperTail(-low);
}
