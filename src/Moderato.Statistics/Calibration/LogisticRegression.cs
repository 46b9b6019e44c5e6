namespace Moderato.Statistics.Calibration;

/// <summary>
/// p = σ(b + Σ wⱼxⱼ), several x: penalised maximum likelihood with the penalty ½·λ·Σ (wⱼ·sdⱼ)², b free, by Newton's method
/// with halved steps. λ = 1 on hundreds of rows changes little and keeps weights finite where classes separate.
/// </summary>
/// <param name="Weights">In the order of the columns.</param>
public sealed record LogisticRegression(double Intercept, IReadOnlyList<double> Weights)
{
    private const int MostSteps = 100;

    /// <param name="rows">Each as long as the others.</param>
    /// <param name="weights">One a row, not negative.</param>
    /// <returns>Undefined when a class has no weight, since no finite map says 0 or 1 for certain.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a number is not finite.</exception>
    public static Outcome<LogisticRegression> Fit(IReadOnlyList<double[]> rows, IReadOnlyList<bool> positive, IReadOnlyList<double> weights, double penalty = 1)
    {
        if (rows.Count != positive.Count || rows.Count != weights.Count || rows.Any(row => row.Length != rows[0].Length))
        {
            throw new ArgumentException("Rows, truths and weights are as many, and rows are of one length.", nameof(rows));
        }

        if (rows.Any(row => !row.All(double.IsFinite)) || weights.Any(weight => !(weight >= 0 && double.IsFinite(weight))))
        {
            throw new ArgumentException("A number is not finite, or a weight is negative.", nameof(rows));
        }

        double mass = weights.Sum(), violating = rows.Select((_, i) => positive[i] ? weights[i] : 0).Sum();
        if (!(violating > 0 && violating < mass))
        {
            return Outcome.Undefined<LogisticRegression>("One of the two classes has no row of positive weight.");
        }

        int columns = rows[0].Length;
        var mean = new double[columns];
        var scale = new double[columns];
        for (int j = 0; j < columns; j++)
        {
            mean[j] = rows.Select((row, i) => weights[i] * row[j]).Sum() / mass;
            double variance = rows.Select((row, i) => weights[i] * (row[j] - mean[j]) * (row[j] - mean[j])).Sum() / mass;
            scale[j] = variance > 0 ? Math.Sqrt(variance) : 1;
        }

        // A leading 1 for the intercept, which is not penalised.
        double[][] x = [.. rows.Select(row => (double[])[1, .. row.Select((value, j) => (value - mean[j]) / scale[j])])];
        var beta = new double[columns + 1];
        beta[0] = Math.Log(violating / (mass - violating));
        Newton(x, positive, weights, penalty, beta);
        double[] slopes = [.. Enumerable.Range(0, columns).Select(j => beta[j + 1] / scale[j])];
        return Outcome.Defined(new LogisticRegression(beta[0] - slopes.Select((slope, j) => slope * mean[j]).Sum(), slopes));
    }

    private static void Newton(double[][] x, IReadOnlyList<bool> positive, IReadOnlyList<double> weights, double penalty, double[] beta)
    {
        double loss = Loss(x, positive, weights, penalty, beta);
        for (int step = 0; step < MostSteps; step++)
        {
            double[] change = Solve(x, positive, weights, penalty, beta);
            double size = 1;
            double[] next;
            double nextLoss;
            do
            {
                next = [.. beta.Select((value, j) => value - (size * change[j]))];
                nextLoss = Loss(x, positive, weights, penalty, next);
                size /= 2;
            }
            while (nextLoss > loss + (1e-12 * Math.Abs(loss)) && size > 1e-6);
            next.CopyTo(beta, 0);
            loss = nextLoss;
            if (change.Max(Math.Abs) < 1e-12 * (1 + beta.Max(Math.Abs)))
            {
                return;
            }
        }
    }

    /// <summary>H⁻¹g by elimination; the intercept's information is never 0 because both classes have weight.</summary>
    private static double[] Solve(double[][] x, IReadOnlyList<bool> positive, IReadOnlyList<double> weights, double penalty, double[] beta)
    {
        int n = beta.Length;
        var augmented = new double[n][];
        for (int j = 0; j < n; j++)
        {
            augmented[j] = new double[n + 1];
            augmented[j][j] = j == 0 ? 1e-12 : penalty;
            augmented[j][n] = j == 0 ? 0 : penalty * beta[j];
        }

        for (int i = 0; i < x.Length; i++)
        {
            double p = LogisticFit.Sigmoid(Dot(x[i], beta));
            double error = weights[i] * (p - (positive[i] ? 1 : 0)), information = weights[i] * p * (1 - p);
            for (int j = 0; j < n; j++)
            {
                augmented[j][n] += error * x[i][j];
                for (int k = 0; k < n; k++)
                {
                    augmented[j][k] += information * x[i][j] * x[i][k];
                }
            }
        }

        for (int pivot = 0; pivot < n; pivot++)
        {
            int best = Enumerable.Range(pivot, n - pivot).MaxBy(j => Math.Abs(augmented[j][pivot]));
            (augmented[pivot], augmented[best]) = (augmented[best], augmented[pivot]);
            for (int j = 0; j < n; j++)
            {
                double factor = j == pivot ? 0 : augmented[j][pivot] / augmented[pivot][pivot];
                for (int k = pivot; k <= n && factor != 0; k++)
                {
                    augmented[j][k] -= factor * augmented[pivot][k];
                }
            }
        }

        return [.. Enumerable.Range(0, n).Select(j => augmented[j][n] / augmented[j][j])];
    }

    private static double Loss(double[][] x, IReadOnlyList<bool> positive, IReadOnlyList<double> weights, double penalty, double[] beta)
    {
        double loss = 0.5 * penalty * beta.Skip(1).Sum(slope => slope * slope);
        for (int i = 0; i < x.Length; i++)
        {
            double z = Dot(x[i], beta);
            loss += weights[i] * (LogisticFit.Softplus(z) - (positive[i] ? z : 0));
        }

        return loss;
    }

    private static double Dot(double[] row, double[] beta)
    {
        double sum = 0;
        for (int j = 0; j < row.Length; j++)
        {
            sum += row[j] * beta[j];
        }

        return sum;
    }
}
