using System.Diagnostics;
using System.Globalization;
using Moderato.Improvement.Training;
using Moderato.Improvement.Training.Teaching;

namespace Moderato.Benchmarks;

/// <summary>
/// What each choice of settings is worth on training sets that are left out whole (docs/methods/choosing-settings.md). A text of a
/// set that judges the model is read for one thing only: to keep it out of training.
/// </summary>
internal static class SettingsTable
{
    private static readonly int[] Seeds = [1, 2];

    private sealed record Candidate(string Name, TrainingSettings Settings, Func<SelectedContent, bool> IsTrainedOn, bool HasTeacher = true);

    public static void Run()
    {
        var contents = TrainingSets.Read([.. TrainingSets.Trained, .. TrainingSets.Unlabelled]);
        var judges = TrainingSets.Read(TrainingSets.MeasuredWith);
        var categories = NgramTraining.CategoriesOf(contents);
        var selection = TrainingSelection.Of(contents, judges, categories, new TrainingSettings(), keepUnlabelled: true);
        var meanings = Meanings.Of(selection.Contents.Select(content => content.Content), TrainingSets.Teacher, new TrainingSettings());
        var table = new ResultTable(
            "Settings, judged on what was left out of training",
            "dotnet run -c Release --project bench/Moderato.Benchmarks -- settings",
            ["settings", "mean", "seeds differ by", "average precision", "TPR at 5% FPR", "macro-F1", "named groups", .. SettingsTrial.LeftOut.Select(set => $"{set} AP")]);
        foreach (var (name, settings, isTrainedOn, hasTeacher) in Candidates())
        {
            long start = Stopwatch.GetTimestamp();
            var trials = Seeds.Select(seed => SettingsTrial.Of(selection, categories, settings with { Seed = seed }, isTrainedOn, hasTeacher ? meanings : null)).ToList();
            double Mean(Func<SettingsTrial, double> figure) => trials.Average(figure);
            table.Add(
            [
                name, Shown(Mean(trial => trial.Mean)), Shown(trials.Max(trial => trial.Mean) - trials.Min(trial => trial.Mean)),
                Shown(Mean(trial => trial.AveragePrecision.Average())), Shown(Mean(trial => trial.Tpr.Average())), Shown(Mean(trial => trial.MacroF1.Average())), Shown(Mean(trial => trial.NamedGroupsTaken)),
                .. SettingsTrial.LeftOut.Select((_, place) => Shown(Mean(trial => trial.AveragePrecision[place]))),
            ]);
            Console.Error.WriteLine($"{name}: {Shown(Mean(trial => trial.Mean))} ({Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s)");
        }

        table.Note("mean: of average precision, TPR at 5% FPR and macro-F1 over eight training sets of hate and hate framed in phrases that were not trained on, each left out of training; the mean of two seeds.");
        table.Note("as shipped: a teacher where there is no label, 53,000 comments without labels, texts of our own, kennedy, toxigen and hatemoji-build 2, davidson, mlma and misogyny-reddit .3, contrast texts of ours .5, all others 1; 8 hidden units, 4 passes, rate .05.");
        table.Note("named groups: the share of everyday phrases of our own, not trained on, with the name of a group in them, that is as toxic to the model as the highest 3% of the safe contents of a natural sample.");
        table.Write("settings");
    }

    private static IEnumerable<Candidate> Candidates()
    {
        var shipped = new TrainingSettings();
        yield return new("as shipped", shipped, Everything);
        yield return new("no teacher", shipped, Labelled, HasTeacher: false);
        yield return new("no teacher, no short phrases", shipped, content => Labelled(content) && !IsShort(content), HasTeacher: false);
        yield return new("teacher, but no contents without labels", shipped, Labelled);
        yield return new("contents without labels count 2", Weighted(shipped, ("goemotions", 2)), Everything);
        yield return new("kennedy 1", Weighted(shipped, ("kennedy", 1)), Everything);
        yield return new("linear", shipped with { HiddenUnits = 0 }, Everything);
        yield return new("no contrast texts", shipped, content => content.Set != PublicSets.Contrast);
    }

    private static bool Everything(SelectedContent content) => true;

    private static bool Labelled(SelectedContent content) => content.IsLabelled || content.IsOurs;

    /// <summary>Our titles and captions of a few words.</summary>
    private static bool IsShort(SelectedContent content) => content.Set == PublicSets.Everyday && content.Content.Text.Count(' '.Equals) < 6;

    private static TrainingSettings Weighted(TrainingSettings settings, params (string Set, float Weight)[] weights)
    {
        var all = new Dictionary<string, float>(settings.SetWeights);
        foreach (var (set, weight) in weights)
        {
            all[set] = weight;
        }

        return settings with { SetWeights = all };
    }

    private static string Shown(double value) => value.ToString("F3", CultureInfo.InvariantCulture);
}
