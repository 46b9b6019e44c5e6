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

    /// <summary>
    /// For a share of rows: whether a row of this score and truth is counted in it, null where it is not of the population. Such a
    /// share has a share's interval; a bootstrap of few events covers too little.
    /// </summary>
    internal Func<double, bool, bool?>? Counts { get; private init; }

    public static CurveStatistic TprAtFpr(double fprLimit) =>
        new($"TPR at FPR {fprLimit}", RowsCounted.Positive, levels => Curves.TprAtFpr.At(levels, fprLimit));

    /// <summary>Macro-F1 of the single cut: flagged when score ≥ threshold.</summary>
    public static CurveStatistic MacroF1(double threshold) =>
        new("macro-F1", RowsCounted.All, levels => Confusion.At(levels, threshold).MacroF1Value);

    public static CurveStatistic Fpr(double threshold) => new("FPR", RowsCounted.Negative, levels =>
    {
        var at = Confusion.At(levels, threshold);
        return at.FalsePositives / (at.FalsePositives + at.TrueNegatives);
    })
    {
        Counts = (score, positive) => positive ? null : score >= threshold,
    };

    public static CurveStatistic Fnr(double threshold) => new("FNR", RowsCounted.Positive, levels =>
    {
        var at = Confusion.At(levels, threshold);
        return at.FalseNegatives / (at.FalseNegatives + at.TruePositives);
    })
    {
        Counts = (score, positive) => positive ? score < threshold : null,
    };

    public static CurveStatistic Precision(double threshold) => new("precision", RowsCounted.All, levels =>
    {
        var at = Confusion.At(levels, threshold);
        return at.TruePositives / (at.TruePositives + at.FalsePositives);
    })
    {
        Counts = (score, positive) => score >= threshold ? positive : null,
    };

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

    /// <summary>
    /// The root of the debiased square Σ (n_b/N)[(ȳ_b − s̄_b)² − ȳ_b(1 − ȳ_b)/(n_b − 1)], 0 where that is negative, over the bins of
    /// <see cref="CalibrationError(LabelledScores, int)"/>; see <see cref="Calibration.CalibrationError.Debiased"/>. For rows of weight 1.
    /// </summary>
    /// <exception cref="ArgumentException">A score is outside [0,1].</exception>
    public static CurveStatistic DebiasedCalibrationError(LabelledScores rows, int bins = 15)
    {
        rows.CheckProbabilities();
        double[] edges = ReliabilityBinningExtensions.QuantileEdges(rows, bins);
        return new("debiased calibration error", RowsCounted.All, levels => Math.Sqrt(Math.Max(0, OverBins(levels, edges, DebiasedGap))));
    }

    private static double CalibrationErrorAt(LevelMasses levels, double[] edges) =>
        OverBins(levels, edges, (mass, positive, score) => Math.Abs(positive - score));

    /// <summary>n_b [(ȳ_b − s̄_b)² − ȳ_b(1 − ȳ_b)/(n_b − 1)]; 0 for a bin of one row, which says nothing of its variance.</summary>
    private static double DebiasedGap(double mass, double positive, double score)
    {
        if (mass <= 1)
        {
            return 0;
        }

        double observed = positive / mass, gap = observed - (score / mass);
        return mass * ((gap * gap) - (observed * (1 - observed) / (mass - 1)));
    }

    /// <summary>Σ term(n_b, positives in b, sum of scores in b) / N.</summary>
    private static double OverBins(LevelMasses levels, double[] edges, Func<double, double, double, double> term)
    {
        double total = 0, sum = 0, mass = 0, positive = 0, score = 0;
        int bin = 0;
        for (int i = 0; i < levels.Count; i++)
        {
            // An edge belongs to the bin below it.
            if (bin < edges.Length && levels.Thresholds[i] > edges[bin])
            {
                sum += term(mass, positive, score);
                (mass, positive, score) = (0, 0, 0);
                while (bin < edges.Length && levels.Thresholds[i] > edges[bin])
                {
                    bin++;
                }
            }

            double here = levels.Positive[i] + levels.Negative[i];
            total += here;
            mass += here;
            positive += levels.Positive[i];
            score += here * levels.Thresholds[i];
        }

        return (sum + term(mass, positive, score)) / total;
    }
}
