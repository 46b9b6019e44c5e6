using System.Globalization;
using Moderato.Classification;
using Moderato.Decisions;
using Moderato.Improvement;
using Moderato.Improvement.Training;
using Moderato.Improvement.Training.Teaching;
using Moderato.Investigation.Patterns;
using Moderato.Policies;
using Moderato.Statistics.Calibration;
using Moderato.Statistics.Curves;
using Moderato.Statistics.Intervals;

namespace Moderato.Benchmarks;

/// <summary>
/// Toxicity at natural prevalence: the rows of wikipedia-context that carry the score which the Perspective API gave. Each is judged
/// by a model that saw neither it nor a near-duplicate of it, through a calibration that was fitted on the other folds.
/// </summary>
internal static class PerspectiveTable
{
    private const string Set = "wikipedia-context";
    private const string Recorded = "perspective_api";
    private const int Folds = 5;

    private sealed record Row(LabelledContent Content, bool Toxic, double Perspective, int Fold);

    public static void Run()
    {
        var trained = TrainingSets.Read([.. TrainingSets.Trained, .. TrainingSets.Unlabelled]);
        var judges = TrainingSets.Read(TrainingSets.MeasuredWith);
        var categories = NgramTraining.CategoriesOf(trained);
        var rows = Rows([.. trained.Where(content => content.Set == Set && content.Meta.ContainsKey(Recorded))]);
        var logits = CrossFitted(trained, judges, rows, categories);
        var scores = Calibrated(rows, logits, out double prior);

        bool[] toxic = [.. rows.Select(row => row.Toxic)];
        var ours = new LabelledScores(scores, toxic);
        var ranked = new LabelledScores(logits, toxic);
        var perspective = new LabelledScores([.. rows.Select(row => row.Perspective)], toxic);
        var options = new BootstrapOptions(1);
        var table = new ResultTable(
            "Toxicity at natural prevalence, against the Perspective API",
            "dotnet run -c Release --project bench/Moderato.Benchmarks -- perspective",
            "figure", "ours, on folds not trained on", "TF-IDF", "Perspective", "ours − Perspective", "share of resamples above Perspective");
        foreach (var (statistic, linear) in ((CurveStatistic, double)[])[(CurveStatistic.AveragePrecision, .176), (CurveStatistic.RocAuc, .800), (CurveStatistic.TprAtFpr(.05), .467)])
        {
            var own = (Rate.Known)CurveBootstrap.Run(ranked, [statistic], Set, "all rows", options)[0];
            var paired = PairedBootstrap.Difference(perspective, logits, statistic, options).Value;
            table.Add(
                statistic.Name, Shown(own), Shown(linear), Shown(paired.First),
                $"{Shown(paired.Difference)} [{Shown(paired.Low)}, {Shown(paired.High)}]", Shown(paired.ShareAbove));
        }

        var error = (Rate.Known)CurveBootstrap.Run(ours, [CurveStatistic.DebiasedCalibrationError(ours)], Set, "all rows", options)[0];
        var slope = CalibrationSlope.Of(ours).Value;
        var theirSlope = CalibrationSlope.Of(perspective).Value;
        table.Add("debiased ECE", Shown(error), "", Shown(CalibrationError.Of(perspective, 15).Value.Debiased), "", "");
        table.Add("calibration slope", $"{Shown(slope.Slope)} [{Shown(slope.SlopeInterval.Low)}, {Shown(slope.SlopeInterval.High)}]", "", Shown(theirSlope.Slope), "", "");
        table.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"{rows.Count:N0} rows of {Set}, {rows.Count(row => row.Toxic)} toxic; the scores state a prior of {100 * prior:F2}%. Intervals are 95%, bootstrap by row, paired for the difference; the slope's is Wald's."));
        table.Note(
            "TF-IDF with logistic regression: the figures that were handed to us, on folds of its own; its scores are not here, so they cannot be paired. "
            + "Perspective scores do not claim to be probabilities at this prior; its calibration is there for comparison only.");
        ResultTable.Write("perspective", table, PerspectiveCuts.Table([.. rows.Select(row => row.Perspective)], scores, toxic));
    }

    /// <summary>Near-duplicates are in one fold.</summary>
    private static List<Row> Rows(List<LabelledContent> contents)
    {
        int[] clusters = NearDuplicates.Cluster(PackedStrings.From(contents.Select(content => content.Text)));
        return [.. contents.Select((content, i) => new Row(
            content, content.Labels[Category.Toxicity], double.Parse(content.Meta[Recorded], CultureInfo.InvariantCulture),
            (int)(((uint)clusters[i] * 0x9E3779B1u >> 8) % Folds)))];
    }

    /// <summary>Each fold is left out of training as a set that judges is: with all that nearly equals it, in whatever set.</summary>
    private static double[] CrossFitted(List<LabelledContent> trained, List<LabelledContent> judges, List<Row> rows, List<string> categories)
    {
        int toxicity = categories.IndexOf(Category.Toxicity);
        var settings = new TrainingSettings();
        var meanings = Meanings.Of(trained, TrainingSets.Teacher, settings);
        var logits = new double[rows.Count];
        Parallel.For(0, Folds, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, fold =>
        {
            var judged = rows.Where(row => row.Fold == fold).Select(row => row.Content).ToHashSet(ReferenceEqualityComparer.Instance);
            var selection = TrainingSelection.Of(
                [.. trained.Where(content => !judged.Contains(content))], [.. judges, .. judged.Cast<LabelledContent>()], categories, settings, keepUnlabelled: true);
            var taught = Distillation.Of(TrainingExamples.Of(selection, settings, meanings), categories, settings);
            var model = Quantiser.Quantise(NgramTrainer.Train(taught, categories.Count, settings), $"fold {fold}", categories, settings);
            var classifier = new NgramClassifier(model);
            var values = new double[categories.Count];
            for (int i = 0; i < rows.Count; i++)
            {
                if (rows[i].Fold == fold)
                {
                    classifier.Logits(rows[i].Content.Text, values);
                    logits[i] = values[toxicity];
                }
            }

            Console.Error.WriteLine($"fold {fold} done");
        });
        return logits;
    }

    private static double[] Calibrated(List<Row> rows, double[] logits, out double prior)
    {
        prior = (double)rows.Count(row => row.Toxic) / rows.Count;
        var all = new JudgedContents(logits, [.. rows.Select(row => row.Toxic)], [.. rows.Select(row => row.Fold)]);
        var scores = new double[rows.Count];
        for (int fold = 0; fold < Folds; fold++)
        {
            var map = CalibrationFit.Of(all.At(Enumerable.Range(0, rows.Count).Where(i => rows[i].Fold != fold)), [], prior);
            foreach (int i in Enumerable.Range(0, rows.Count).Where(i => rows[i].Fold == fold))
            {
                scores[i] = map.Score(logits[i]);
            }
        }

        return scores;
    }

    private static string Shown(double value) => value.ToString("F3", CultureInfo.InvariantCulture);

    private static string Shown(Rate.Known rate) => $"{Shown(rate.Estimate)} [{Shown(rate.Low)}, {Shown(rate.High)}]";
}
