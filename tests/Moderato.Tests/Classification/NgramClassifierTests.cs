using CsCheck;
using Moderato.Classification;
using Moderato.Classification.Features;

namespace Moderato.Tests.Classification;

public sealed class NgramClassifierTests
{
    private static readonly NgramModel Model = SeededModel.Create(seed: 1);

    private static readonly NgramClassifier Classifier = new(Model);

    [Fact]
    public void Scores_what_the_extractor_extracts() =>
        Gen.String.Sample(text =>
        {
            var features = new FeatureBuffer(Model.Rows);
            new FeatureExtractor(Model.Families).Extract(text, features);
            return Logits(text).SequenceEqual(ByHand(features));
        });

    [Fact]
    public void Scores_the_same_alone_and_in_company() =>
        Gen.String.Array[1, 50].Sample(texts =>
        {
            var alone = texts.Select(Logits).ToArray();
            var together = new double[texts.Length][];
            Parallel.For(0, texts.Length, i => together[texts.Length - 1 - i] = Logits(texts[texts.Length - 1 - i]));
            return alone.Zip(together).All(pair => pair.First.SequenceEqual(pair.Second));
        }, iter: 200);

    [Fact]
    public void Allocates_nothing_after_warm_up()
    {
        string[] texts = ["you are lovely", "what a f.u.c.k.i.n.g day 😀", new string('é', 5_000)];
        var logits = new double[Model.Categories.Count];
        foreach (var text in texts)
        {
            Classifier.Logits(text, logits);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var text in texts)
        {
            Classifier.Logits(text, logits);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static double[] Logits(string text)
    {
        var logits = new double[Model.Categories.Count];
        Classifier.Logits(text, logits);
        return logits;
    }

    /// <summary>The formula of <see cref="NgramHead"/>, written as slowly as it reads.</summary>
    private static double[] ByHand(FeatureBuffer features)
    {
        var lanes = new double[NgramModel.Lanes];
        double norm = 1 / Math.Sqrt(Math.Max(features.Count, 1));
        for (int l = 0; l < lanes.Length; l++)
        {
            long sum = 0;
            foreach (int row in features.Rows)
            {
                sum += Model.Weights[(row * NgramModel.Lanes) + l];
            }

            lanes[l] = sum * norm * Model.Scales[l];
        }

        var logits = new double[Model.Categories.Count];
        for (int c = 0; c < logits.Length; c++)
        {
            logits[c] = lanes[c] + Model.Head.Biases[c];
            for (int j = 0; j < Model.Head.HiddenUnits; j++)
            {
                double input = Model.Head.HiddenBiases[j];
                for (int l = 0; l < lanes.Length; l++)
                {
                    input += Model.Head.Hidden[(j * lanes.Length) + l] * lanes[l];
                }

                logits[c] += Model.Head.Output[(c * Model.Head.HiddenUnits) + j] * (input / (1 + Math.Abs(input)));
            }
        }

        return logits;
    }
}
