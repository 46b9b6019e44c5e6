using Moderato.Classification;
using Moderato.Classification.Features;
using Moderato.Policies;

namespace Moderato.Tests.Classification;

/// <summary>A model of seeded random weights: what it thinks means nothing, how it computes is what the tests look at.</summary>
internal static class SeededModel
{
    public static NgramModel Create(int seed, int rows = 499_979, int hidden = 16)
    {
        var random = new Random(seed);
        string[] categories = [Category.Hate, Category.Toxicity, Category.Profanity, Category.Spam, Category.Harassment];
        var weights = new sbyte[rows * NgramModel.Lanes];
        foreach (ref sbyte weight in weights.AsSpan(NgramModel.Lanes..))
        {
            weight = (sbyte)random.Next(-127, 128);
        }

        return new NgramModel
        {
            Families = FeatureFamilies.SkipPairs | FeatureFamilies.NegationScope | FeatureFamilies.QuotationScope,
            Version = $"seeded-{seed}",
            Categories = categories,
            Weights = weights,
            Scales = Numbers(NgramModel.Lanes, 0.01f),
            Head = new NgramHead(
                Numbers(categories.Length, 1),
                Numbers(hidden * NgramModel.Lanes, 1),
                Numbers(hidden, 1),
                Numbers(hidden * categories.Length, 1)),
        };

        float[] Numbers(int count, float size) =>
            [.. Enumerable.Range(0, count).Select(_ => ((float)random.NextDouble() - 0.5f) * size)];
    }
}
