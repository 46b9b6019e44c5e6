using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Moderato.Classification;
using Moderato.Decisions;
using Moderato.Improvement.Training.Teaching;
using Moderato.Investigation.Shift;
using Moderato.Policies;
using Moderato.Releases;

namespace Moderato.Improvement.Training;

/// <summary>What training is busy with, and the share done of it.</summary>
public sealed record TrainingProgress(string Stage, double Share);

/// <summary>A trained model with the release it goes into.</summary>
/// <param name="Judged">The contents and what models that never saw them say, for the card and for further measuring.</param>
public sealed record TrainingOutcome(Release Release, NgramModel Model, TrainingSelection Selection, JudgedSelection Judged);

/// <summary>
/// Labelled contents → weights, calibration, thresholds, profile. Calibration and thresholds are fitted on the logits of models
/// that never saw the contents: by folds for calibration, by left-out sets for the cut, since the contents it meets in use
/// come from no set at all.
/// </summary>
public sealed class NgramTraining(TrainingSettings settings, TimeProvider time)
{
    /// <summary>Fewer violating contents than this teach a category too little to be judged.</summary>
    private const int LeastPositives = 100;

    /// <param name="measuredWith">Sets that the model will be measured with: none of their texts is trained on.</param>
    /// <param name="teacher">Folder of a sentence encoder; with one, contents without a label are learnt from too (<see cref="Distillation"/>).</param>
    /// <exception cref="UnusableFileException">The teacher cannot be read.</exception>
    public TrainingOutcome Run(
        IReadOnlyList<LabelledContent> contents, IReadOnlyList<LabelledContent> measuredWith, string? teacher = null,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default)
    {
        progress?.Report(new("selecting", 0));
        var categories = CategoriesOf(contents);
        var selection = TrainingSelection.Of(contents, measuredWith, categories, settings, keepUnlabelled: teacher is not null);
        var meanings = teacher is null ? null
            : Meanings.Of(selection.Contents.Select(content => content.Content), teacher, settings, Stage.Of(progress, "reading meanings"), cancel);
        var examples = TrainingExamples.Of(selection, settings, meanings, progress, cancel);
        var judged = JudgedSelection.Of(selection, examples, categories, settings, progress, cancel);
        var taught = Distillation.Of(examples, categories, settings, cancel);
        var trained = NgramTrainer.Train(taught, categories.Count, settings, Stage.Of(progress, "training"), cancel);
        var model = Named(Quantiser.Quantise(trained, "", categories, settings));

        var calibration = categories.ToDictionary(category => category, category => Calibrated(judged, category));
        var release = new Release
        {
            Id = model.Version,
            Created = time.GetUtcNow(),
            Policy = DefaultPolicy.Of(categories),
            Tiers = [],
            Calibration = calibration,
            Thresholds = categories.ToDictionary(category => category, category => new CategoryThresholds { Cuts = CutsOf(judged, category, calibration[category]) }),
            Languages = categories.ToDictionary(category => category, _ => (IReadOnlyList<string>)[.. settings.Languages, Cascade.UnknownLanguage]),
            Profile = Profile(selection, judged, calibration),
        };
        return new TrainingOutcome(release, model, selection, judged);
    }

    /// <summary>The categories that can be learnt: those with at least 100 violating contents.</summary>
    public static List<string> CategoriesOf(IReadOnlyList<LabelledContent> contents) =>
        [.. DefaultPolicy.Defined.Where(category =>
            contents.Count(content => content.Labels.TryGetValue(category, out bool violates) && violates) >= LeastPositives)];

    private static CalibrationMap Calibrated(JudgedSelection judged, string category)
    {
        var natural = judged.Natural(category);
        if (natural.Positives >= LeastPositives)
        {
            return CalibrationFit.Of(natural, [], (double)natural.Positives / natural.Raw.Length);
        }

        var all = judged.ByFold(category);
        double prior = StatedPriors.Of(category);
        return CalibrationFit.Of(all, all.WeightsFor(prior), prior);
    }

    private static Cuts CutsOf(JudgedSelection judged, string category, CalibrationMap map)
    {
        var natural = judged.Natural(category);
        return new Cuts(CutChoice.ReviewFrom(judged.ForCut(category), map), natural.Positives < LeastPositives ? null : CutChoice.BlockFrom(natural, map));
    }

    private static ContentProfile Profile(TrainingSelection selection, JudgedSelection judged, Dictionary<string, CalibrationMap> calibration)
    {
        var builder = new ContentProfileBuilder();
        for (int i = 0; i < selection.Contents.Count; i++)
        {
            if (judged.Logits(i) is { } logits && selection.Contents[i].Content is var content && selection.Contents[i].IsLabelled)
            {
                builder.Add(content.Text, content.Language, calibration.ToDictionary(map => map.Key, map => map.Value.Score(logits[judged.Categories.IndexOf(map.Key)])));
            }
        }

        return builder.Build();
    }

    /// <summary>Named by its weights, so that the same weights have the same name wherever they were trained.</summary>
    private static NgramModel Named(NgramModel model) =>
        model with { Version = $"ngram-{Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(model.Weights.AsSpan())))[..8]}" };
}
