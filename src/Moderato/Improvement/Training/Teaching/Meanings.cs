using Moderato.Classification;

namespace Moderato.Improvement.Training.Teaching;

/// <summary>What a sentence encoder makes of texts, each read once however often it is trained on.</summary>
public sealed class Meanings
{
    private readonly Dictionary<string, float[]> byText;

    private Meanings(Dictionary<string, float[]> byText) => this.byText = byText;

    /// <param name="contents">As a set has them; their texts are cleaned as training cleans them.</param>
    /// <param name="directory">Where the encoder lies (<see cref="MeaningEncoder.Load"/>).</param>
    /// <param name="progress">Told the share done, in [0,1].</param>
    /// <exception cref="UnusableFileException">The encoder cannot be read.</exception>
    public static Meanings Of(
        IEnumerable<LabelledContent> contents, string directory, TrainingSettings settings, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        using var encoder = MeaningEncoder.Load(directory);
        string[] texts = [.. contents.Where(content => settings.Judges(content.Language)).Select(content => TextCleaning.Clean(content.Text)).Distinct(StringComparer.Ordinal)];
        var read = encoder.Read(texts, settings.MostCharacters, progress, cancel);
        return new(texts.Zip(read).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal));
    }

    /// <summary>Null for a text that was not read.</summary>
    public float[]? this[string text] => byText.GetValueOrDefault(text);
}
