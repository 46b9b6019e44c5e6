using Moderato.Classification;
using Moderato.Classification.Features;

namespace Moderato.Improvement.Training;

/// <summary>How the <c>ngram</c> tier is trained. The defaults are those of the shipped model.</summary>
public sealed record TrainingSettings
{
    public int Seed { get; init; } = 1;

    public int Rows { get; init; } = NgramModel.MaxRows - 1000;

    public FeatureFamilies Families { get; init; }

    /// <summary>A longer text is learnt from by its beginning only; long texts are few, and one must not outweigh many.</summary>
    public int MostCharacters { get; init; } = 2000;

    /// <summary>Passes over the examples, each in another order.</summary>
    public int Epochs { get; init; } = 5;

    /// <summary>AdaGrad's step in the first pass; it falls in a straight line to a tenth of this.</summary>
    public float LearningRate { get; init; } = 0.3f;

    /// <summary>Pulls weights towards 0 whenever their feature occurs.</summary>
    public float L2 { get; init; }
}
