using System.Diagnostics;
using System.Globalization;
using Moderato.Improvement.Training;

namespace Moderato.Benchmarks;

/// <summary>
/// What each choice of settings is worth on training sets that are left out whole (docs/methods/choosing-settings.md). No text of
/// a set that judges the model is read but to keep it out of training.
/// </summary>
internal static class SettingsTable
{
    private sealed record Candidate(string Name, TrainingSettings Settings, Func<SelectedContent, bool> TrainsOn);

    public static void Run(string[] only)
    {
        var contents = TrainingSets.Read(TrainingSets.Trained);
        var judges = TrainingSets.Read(TrainingSets.MeasuredWith);
        var categories = NgramTraining.CategoriesOf(contents);
        var selection = TrainingSelection.Of(contents, judges, categories, new TrainingSettings());
        var table = new ResultTable(
            "Settings, judged on training sets that are left out whole",
            "dotnet run -c Release --project bench/Moderato.Benchmarks -- settings",
            ["settings", "mean", "average precision", "TPR at 5% FPR", "macro-F1", .. SettingsTrial.LeftOut.Select(set => $"{set} AP")]);
        foreach (var candidate in Candidates().Where(candidate => only.Length == 0 || only.Any(name => candidate.Name.Contains(name, StringComparison.Ordinal))))
        {
            long start = Stopwatch.GetTimestamp();
            var figures = SettingsTrial.Of(selection, categories, candidate.Settings, candidate.TrainsOn);
            table.Add([candidate.Name, Shown(figures.Mean), Shown(figures.AveragePrecision.Average()), Shown(figures.Tpr.Average()), Shown(figures.MacroF1.Average()),
                .. figures.AveragePrecision.Select(Shown)]);
            Console.Error.WriteLine($"{Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s {candidate.Name}: {Shown(figures.Mean)} | {Shown(figures.AveragePrecision.Average())} {Shown(figures.Tpr.Average())} {Shown(figures.MacroF1.Average())} | AP {string.Join(' ', figures.AveragePrecision.Select(Shown))} | TPR {string.Join(' ', figures.Tpr.Select(Shown))}");
        }

        table.Write("settings");
    }

    private static IEnumerable<Candidate> Candidates()
    {
        var start = new TrainingSettings { HiddenUnits = 0, SetWeights = new Dictionary<string, float> { ["contrast"] = .5f } };
        Func<SelectedContent, bool> all = content => true;
        Func<SelectedContent, bool> Without(params string[] kinds) => content => !kinds.Any(kind => content.Content.Id.StartsWith(kind, StringComparison.Ordinal));
        TrainingSettings Weights(float contrast, params (string, float)[] weights) => start with { SetWeights = weights.Append(("contrast", contrast)).ToDictionary(pair => pair.Item1, pair => pair.Item2) };
        (string, float)[] Narrow(float weight) => [("davidson", weight), ("mlma", weight), ("misogyny-reddit", weight)];
        (string, float)[] Small(float weight) => [("toxigen", weight), ("hatemoji-build", weight)];
        var old = new TrainingSettings();
        yield return new("old, seed 2", old with { Seed = 2 }, all);
        yield return new("8 hidden, narrow .3, small 2", Weights(.5f, [.. Narrow(.3f), .. Small(2)]) with { HiddenUnits = 8 }, all);
        yield return new("16 hidden, old", old with { HiddenUnits = 16 }, all);
        yield return new("old, rate .05", old with { LearningRate = .05f }, all);
        yield return new("old, contrast 1", old with { SetWeights = new Dictionary<string, float>(old.SetWeights) { ["contrast"] = 1 } }, all);
        yield return new("old, no swapped", old, Without("swapped"));
        yield return new("old, 6 passes", old with { Epochs = 6 }, all);
    }

    private static string Shown(double value) => value.ToString("F3", CultureInfo.InvariantCulture);
}
