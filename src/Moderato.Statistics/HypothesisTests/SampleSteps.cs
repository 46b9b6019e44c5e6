namespace Moderato.Statistics.HypothesisTests;

/// <summary>
/// Two samples walked through together: at each distinct value the mass of either side so far. Ties of the two samples are
/// one step, so nothing depends on the order in which equal values came.
/// </summary>
internal struct SampleSteps(Sample x, Sample y)
{
    private int i;
    private int j;

    /// <summary>The distinct value just passed.</summary>
    public double Value { get; private set; }

    /// <summary>Mass of x at or below <see cref="Value"/>.</summary>
    public double MassX { get; private set; }

    public double MassY { get; private set; }

    public bool Next()
    {
        if (i == x.Values.Length && j == y.Values.Length)
        {
            return false;
        }

        Value = j == y.Values.Length || (i < x.Values.Length && x.Values[i] <= y.Values[j]) ? x.Values[i] : y.Values[j];
        for (; i < x.Values.Length && x.Values[i] == Value; i++)
        {
            MassX += x.Weights is null ? 1 : x.Weights[i];
        }

        for (; j < y.Values.Length && y.Values[j] == Value; j++)
        {
            MassY += y.Weights is null ? 1 : y.Weights[j];
        }

        return true;
    }
}
