using System.Diagnostics;
using System.Globalization;
using Moderato.Improvement.Training;

namespace Moderato.Benchmarks;

/// <summary>
/// What each choice of settings is worth on training sets that are left out whole (docs/methods/choosing-settings.md). A text of a
/// set that judges the model is read for one thing only: to keep it out of training.
/// </summary>
internal static class SettingsTable
{
    private static readonly int[] Seeds = [1, 2];

    private sealed record Candidate(string Name, TrainingSettings Settings, bool WithContrast = true);

    public static void Run()
    {
        var contents = TrainingSets.Read(TrainingSets.Trained);
        var judges = TrainingSets.Read(TrainingSets.MeasuredWith);
        var categories = NgramTraining.CategoriesOf(contents);
        var selection = TrainingSelection.Of(contents, judges, categories, new TrainingSettings());
        var table = new ResultTable(
            "Settings, judged on what was left out of training",
            "dotnet run -c Release --project bench/Moderato.Benchmarks -- settings",
            ["settings", "mean", "seeds differ by", "average precision", "TPR at 5% FPR", "macro-F1", .. SettingsTrial.LeftOut.Select(set => $"{set} AP")]);
        foreach (var (name, settings, withContrast) in Candidates())
        {
            long start = Stopwatch.GetTimestamp();
            var trials = Seeds.Select(seed => SettingsTrial.Of(selection, categories, settings with { Seed = seed }, content => withContrast)).ToList();
            double Mean(Func<SettingsTrial, double> figure) => trials.Average(figure);
            table.Add(
            [
                name, Shown(Mean(trial => trial.Mean)), Shown(trials.Max(trial => trial.Mean) - trials.Min(trial => trial.Mean)),
                Shown(Mean(trial => trial.AveragePrecision.Average())), Shown(Mean(trial => trial.Tpr.Average())), Shown(Mean(trial => trial.MacroF1.Average())),
                .. SettingsTrial.LeftOut.Select((_, place) => Shown(Mean(trial => trial.AveragePrecision[place]))),
            ]);
            Console.Error.WriteLine($"{name}: {Shown(Mean(trial => trial.Mean))} ({Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s)");
        }

        table.Note("mean: of average precision, TPR at 5% FPR and macro-F1 over eight training sets of hate and hate framed in phrases that were not trained on, each left out of training; the mean of two seeds.");
        table.Note("alike: every set counts 1. weighted: davidson, mlma and misogyny-reddit .3, toxigen and hatemoji-build 2, all others 1. Our own texts count .5. Unless said, 8 hidden units, 4 passes, rate .1.");
        table.Write("settings");
    }

    private static IEnumerable<Candidate> Candidates()
    {
        var alike = new TrainingSettings
        {
            HiddenUnits = 8,
            Epochs = 4,
            LearningRate = .1f,
            L2 = 1e-3f,
            SetWeights = new Dictionary<string, float> { [PublicSets.Contrast.Name] = .5f },
        };
        var weighted = Weighted(alike, ("davidson", .3f), ("mlma", .3f), ("misogyny-reddit", .3f), ("toxigen", 2), ("hatemoji-build", 2));
        var slow = weighted with { LearningRate = .05f };
        yield return new("weighted, rate .05", slow);
        yield return new("alike", alike);
        yield return new("alike, linear", alike with { HiddenUnits = 0 });
        yield return new("weighted", weighted);
        yield return new("weighted, rate .05, linear", slow with { HiddenUnits = 0 });
        yield return new("weighted, kennedy 2, rate .05", Weighted(slow, ("kennedy", 2)));
        yield return new("weighted, rate .05, 6 passes", slow with { Epochs = 6 });
        yield return new("weighted, rate .05, no texts of our own", slow, WithContrast: false);
        yield return new("weighted, rate .05, our own texts count 1", Weighted(slow, (PublicSets.Contrast.Name, 1)));
    }

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
