using Moderato.Classification;

namespace Moderato.Improvement.Training;

/// <summary>The head while it is trained: the same function as <see cref="NgramHead"/>, with its gradients and AdaGrad's steps.</summary>
internal sealed class TrainedHead
{
    private const int Lanes = NgramModel.Lanes;
    private readonly int categories;
    private readonly int units;
    private readonly Parameters biases;
    private readonly Parameters hidden;
    private readonly Parameters hiddenBiases;
    private readonly Parameters output;
    private readonly float[] inputs;
    private readonly float[] active;

    public TrainedHead(int categories, int units, Random random)
    {
        this.categories = categories;
        this.units = units;
        biases = new Parameters(categories, 0, random);
        hidden = new Parameters(units * Lanes, .5f, random);
        hiddenBiases = new Parameters(units, 0, random);
        output = new Parameters(categories * units, .1f, random);
        inputs = new float[units];
        active = new float[units];
    }

    public void Apply(ReadOnlySpan<float> lanes, Span<float> logits)
    {
        for (int c = 0; c < categories; c++)
        {
            logits[c] = lanes[c] + biases.Now[c];
        }

        for (int j = 0; j < units; j++)
        {
            float input = hiddenBiases.Now[j];
            for (int l = 0; l < Lanes; l++)
            {
                input += hidden.Now[(j * Lanes) + l] * lanes[l];
            }

            inputs[j] = input;
            active[j] = input / (1 + Math.Abs(input));
            for (int c = 0; c < categories; c++)
            {
                logits[c] += output.Now[(c * units) + j] * active[j];
            }
        }
    }

    /// <summary>Steps against the slopes of the loss by logit, of the content applied last.</summary>
    /// <param name="laneSlopes">Receives the slope of the loss by lane.</param>
    public void Step(ReadOnlySpan<float> lanes, ReadOnlySpan<float> slopes, float step, Span<float> laneSlopes)
    {
        laneSlopes.Clear();
        slopes.CopyTo(laneSlopes);
        for (int j = 0; j < units; j++)
        {
            float byActive = 0;
            for (int c = 0; c < categories; c++)
            {
                if (slopes[c] != 0)
                {
                    byActive += slopes[c] * output.Now[(c * units) + j];
                    output.Step((c * units) + j, slopes[c] * active[j], step);
                }
            }

            float flat = 1 + Math.Abs(inputs[j]);
            float byInput = byActive / (flat * flat);
            hiddenBiases.Step(j, byInput, step);
            for (int l = 0; l < Lanes; l++)
            {
                laneSlopes[l] += byInput * hidden.Now[(j * Lanes) + l];
                hidden.Step((j * Lanes) + l, byInput * lanes[l], step);
            }
        }

        for (int c = 0; c < categories; c++)
        {
            if (slopes[c] != 0)
            {
                biases.Step(c, slopes[c], step);
            }
        }
    }

    public void AddToMean()
    {
        foreach (var parameters in (Parameters[])[biases, hidden, hiddenBiases, output])
        {
            parameters.AddToMean();
        }
    }

    public NgramHead Now() => new(biases.Now, hidden.Now, hiddenBiases.Now, output.Now);

    public NgramHead Mean() => new(biases.Mean(), hidden.Mean(), hiddenBiases.Mean(), output.Mean());

    /// <summary>Numbers that are learnt, with AdaGrad's squares and the sum for their mean.</summary>
    private sealed class Parameters
    {
        private readonly float[] squares;
        private readonly float[] sums;
        private int averaged;

        public Parameters(int count, float spread, Random random)
        {
            Now = new float[count];
            squares = new float[count];
            sums = new float[count];
            for (int i = 0; i < count; i++)
            {
                Now[i] = ((random.NextSingle() * 2) - 1) * spread;
            }
        }

        public float[] Now { get; }

        public void Step(int at, float slope, float step)
        {
            squares[at] += slope * slope;
            Now[at] -= step * slope / MathF.Sqrt(squares[at] + 1);
        }

        public void AddToMean()
        {
            averaged++;
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] += Now[i];
            }
        }

        public float[] Mean() => [.. sums.Select(sum => sum / averaged)];
    }
}
