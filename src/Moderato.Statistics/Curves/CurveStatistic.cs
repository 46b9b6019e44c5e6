using Moderato.Statistics.Calibration;

namespace Moderato.Statistics.Curves;

/// <summary>A number read off the levels of a scorer, with the class whose rows it is a share of; what a bootstrap repeats.</summary>
public sealed class CurveStatistic
{
    private CurveStatistic(string name, RowsCounted rows, Evaluation at) => (Name, Rows, At) = (name, rows, at);

    internal delegate double Evaluation(LevelMasses levels);

    internal enum RowsCounted
    {
        All,
        Positive,
        Negative,
    }

    public static CurveStatistic AveragePrecision { get; } = new("average precision", RowsCounted.Positive, Curves.AveragePrecision.At);

    public static CurveStatistic RocAuc { get; } = new("ROC AUC", RowsCounted.All, Curves.RocAuc.At);

    public string Name { get; }

    internal RowsCounted Rows { get; }

    /// <summary>NaN where undefined.</summary>
    internal Evaluation At { get; }

    public static CurveStatistic TprAtFpr(double fprLimit) =>
        new($"TPR at FPR {fprLimit}", RowsCounted.Positive, levels => Curves.TprAtFpr.At(levels, fprLimit));

    /// <summary>Macro-F1 of the single cut: flagged when score ≥ threshold.</summary>
    public static CurveStatistic MacroF1(double threshold) =>
        new("macro-F1", RowsCounted.All, levels => Confusion.At(levels, threshold).MacroF1Value);

    public static CurveStatistic Fpr(double threshold) => new("FPR", RowsCounted.Negative, levels =>
    {
        var at = Confusion.At(levels, threshold);
        return at.FalsePositives / (at.FalsePositives + at.TrueNegatives);
    });

    public static CurveStatistic Fnr(double threshold) => new("FNR", RowsCounted.Positive, levels =>
    {
        var at = Confusion.At(levels, threshold);
        return at.FalseNegatives / (at.FalseNegatives + at.TruePositives);
    });

    public static CurveStatistic Precision(double threshold) => new("precision", RowsCounted.All, levels =>
    {
        var at = Confusion.At(levels, threshold);
        return at.TruePositives / (at.TruePositives + at.FalsePositives);
    });

    /// <summary>
    /// Expected calibration error Σ (n_b/N) |ȳ_b − s̄_b| over bins of equal mass, whose edges are the quantiles of these rows
    /// and stay where they are when rows are resampled. Its resamples lie above it, most for calibrated scores.
    /// </summary>
    /// <exception cref="ArgumentException">A score is outside [0,1].</exception>
    public static CurveStatistic CalibrationError(LabelledScores rows, int bins = 15)
    {
        rows.CheckProbabilities();
        double[] edges = ReliabilityBinningExtensions.QuantileEdges(rows, bins);
        return new("calibration error", RowsCounted.All, levels => CalibrationErrorAt(levels, edges));
    }

    private static double CalibrationErrorAt(LevelMasses levels, double[] edges)
    {
        double total = 0, gaps = 0, positive = 0, score = 0;
        int bin = 0;
        for (int i = 0; i < levels.Count; i++)
        {
            // An edge belongs to the bin below it.
            if (bin < edges.Length && levels.Thresholds[i] > edges[bin])
            {
                gaps += Math.Abs(positive - score);
                (positive, score) = (0, 0);
                while (bin < edges.Length && levels.Thresholds[i] > edges[bin])
                {
                    bin++;
                }
            }

            double here = levels.Positive[i] + levels.Negative[i];
            total += here;
            positive += levels.Positive[i];
            score += here * levels.Thresholds[i];
        }

        return (gaps + Math.Abs(positive - score)) / total;
    }
}
