using Moderato.Statistics.Calibration;

namespace Moderato.Statistics.Tests.Calibration;

public sealed class LogisticRegressionTests
{
    [Fact]
    public void With_one_column_and_no_penalty_is_the_fit_of_one_column()
    {
        var random = new Random(5);
        double[] x = [.. Enumerable.Range(0, 300).Select(_ => (random.NextDouble() * 8) - 4)];
        bool[] y = [.. x.Select(value => random.NextDouble() < 1 / (1 + Math.Exp(-((1.3 * value) - 0.4))))];
        double[] weights = [.. x.Select((_, i) => 1 + (i % 3))];
        var one = LogisticFit.Of(x, [.. y.Select(positive => positive ? 1.0 : 0)], weights);
        var several = LogisticRegression.Fit([.. x.Select(value => (double[])[value])], y, weights, penalty: 0).Value;
        Assert.Equal(one.Slope, several.Weights[0], 1e-8);
        Assert.Equal(one.Intercept, several.Intercept, 1e-8);
    }

    [Fact]
    public void Solves_the_score_equations_of_its_penalised_likelihood()
    {
        var random = new Random(6);
        double[][] rows = [.. Enumerable.Range(0, 400).Select(_ => (double[])[random.NextDouble() * 3, (random.NextDouble() * 100) - 50, random.NextDouble()])];
        bool[] y = [.. rows.Select(row => random.NextDouble() < 1 / (1 + Math.Exp(-(row[0] + (0.05 * row[1]) - 1))))];
        var fit = LogisticRegression.Fit(rows, y, [.. rows.Select(_ => 1.0)], penalty: 2).Value;
        double[] residuals = [.. rows.Select((row, i) => (y[i] ? 1 : 0) - (1 / (1 + Math.Exp(-(fit.Intercept + row.Zip(fit.Weights, (a, b) => a * b).Sum())))))];
        Assert.Equal(0, residuals.Sum(), 1e-7);
        for (int j = 0; j < 3; j++)
        {
            double mean = rows.Average(row => row[j]), variance = rows.Average(row => (row[j] - mean) * (row[j] - mean));
            Assert.Equal(2 * variance * fit.Weights[j], residuals.Zip(rows, (residual, row) => residual * row[j]).Sum(), 1e-6);
        }
    }

    [Fact]
    public void Stays_finite_where_classes_separate_and_columns_do_not_vary()
    {
        double[][] rows = [.. Enumerable.Range(0, 40).Select(i => (double[])[i, 7, i])];
        var fit = LogisticRegression.Fit(rows, [.. rows.Select(row => row[0] >= 20)], [.. rows.Select(_ => 1.0)]).Value;
        Assert.All(fit.Weights.Append(fit.Intercept), weight => Assert.True(double.IsFinite(weight)));
        Assert.Equal(0, fit.Weights[1], 1e-9);
        Assert.Equal(fit.Weights[0], fit.Weights[2], 1e-9);
    }

    [Fact]
    public void Is_undefined_for_one_class_and_refuses_what_is_no_number()
    {
        Assert.IsType<Outcome<LogisticRegression>.Undefined>(LogisticRegression.Fit([[1], [2]], [true, true], [1, 1]));
        Assert.IsType<Outcome<LogisticRegression>.Undefined>(LogisticRegression.Fit([], [], []));
        Assert.IsType<Outcome<LogisticRegression>.Undefined>(LogisticRegression.Fit([[1], [2]], [true, false], [1, 0]));
        Assert.Throws<ArgumentException>(() => LogisticRegression.Fit([[double.NaN], [2]], [true, false], [1, 1]));
        Assert.Throws<ArgumentException>(() => LogisticRegression.Fit([[1], [2, 3]], [true, false], [1, 1]));
    }
}
