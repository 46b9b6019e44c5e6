using Moderato.Classification.Features;
using Moderato.Improvement.Training.Teaching;

namespace Moderato.Improvement.Training;

/// <summary>What the trainer sees of selected contents.</summary>
public static class TrainingExamples
{
    private const int ContentsPerReport = 8192;

    /// <param name="meanings">For a teacher; without them there is none.</param>
    /// <returns>An example for each content, in their order.</returns>
    public static List<TrainingExample> Of(
        TrainingSelection selection, TrainingSettings settings, Meanings? meanings = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default)
    {
        var sources = selection.Contents.Select(content => content.Set.Name).Distinct().Select((name, i) => (name, i)).ToDictionary();
        var extractor = new FeatureExtractor(settings.Families);
        var buffer = new FeatureBuffer(settings.Rows);
        var examples = new List<TrainingExample>(selection.Contents.Count);
        foreach (var content in selection.Contents)
        {
            var text = content.Content.Text.AsSpan();
            extractor.Extract(text[..Math.Min(text.Length, settings.MostCharacters)], buffer);
            examples.Add(new TrainingExample(
                buffer.Rows.ToArray(), content.Learnt, sources[content.Set.Name], settings.SetWeights.GetValueOrDefault(content.Set.Name, 1),
                meanings?[content.Content.Text], content.IsOurs));
            if (examples.Count % ContentsPerReport == 0)
            {
                cancel.ThrowIfCancellationRequested();
                progress?.Report(new("reading features", (double)examples.Count / selection.Contents.Count));
            }
        }

        return examples;
    }
}
