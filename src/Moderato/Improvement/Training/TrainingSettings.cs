using Moderato.Classification;
using Moderato.Classification.Features;

namespace Moderato.Improvement.Training;

/// <summary>How the <c>ngram</c> tier is trained. The defaults are those of the shipped model (docs/methods/choosing-settings.md).</summary>
public sealed record TrainingSettings
{
    public int Seed { get; init; } = 1;

    /// <summary>Contents of other languages are not trained on, and the release judges these only (ISO 639-1).</summary>
    public IReadOnlyList<string> Languages { get; init; } = ["en"];

    public int Rows { get; init; } = NgramModel.MaxRows - 1000;

    public FeatureFamilies Families { get; init; } =
        FeatureFamilies.NegationScope | FeatureFamilies.QuotationScope | FeatureFamilies.Shouting | FeatureFamilies.Shape;

    /// <summary>Units of the hidden layer; with 0 the model is linear.</summary>
    public int HiddenUnits { get; init; } = 8;

    /// <summary>A longer text is learnt from by its beginning only; long texts are few, and one must not outweigh many.</summary>
    public int MostCharacters { get; init; } = 1500;

    /// <summary>Passes over the examples, each in another order.</summary>
    public int Epochs { get; init; } = 4;

    /// <summary>AdaGrad's step in the first pass; it falls in a straight line towards a tenth of this.</summary>
    public float LearningRate { get; init; } = 0.05f;

    /// <summary>Pulls weights towards 0 whenever their feature occurs.</summary>
    public float L2 { get; init; } = 1e-3f;

    /// <summary>How much a text of a set counts, by the set's name; 1 where none is given.</summary>
    public IReadOnlyDictionary<string, float> SetWeights { get; init; } = new Dictionary<string, float>
    {
        ["kennedy"] = 2,
        ["toxigen"] = 2,
        ["hatemoji-build"] = 2,
        ["davidson"] = .3f,
        ["mlma"] = .3f,
        ["misogyny-reddit"] = .3f,
        [PublicSets.Contrast.Name] = .5f,
    };

    /// <summary>Contents of that language are trained on and judged; a language that nobody told may be any.</summary>
    public bool Judges(string? language) => language is null || Languages.Contains(language);
}
