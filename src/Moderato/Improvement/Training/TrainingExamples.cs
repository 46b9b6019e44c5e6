using Moderato.Classification.Features;

namespace Moderato.Improvement.Training;

/// <summary>What the trainer sees of selected contents.</summary>
public static class TrainingExamples
{
    private const int ContentsPerReport = 8192;

    /// <returns>An example for each content, in their order.</returns>
    public static List<TrainingExample> Of(
        TrainingSelection selection, TrainingSettings settings, IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default)
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
                buffer.Rows.ToArray(), content.Learnt, sources[content.Set.Name], settings.SetWeights.GetValueOrDefault(content.Set.Name, 1)));
            if (examples.Count % ContentsPerReport == 0)
            {
                cancel.ThrowIfCancellationRequested();
                progress?.Report(new("reading features", (double)examples.Count / selection.Contents.Count));
            }
        }

        return examples;
    }
}
