namespace Moderato.Statistics.Detection;

/// <summary>
/// How much to bet on each content from what came before it (Waudby-Smith and Ramdas 2024, predictable plug-in):
/// √(2 ln(1/α) / (t ln(1 + t) s²_{t−1})), s²_t = (¼ + Σ (x_i − μ_i)²) / (t + 1), μ_t = (½ + Σ x) / (t + 1), s²_0 = ¼.
/// </summary>
internal struct BettingBets(double alpha)
{
    private readonly double stake = 2 * Math.Log(1 / alpha);
    private double sum = .5;
    private double squares = .25;
    private double variance = .25;
    private int t;

    /// <summary>The bet on the next value, before it is seen and before it is cut.</summary>
    public readonly double Next => Math.Sqrt(stake / ((t + 1) * Math.Log(t + 2) * variance));

    public void See(double x)
    {
        t++;
        sum += x;
        double mean = sum / (t + 1);
        squares += (x - mean) * (x - mean);
        variance = squares / (t + 1);
    }

    public static double Checked(double x) => x is >= 0 and <= 1
        ? x
        : throw new ArgumentOutOfRangeException(nameof(x), x, "A value lies in [0,1].");
}
