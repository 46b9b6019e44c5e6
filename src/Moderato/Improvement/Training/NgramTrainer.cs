using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Moderato.Classification;
using Moderato.Classification.Features;

namespace Moderato.Improvement.Training;

/// <summary>
/// Logistic regression for all categories at once, by stochastic gradient with AdaGrad's steps over hashed features:
/// logit_c = Σ_f w_{f,c} / √n + b_c + b_{source,c}. Each source's own bias takes up how common the category is there and how
/// strict its annotators were, so that "looks like a text of that set" is no evidence; it is left behind.
/// One thread and a fixed order: the same examples, settings and machine give the same bits.
/// </summary>
public sealed class NgramTrainer
{
    private const int Lanes = NgramModel.Lanes;

    /// <summary>AdaGrad's squared gradients begin here, which bounds the first steps.</summary>
    private const float FirstSquares = 0.01f;

    /// <summary>Pulls each source's bias towards the common one.</summary>
    private const float SourcePull = 1e-4f;

    private readonly TrainingSettings settings;
    private readonly int categories;
    private readonly float[] table;
    private readonly float[] tableSquares;
    private readonly float[] biases;
    private readonly float[] biasSquares;
    private readonly float[] sourceBiases;
    private readonly float[] sourceSquares;
    private int[] rows = new int[1024];

    private NgramTrainer(TrainingSettings settings, int categories, int sources)
    {
        this.settings = settings;
        this.categories = categories;
        table = new float[settings.Rows * Lanes];
        tableSquares = new float[table.Length];
        Array.Fill(tableSquares, FirstSquares);
        biases = new float[categories];
        biasSquares = new float[categories];
        sourceBiases = new float[sources * categories];
        sourceSquares = new float[sources * categories];
    }

    /// <param name="progress">Told the share done, in [0,1], a few times a pass.</param>
    public static TrainedWeights Train(
        IReadOnlyList<TrainingExample> examples, int categories, TrainingSettings settings,
        IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        const int ExamplesPerReport = 8192;
        int sources = examples.Count == 0 ? 0 : examples.Max(example => example.Source) + 1;
        var trainer = new NgramTrainer(settings, categories, sources);
        var order = Enumerable.Range(0, examples.Count).ToArray();
        var random = new Random(settings.Seed);
        for (int epoch = 0; epoch < settings.Epochs; epoch++)
        {
            random.Shuffle(order);
            float step = settings.LearningRate * (1 - (0.9f * epoch / settings.Epochs));
            for (int i = 0; i < order.Length; i++)
            {
                trainer.Learn(examples[order[i]], step);
                if (i % ExamplesPerReport == 0)
                {
                    cancel.ThrowIfCancellationRequested();
                    progress?.Report((epoch + ((double)i / order.Length)) / settings.Epochs);
                }
            }
        }

        progress?.Report(1);
        return new TrainedWeights(trainer.table, trainer.biases);
    }

    private void Learn(TrainingExample example, float step)
    {
        int count = example.Hashes.Length;
        if (count == 0)
        {
            return;
        }

        float norm = 1 / MathF.Sqrt(count);
        var sums = Sum(example.Hashes) * norm;
        Span<float> gradients = stackalloc float[Lanes];
        gradients.Clear();
        for (int c = 0; c < categories; c++)
        {
            float target = example.Targets[c];
            if (float.IsNaN(target))
            {
                continue;
            }

            int own = (example.Source * categories) + c;
            float logit = sums[c] + biases[c] + sourceBiases[own];
            float gradient = ((1 / (1 + MathF.Exp(-logit))) - target) * example.Weight;
            gradients[c] = gradient;
            biasSquares[c] += gradient * gradient;
            sourceSquares[own] += gradient * gradient;
            biases[c] -= step * gradient / MathF.Sqrt(biasSquares[c] + 1);
            sourceBiases[own] -= step * ((gradient / MathF.Sqrt(sourceSquares[own] + 1)) + (SourcePull * sourceBiases[own]));
        }

        Step(count, Vector256.Create<float>(gradients) * norm, step);
    }

    private Vector256<float> Sum(uint[] hashes)
    {
        if (rows.Length < hashes.Length)
        {
            rows = new int[hashes.Length * 2];
        }

        ref float first = ref MemoryMarshal.GetArrayDataReference(table);
        var sum = Vector256<float>.Zero;
        for (int i = 0; i < hashes.Length; i++)
        {
            rows[i] = FeatureBuffer.RowOf(hashes[i], settings.Rows) * Lanes;
            sum += Vector256.LoadUnsafe(ref Unsafe.Add(ref first, rows[i]));
        }

        return sum;
    }

    /// <summary>A feature that occurs twice is stepped twice.</summary>
    private void Step(int count, Vector256<float> gradient, float step)
    {
        ref float weight = ref MemoryMarshal.GetArrayDataReference(table);
        ref float square = ref MemoryMarshal.GetArrayDataReference(tableSquares);
        var l2 = Vector256.Create(settings.L2);
        var steps = Vector256.Create(step);
        for (int i = 0; i < count; i++)
        {
            ref float w = ref Unsafe.Add(ref weight, rows[i]);
            ref float s = ref Unsafe.Add(ref square, rows[i]);
            var old = Vector256.LoadUnsafe(ref w);
            var slope = gradient + (l2 * old);
            var squares = Vector256.LoadUnsafe(ref s) + (slope * slope);
            squares.StoreUnsafe(ref s);
            (old - (steps * slope / Vector256.Sqrt(squares))).StoreUnsafe(ref w);
        }
    }
}
