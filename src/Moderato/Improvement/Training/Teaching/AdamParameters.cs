namespace Moderato.Improvement.Training.Teaching;

/// <summary>Numbers that are learnt by Adam's steps (Kingma and Ba 2015), and their mean over points of time.</summary>
internal sealed class AdamParameters
{
    private const float Momentum = .9f;
    private const float SquareMomentum = .999f;

    private readonly float[] means;
    private readonly float[] squares;
    private readonly float[] sums;
    private int steps;
    private int averaged;

    public AdamParameters(int count, float spread, Random random)
    {
        Now = new float[count];
        Slopes = new float[count];
        means = new float[count];
        squares = new float[count];
        sums = new float[count];
        for (int i = 0; i < count; i++)
        {
            Now[i] = ((random.NextSingle() * 2) - 1) * spread;
        }
    }

    public float[] Now { get; private set; }

    /// <summary>The slopes of the loss, summed since the last step.</summary>
    public float[] Slopes { get; }

    /// <param name="share">What a summed slope is multiplied by: one over the number of examples.</param>
    /// <param name="decay">Pulls towards 0.</param>
    public void Step(float step, float share, float decay)
    {
        steps++;
        float unbiased = 1 / (1 - MathF.Pow(Momentum, steps)), unbiasedSquares = 1 / (1 - MathF.Pow(SquareMomentum, steps));
        for (int i = 0; i < Now.Length; i++)
        {
            float slope = (Slopes[i] * share) + (decay * Now[i]);
            means[i] = (Momentum * means[i]) + ((1 - Momentum) * slope);
            squares[i] = (SquareMomentum * squares[i]) + ((1 - SquareMomentum) * slope * slope);
            Now[i] -= step * means[i] * unbiased / (MathF.Sqrt(squares[i] * unbiasedSquares) + 1e-8f);
            Slopes[i] = 0;
        }
    }

    public void AddToMean()
    {
        averaged++;
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] += Now[i];
        }
    }

    public void TakeMean() => Now = averaged == 0 ? Now : [.. sums.Select(sum => sum / averaged)];
}
