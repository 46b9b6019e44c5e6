using System.Numerics.Tensors;

namespace Moderato.Improvement.Training.Teaching;

/// <summary>
/// The teacher: one layer of hidden units over the meaning of a text, with a logit for each category, trained on what is known of the
/// examples (batches of 256, Adam, the mean over the last passes). As in the student, each source has a bias of its own. The
/// layer is so small that it cannot learn texts by heart. One thread and a fixed order: the same examples give the same bits.
/// </summary>
internal sealed class TeacherHead
{
    private const int Units = 32;
    private const int Batch = 256;
    private const int Passes = 5;
    private const int AveragedPasses = 2;
    private const float Step = 4e-3f;
    private const float Decay = 1e-5f;

    /// <summary>Meanings are of length 1; at five times that, units leave the straight part of their curve.</summary>
    private const float Scale = 5;

    private const float SourceStep = .05f;
    private const float SourcePull = 1e-4f;

    private readonly int categories;
    private readonly SourceBiases sourceBiases;
    private readonly AdamParameters[] units;
    private readonly AdamParameters unitBiases;
    private readonly AdamParameters[] outputs;
    private readonly AdamParameters outputBiases;
    private readonly float[] active = new float[Units];
    private readonly float[] logits;

    private TeacherHead(IReadOnlyList<TrainingExample> examples, int categories, int width, Random random)
    {
        this.categories = categories;
        logits = new float[categories];
        sourceBiases = new SourceBiases(examples, categories, SourcePull);
        units = [.. Enumerable.Range(0, Units).Select(_ => new AdamParameters(width, 1, random))];
        unitBiases = new AdamParameters(Units, 0, random);
        outputs = [.. Enumerable.Range(0, categories).Select(_ => new AdamParameters(Units, .15f, random))];
        outputBiases = new AdamParameters(categories, 0, random);
    }

    private IEnumerable<AdamParameters> Parameters => [.. units, unitBiases, .. outputs, outputBiases];

    /// <param name="examples">With a meaning each; targets of categories that are not taught are NaN.</param>
    public static TeacherHead Train(IReadOnlyList<TrainingExample> examples, int categories, int seed, CancellationToken cancel = default)
    {
        var random = new Random(seed);
        var head = new TeacherHead(examples, categories, examples[0].Meaning!.Length, random);
        var order = Enumerable.Range(0, examples.Count).ToArray();
        for (int pass = 0; pass < Passes; pass++)
        {
            random.Shuffle(order);
            float share = 1 - (.9f * pass / Passes);
            for (int from = 0; from < order.Length; from += Batch)
            {
                cancel.ThrowIfCancellationRequested();
                foreach (int i in order.AsSpan(from, Math.Min(Batch, order.Length - from)))
                {
                    head.Gather(examples[i], SourceStep * share);
                }

                foreach (var parameters in head.Parameters)
                {
                    parameters.Step(Step * share, 1f / Batch, Decay);
                }
            }

            if (pass >= Passes - AveragedPasses)
            {
                foreach (var parameters in head.Parameters)
                {
                    parameters.AddToMean();
                }
            }
        }

        foreach (var parameters in head.Parameters)
        {
            parameters.TakeMean();
        }

        return head;
    }

    /// <summary>The probability of each category, as the example's own source would have it.</summary>
    public float[] Judge(TrainingExample example)
    {
        Apply(example);
        return [.. logits.Select((_, c) => Probability(example.Source, c))];
    }

    private float Probability(int source, int category) => 1 / (1 + MathF.Exp(-(logits[category] + sourceBiases[source, category])));

    private void Apply(TrainingExample example)
    {
        for (int j = 0; j < Units; j++)
        {
            active[j] = MathF.Tanh((Scale * TensorPrimitives.Dot<float>(units[j].Now, example.Meaning)) + unitBiases.Now[j]);
        }

        for (int c = 0; c < categories; c++)
        {
            logits[c] = TensorPrimitives.Dot<float>(outputs[c].Now, active) + outputBiases.Now[c];
        }
    }

    private void Gather(TrainingExample example, float sourceStep)
    {
        Apply(example);
        Span<float> byActive = stackalloc float[Units];
        byActive.Clear();
        for (int c = 0; c < categories; c++)
        {
            if (float.IsNaN(example.Targets[c]))
            {
                continue;
            }

            float slope = (Probability(example.Source, c) - example.Targets[c]) * example.Weight;
            sourceBiases.Step(example.Source, c, slope, sourceStep);
            outputBiases.Slopes[c] += slope;
            TensorPrimitives.MultiplyAdd(outputs[c].Now, slope, byActive, byActive);
            TensorPrimitives.MultiplyAdd(active, slope, outputs[c].Slopes, outputs[c].Slopes);
        }

        for (int j = 0; j < Units; j++)
        {
            float slope = byActive[j] * (1 - (active[j] * active[j]));
            unitBiases.Slopes[j] += slope;
            TensorPrimitives.MultiplyAdd(example.Meaning, slope * Scale, units[j].Slopes, units[j].Slopes);
        }
    }
}
