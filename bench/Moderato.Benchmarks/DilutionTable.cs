using System.Globalization;
using Moderato.Classification;
using Moderato.Improvement.Training;
using Moderato.Improvement.Training.Teaching;
using Moderato.Policies;
using Moderato.Statistics.Curves;
using Moderato.Statistics.Intervals;

namespace Moderato.Benchmarks;

/// <summary>
/// What harmless words after a text do to its verdict: texts of left-out sets, each judged alone and with forty words after it by the
/// model that saw nothing of its set.
/// </summary>
internal static class DilutionTable
{
    private const int Words = 40;

    /// <summary>One text of so many is judged with words after it.</summary>
    private const int Part = 4;

    private sealed record Judged(int Set, bool Hateful, double Alone, double Diluted);

    public static void Run()
    {
        var texts = JudgedTexts();
        var all = new JudgedContents([.. texts.Select(text => text.Alone)], [.. texts.Select(text => text.Hateful)], [.. texts.Select(text => text.Set)]);
        double prior = StatedPriors.Of(Category.Hate);
        var map = CalibrationFit.Of(all, all.WeightsFor(prior), prior);
        var table = new ResultTable(
            "Harmless words after a text",
            "dotnet run -c Release --project bench/Moderato.Benchmarks -- dilution",
            "left-out set", "hateful texts flagged", "of these safe with words after them", "other texts not flagged", "of these flagged with words after them",
            "average precision", "with words after every text");
        foreach (var set in Enumerable.Range(0, SettingsTrial.Sets.Length))
        {
            double cut = CutChoice.ReviewFrom(all.At(Enumerable.Range(0, texts.Count).Where(i => texts[i].Set != set)), map);
            bool Flagged(double logit) => map.Score(logit) >= cut;
            var own = texts.Where(text => text.Set == set).ToList();
            var caught = own.Where(text => text.Hateful && Flagged(text.Alone)).ToList();
            var passed = own.Where(text => !text.Hateful && !Flagged(text.Alone)).ToList();
            table.Add(
                SettingsTrial.Sets[set], caught.Count, Share(caught.Count(text => !Flagged(text.Diluted)), caught.Count),
                passed.Count, Share(passed.Count(text => Flagged(text.Diluted)), passed.Count),
                Precision(own, text => text.Alone), Precision(own, text => text.Diluted));
        }

        table.Note(
            "The settings of the shipped model, trained without the set; a quarter of its texts. The words: forty, in sentences of our own that speak of nobody and are in no training "
            + "set. Flagged is what reaches the cut that is chosen on the other sets. Intervals are 95%. Who flags whatever is long loses nothing to harmless words: hence the columns of other texts.");
        table.Write("dilution");
    }

    private static List<Judged> JudgedTexts()
    {
        var settings = new TrainingSettings();
        var contents = TrainingSets.Read([.. TrainingSets.Trained, .. TrainingSets.Unlabelled]);
        var categories = NgramTraining.CategoriesOf(contents);
        int hate = categories.IndexOf(Category.Hate);
        var selection = TrainingSelection.Of(contents, TrainingSets.Read(TrainingSets.MeasuredWith), categories, settings, keepUnlabelled: true);
        var meanings = Meanings.Of(selection.Contents.Select(content => content.Content), TrainingSets.Teacher, settings);
        var texts = new Judged?[selection.Contents.Count];
        LeaveOneSetOut.Logits(selection, TrainingExamples.Of(selection, settings, meanings), SettingsTrial.Sets, categories, settings, ask: Ask);
        return [.. texts.OfType<Judged>()];

        void Ask(int set, NgramClassifier judge)
        {
            var logits = new double[categories.Count];
            for (int i = 0; i < selection.Contents.Count; i += Part)
            {
                var content = selection.Contents[i];
                if (content.Set.Name == SettingsTrial.Sets[set] && !float.IsNaN(content.Truth[hate]))
                {
                    texts[i] = new(set, content.Truth[hate] == 1, Logit(content.Content.Text), Logit(HarmlessWords.After(content.Content.Text, Words, seed: i)));
                }
            }

            double Logit(string text)
            {
                judge.Logits(text, logits);
                return logits[hate];
            }
        }
    }

    private static string Precision(List<Judged> texts, Func<Judged, double> logit) =>
        AveragePrecision.Of(ScoreLevels.Of(new LabelledScores([.. texts.Select(logit)], [.. texts.Select(text => text.Hateful)]))).Value.ToString("F3", CultureInfo.InvariantCulture);

    private static string Share(int some, int all)
    {
        var interval = WilsonInterval.Of(some, all);
        return string.Create(CultureInfo.InvariantCulture, $"{100d * some / Math.Max(all, 1):F1}% [{100 * interval.Low:F1}%, {100 * interval.High:F1}%]");
    }
}
