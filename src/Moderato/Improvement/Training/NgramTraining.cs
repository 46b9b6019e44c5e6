using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Moderato.Classification;
using Moderato.Classification.Features;
using Moderato.Investigation.Shift;
using Moderato.Policies;
using Moderato.Releases;

namespace Moderato.Improvement.Training;

/// <summary>What training is busy with, and the share done of it.</summary>
public sealed record TrainingProgress(string Stage, double Share);

/// <summary>A trained model with the release it goes into.</summary>
public sealed record TrainingOutcome(Release Release, NgramModel Model, TrainingSelection Selection);

/// <summary>
/// Labelled contents → weights, calibration, thresholds. Calibration and thresholds are fitted on the logits of models that
/// never saw the contents: by folds for calibration, by left-out sets for the cut, since the contents it meets in use
/// come from no set at all.
/// </summary>
public sealed class NgramTraining(TrainingSettings settings, TimeProvider time)
{
    private const int Folds = 5;

    /// <summary>Fewer violating contents than this teach a category too little to be judged.</summary>
    private const int LeastPositives = 100;

    /// <summary>With fewer sets, leaving one out leaves too little to learn from, and the cut is chosen on folds.</summary>
    private const int LeastSets = 3;

    /// <param name="measuredWith">Sets that the model will be measured with: none of their texts is trained on.</param>
    public TrainingOutcome Run(
        IReadOnlyList<LabelledContent> contents, IReadOnlyList<LabelledContent> measuredWith,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default)
    {
        progress?.Report(new("selecting", 0));
        var categories = Judged(contents);
        var selection = TrainingSelection.Of(contents, measuredWith, categories);
        var sets = selection.Contents.Select(content => content.Set).Distinct().ToList();
        var examples = Examples(selection, sets, progress, cancel);

        var folds = selection.Contents.Select(content => Fold(content.Cluster)).ToList();
        var byFold = CrossFit.Logits(examples, folds, categories, settings, Staged(progress, "cross-fitting"), cancel);
        var leftOut = selection.Contents.Select((content, i) => sets.IndexOf(content.Set)).ToList();
        var bySet = CrossFit.Logits(examples, leftOut, categories, settings, Staged(progress, "leaving out sets"), cancel);

        var trained = NgramTrainer.Train(examples, categories.Count, settings, Staged(progress, "training"), cancel);
        var model = Named(Quantiser.Quantise(trained, "", categories, settings));

        var maps = new Dictionary<string, CalibrationMap>();
        var thresholds = new Dictionary<string, CategoryThresholds>();
        for (int c = 0; c < categories.Count; c++)
        {
            var (map, natural) = Calibrated(selection, examples, byFold, categories, c);
            maps[categories[c]] = map;
            var cutRows = JudgedBy(SetsWithBoth(examples, c) >= LeastSets ? bySet : byFold, examples, c, _ => true);
            thresholds[categories[c]] = new CategoryThresholds
            {
                Cuts = new(CutChoice.ReviewFrom(cutRows, map), CutChoice.BlockFrom(natural, map)),
            };
        }

        var release = new Release
        {
            Id = model.Version,
            Created = time.GetUtcNow(),
            Policy = DefaultPolicy.Of(categories),
            Tiers = [],
            Calibration = maps,
            Thresholds = thresholds,
            Languages = categories.ToDictionary(category => category, _ => (IReadOnlyList<string>)["en", "und"]),
            Profile = Profiled(selection, byFold, categories, maps),
        };
        return new TrainingOutcome(release, model, selection);
    }

    /// <summary>The contents as production will be compared with them, scored by models that did not see them.</summary>
    private static ContentProfile Profiled(
        TrainingSelection selection, double[]?[] byFold, List<string> categories, Dictionary<string, CalibrationMap> maps)
    {
        var builder = new ContentProfileBuilder();
        var scores = new Dictionary<string, double>();
        for (int i = 0; i < selection.Contents.Count; i++)
        {
            scores.Clear();
            for (int c = 0; c < categories.Count && byFold[i] is { } logits; c++)
            {
                scores.Add(categories[c], maps[categories[c]].Score(logits[c]));
            }

            builder.Add(selection.Contents[i].Content.Text, selection.Contents[i].Content.Language, scores);
        }

        return builder.Build();
    }

    /// <summary>Named by its weights, so that the same weights have the same name wherever they were trained.</summary>
    private static NgramModel Named(NgramModel model) =>
        model with { Version = $"ngram-{Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(model.Weights.AsSpan())))[..8]}" };

    private static List<string> Judged(IReadOnlyList<LabelledContent> contents) =>
        [.. DefaultPolicy.Defined.Where(category =>
            contents.Count(content => content.Labels.TryGetValue(category, out bool violates) && violates) >= LeastPositives)];

    private List<TrainingExample> Examples(
        TrainingSelection selection, List<PublicSet> sets, IProgress<TrainingProgress>? progress, CancellationToken cancel)
    {
        var extractor = new FeatureExtractor(settings.Families);
        var buffer = new FeatureBuffer();
        var examples = new List<TrainingExample>(selection.Contents.Count);
        foreach (var content in selection.Contents)
        {
            var text = content.Content.Text.AsSpan();
            extractor.Extract(text[..Math.Min(text.Length, settings.MostCharacters)], buffer);
            examples.Add(new TrainingExample(buffer.Hashes.ToArray(), content.Targets, sets.IndexOf(content.Set), content.Set.Weight));
            if (examples.Count % 8192 == 0)
            {
                cancel.ThrowIfCancellationRequested();
                progress?.Report(new("reading features", (double)examples.Count / selection.Contents.Count));
            }
        }

        return examples;
    }

    private static (CalibrationMap Map, JudgedContents? Natural) Calibrated(
        TrainingSelection selection, List<TrainingExample> examples, double[]?[] logits, List<string> categories, int category)
    {
        var natural = JudgedBy(logits, examples, category, i => selection.Contents[i].IsNatural(categories[category]));
        if (natural.Positives >= LeastPositives)
        {
            return (CalibrationFit.Of(natural, [], (double)natural.Positives / natural.Raw.Length), natural);
        }

        var all = JudgedBy(logits, examples, category, _ => true);
        double prior = StatedPriors.Of(categories[category]);
        return (CalibrationFit.Of(all, all.WeightsFor(prior), prior), null);
    }

    /// <summary>Sets that show both what violates and what does not.</summary>
    private static int SetsWithBoth(List<TrainingExample> examples, int category) => examples
        .Where(example => !float.IsNaN(example.Targets[category]))
        .GroupBy(example => example.Source)
        .Count(set => set.Any(example => example.Targets[category] == 0) && set.Any(example => example.Targets[category] == 1));

    private static JudgedContents JudgedBy(double[]?[] logits, List<TrainingExample> examples, int category, Func<int, bool> which)
    {
        var rows = Enumerable.Range(0, examples.Count)
            .Where(i => !float.IsNaN(examples[i].Targets[category]) && logits[i] is not null && which(i)).ToList();
        return new JudgedContents(
            [.. rows.Select(i => logits[i]![category])], [.. rows.Select(i => examples[i].Targets[category] >= .5f)], [.. rows.Select(i => examples[i].Source)]);
    }

    private static int Fold(int cluster) => (int)(((uint)cluster * 0x9E3779B1u >> 8) % Folds);

    private static Progress<double>? Staged(IProgress<TrainingProgress>? progress, string stage) =>
        progress is null ? null : new Progress<double>(share => progress.Report(new(stage, share)));
}
