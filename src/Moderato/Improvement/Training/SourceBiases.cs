namespace Moderato.Improvement.Training;

/// <summary>
/// A bias for each source and category, learnt beside the model and left behind. A source that shows one class only has none:
/// its bias would explain all that it says, and nothing would be learnt from it.
/// </summary>
internal sealed class SourceBiases
{
    private readonly int categories;
    private readonly float pull;
    private readonly bool[] own;
    private readonly float[] biases;
    private readonly float[] squares;

    public SourceBiases(IReadOnlyList<TrainingExample> examples, int categories, float pull)
    {
        this.categories = categories;
        this.pull = pull;
        int sources = 0;
        foreach (var example in examples)
        {
            sources = Math.Max(sources, example.Source + 1);
        }

        var low = new bool[sources * categories];
        var high = new bool[low.Length];
        foreach (var example in examples)
        {
            for (int c = 0; c < categories; c++)
            {
                int at = (example.Source * categories) + c;
                low[at] |= example.Targets[c] < .5f;
                high[at] |= example.Targets[c] >= .5f;
            }
        }

        own = new bool[low.Length];
        for (int i = 0; i < own.Length; i++)
        {
            own[i] = low[i] && high[i];
        }

        biases = new float[own.Length];
        squares = new float[own.Length];
    }

    /// <summary>0 for a source that there was no example of.</summary>
    public float this[int source, int category] => (source * categories) + category is var at && at < biases.Length ? biases[at] : 0;

    public void Step(int source, int category, float slope, float step)
    {
        int at = (source * categories) + category;
        if (own[at])
        {
            squares[at] += slope * slope;
            biases[at] -= step * ((slope / MathF.Sqrt(squares[at] + 1)) + (pull * biases[at]));
        }
    }
}
