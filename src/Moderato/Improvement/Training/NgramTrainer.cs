using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Moderato.Classification;

namespace Moderato.Improvement.Training;

/// <summary>
/// Logistic regression for all categories at once over hashed features, with a small hidden layer, by stochastic gradient with
/// AdaGrad's steps: logit_c is the model's (<see cref="NgramHead"/>) plus b_{source,c}. Each source's own bias takes up how
/// common the category is there and how strict its annotators were, so that "looks like a text of that set" is no evidence;
/// it is left behind. The weights are the mean over points of the last two passes. One thread and a fixed order: the same
/// examples, settings and machine give the same bits.
/// </summary>
public sealed class NgramTrainer
{
    private const int Lanes = NgramModel.Lanes;

    /// <summary>AdaGrad's squared gradients begin here, which bounds the first steps.</summary>
    private const float FirstSquares = 0.01f;

    /// <summary>Pulls each source's bias towards the common one.</summary>
    private const float SourcePull = 1e-4f;

    /// <summary>Points of a pass at which its weights count in the mean.</summary>
    private const int AveragedPoints = 4;

    private const int AveragedPasses = 2;

    private readonly TrainingSettings settings;
    private readonly int categories;
    private readonly float[] table;
    private readonly float[] tableSquares;
    private readonly TrainedHead head;
    private readonly SourceBiases sourceBiases;
    private readonly float[] tableSum;
    private int averaged;

    private NgramTrainer(IReadOnlyList<TrainingExample> examples, int categories, TrainingSettings settings, Random random)
    {
        this.settings = settings;
        this.categories = categories;
        table = new float[settings.Rows * Lanes];
        tableSquares = new float[table.Length];
        tableSum = new float[table.Length];
        Array.Fill(tableSquares, FirstSquares);
        head = new TrainedHead(categories, settings.HiddenUnits, random);
        sourceBiases = new SourceBiases(examples, categories, SourcePull);
        if (settings.HiddenUnits > 0)
        {
            // Row 0 is no feature's. Latent lanes must differ from each other to become different.
            for (int i = Lanes; i < table.Length; i++)
            {
                table[i] = i % Lanes < categories ? 0 : ((random.NextSingle() * 2) - 1) * 0.05f;
            }
        }
    }

    /// <param name="progress">Told the share done, in [0,1], a few times a pass.</param>
    public static TrainedWeights Train(
        IReadOnlyList<TrainingExample> examples, int categories, TrainingSettings settings,
        IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        const int ExamplesPerReport = 8192;
        var random = new Random(settings.Seed);
        var trainer = new NgramTrainer(examples, categories, settings, random);
        var order = Enumerable.Range(0, examples.Count).ToArray();
        int between = Math.Max(order.Length / AveragedPoints, 1);
        for (int epoch = 0; epoch < settings.Epochs; epoch++)
        {
            random.Shuffle(order);
            float step = settings.LearningRate * (1 - (0.9f * epoch / settings.Epochs));
            for (int i = 0; i < order.Length; i++)
            {
                trainer.Learn(examples[order[i]], step);
                if (epoch >= settings.Epochs - AveragedPasses && (i + 1) % between == 0)
                {
                    trainer.AddToMean();
                }

                if (i % ExamplesPerReport == 0)
                {
                    cancel.ThrowIfCancellationRequested();
                    progress?.Report((epoch + ((double)i / order.Length)) / settings.Epochs);
                }
            }
        }

        progress?.Report(1);
        return trainer.Mean();
    }

    private void Learn(TrainingExample example, float step)
    {
        int count = example.Rows.Length;
        if (count == 0)
        {
            return;
        }

        float norm = 1 / MathF.Sqrt(count);
        Span<float> lanes = stackalloc float[Lanes];
        (Sum(example.Rows) * norm).CopyTo(lanes);
        Span<float> logits = stackalloc float[categories];
        head.Apply(lanes, logits);
        Span<float> slopes = stackalloc float[categories];
        slopes.Clear();
        for (int c = 0; c < categories; c++)
        {
            float target = example.Targets[c];
            if (!float.IsNaN(target))
            {
                float logit = logits[c] + sourceBiases[example.Source, c];
                slopes[c] = ((1 / (1 + MathF.Exp(-logit))) - target) * example.Weight;
                sourceBiases.Step(example.Source, c, slopes[c], step);
            }
        }

        Span<float> gradients = stackalloc float[Lanes];
        head.Step(lanes, slopes, step, gradients);
        Step(example.Rows, Vector256.Create<float>(gradients) * norm, step);
    }

    private Vector256<float> Sum(int[] rows)
    {
        ref float first = ref MemoryMarshal.GetArrayDataReference(table);
        var sum = Vector256<float>.Zero;
        foreach (int row in rows)
        {
            sum += Vector256.LoadUnsafe(ref Unsafe.Add(ref first, row * Lanes));
        }

        return sum;
    }

    /// <summary>A feature that occurs twice is stepped twice.</summary>
    private void Step(int[] rows, Vector256<float> gradient, float step)
    {
        ref float weight = ref MemoryMarshal.GetArrayDataReference(table);
        ref float square = ref MemoryMarshal.GetArrayDataReference(tableSquares);
        var l2 = Vector256.Create(settings.L2);
        var steps = Vector256.Create(step);
        foreach (int row in rows)
        {
            ref float w = ref Unsafe.Add(ref weight, row * Lanes);
            ref float s = ref Unsafe.Add(ref square, row * Lanes);
            var old = Vector256.LoadUnsafe(ref w);
            var slope = gradient + (l2 * old);
            var squares = Vector256.LoadUnsafe(ref s) + (slope * slope);
            squares.StoreUnsafe(ref s);
            (old - (steps * slope / Vector256.Sqrt(squares))).StoreUnsafe(ref w);
        }
    }

    private void AddToMean()
    {
        averaged++;
        head.AddToMean();
        for (int i = 0; i < table.Length; i++)
        {
            tableSum[i] += table[i];
        }
    }

    private TrainedWeights Mean()
    {
        if (averaged == 0)
        {
            return new TrainedWeights(table, head.Now());
        }

        for (int i = 0; i < table.Length; i++)
        {
            tableSum[i] /= averaged;
        }

        return new TrainedWeights(tableSum, head.Mean());
    }
}
