using Moderato.Statistics.Curves;
using Moderato.Statistics.Tests.Reference;

namespace Moderato.Statistics.Tests.Curves;

public sealed class CurvesReferenceTests
{
    private static readonly ReferenceFile File = ReferenceFile.Read("curves");

    public static TheoryData<string> Cases => File.Names;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Agrees_with_scikit_learn(string name) => File.Check(name, new Dictionary<string, Action<ReferenceCase>>
    {
        ["precision-recall curve"] = PrecisionRecall,
        ["ROC curve"] = Roc,
        ["DET curve"] = Det,
        ["summaries"] = Summaries,
        ["confusion at thresholds"] = ConfusionAtThresholds,
        ["F1"] = F1,
    });

    internal static LabelledScores Rows(ReferenceCase c, string score = "score") => new(
        c.Numbers(score), [.. c.Numbers("y").Select(y => y == 1)], c.Has("sample_weight") ? c.Numbers("sample_weight") : []);

    private static void PrecisionRecall(ReferenceCase c)
    {
        var ours = PrecisionRecallCurve.Of(ScoreLevels.Of(Rows(c)));
        if (c.Error() is not null)
        {
            Assert.IsType<Outcome<PrecisionRecallCurve>.Undefined>(ours);
            return;
        }

        // Theirs ends on the convention (recall 0, precision 1), which has no threshold.
        c.Expect("precision", [.. ours.Value.Precision, 1]);
        c.Expect("recall", [.. ours.Value.Recall, 0]);
        c.Expect("thresholds", ours.Value.Thresholds);
    }

    private static void Roc(ReferenceCase c)
    {
        var ours = RocCurve.Of(ScoreLevels.Of(Rows(c)));
        if (c.Error() is not null)
        {
            Assert.IsType<Outcome<RocCurve>.Undefined>(ours);
            return;
        }

        c.Expect("fpr", ours.Value.Fpr);
        c.Expect("tpr", ours.Value.Tpr);
        c.Expect("thresholds", ours.Value.Thresholds);
    }

    private static void Det(ReferenceCase c)
    {
        var ours = DetCurve.Of(ScoreLevels.Of(Rows(c)));
        if (c.Error() is not null)
        {
            Assert.IsType<Outcome<DetCurve>.Undefined>(ours);
            return;
        }

        c.Expect("fpr", ours.Value.Fpr);
        c.Expect("fnr", ours.Value.Fnr);
        c.Expect("thresholds", ours.Value.Thresholds);
    }

    private static void Summaries(ReferenceCase c)
    {
        var levels = ScoreLevels.Of(Rows(c));
        ExpectOrUndefined(c, "average_precision", AveragePrecision.Of(levels));
        ExpectOrUndefined(c, "roc_auc", RocAuc.Of(levels));
        ExpectOrUndefined(c, "brier", BrierScore.Of(levels));
        ExpectOrUndefined(c, "log_loss", LogLoss.Of(levels));
        if (AveragePrecision.Of(levels) is Outcome<double>.Defined(var step))
        {
            c.Expect("average_precision_step_formula", step);
            c.Expect("precision_recall_trapezoid_NOT_average_precision", Trapezoid(PrecisionRecallCurve.Of(levels).Value));
        }
        else
        {
            c.LeaveOut("average_precision_step_formula", "null: undefined without positives");
            c.LeaveOut("precision_recall_trapezoid_NOT_average_precision", "null: undefined without positives");
        }
    }

    private static double Trapezoid(PrecisionRecallCurve curve)
    {
        double area = 0, recall = 0, precision = 1;
        for (int i = curve.Thresholds.Count - 1; i >= 0; i--)
        {
            area += (curve.Recall[i] - recall) * (curve.Precision[i] + precision) / 2;
            (recall, precision) = (curve.Recall[i], curve.Precision[i]);
        }

        return area;
    }

    private static void ExpectOrUndefined(ReferenceCase c, string path, Outcome<double> ours)
    {
        if (c.Error(path) is not null)
        {
            Assert.IsType<Outcome<double>.Undefined>(ours);
            return;
        }

        c.Expect(path, ours.Value);
    }

    private static void ConfusionAtThresholds(ReferenceCase c)
    {
        var levels = ScoreLevels.Of(Rows(c));
        var thresholds = c.Expected("thresholds").EnumerateArray().Select(value => value.GetDouble());
        var ours = thresholds.Select(threshold => Confusion.At(levels, threshold)).ToArray();
        c.Expect("tp", [.. ours.Select(at => at.TruePositives)]);
        c.Expect("fp", [.. ours.Select(at => at.FalsePositives)]);
        c.Expect("fn", [.. ours.Select(at => at.FalseNegatives)]);
        c.Expect("tn", [.. ours.Select(at => at.TrueNegatives)]);
    }

    private static void F1(ReferenceCase c)
    {
        var ours = MulticlassConfusion.Of(
            [.. c.Numbers("y").Select(y => (int)y)], [.. c.Numbers("predicted").Select(y => (int)y)],
            c.Numbers("classes").Length, c.Has("sample_weight") ? c.Numbers("sample_weight") : []);
        c.Expect("each", ours.F1);
        c.Expect("macro", ours.MacroF1);
        c.Expect("weighted", ours.WeightedF1);
        c.Expect("micro", ours.MicroF1);
        c.Expect("macro_zero_division_0", ours.MacroF1WithZeros);
        c.Expect("confusion", ours.Mass);
        c.Expect("precision", ours.Precision);
        c.Expect("recall", ours.Recall);
    }
}
