using Moderato.Statistics.Intervals;

namespace Moderato.Statistics.Detection;

/// <summary>
/// An interval for a mean in [0,1] that holds at all times at once (Waudby-Smith and Ramdas 2024, hedged capital; confseq's
/// <c>betting_cs</c>): m stays while max(K⁺, K⁻)/2 ≤ 1/α, K^± the capital of who bets that the mean is above or below m.
/// Over a grid of m, widened by one step at both ends; it never grows again.
/// </summary>
public sealed class BettingSequence
{
    private readonly double alpha;
    private readonly int breaks;
    private readonly double[] up;
    private readonly double[] down;
    private BettingBets bets;

    /// <param name="alpha">1 − confidence.</param>
    /// <param name="breaks">Steps of the grid over [0,1].</param>
    public BettingSequence(double alpha = .05, int breaks = 100)
    {
        if (alpha is not (> 0 and < 1) || breaks < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "α lies between 0 and 1, and the grid has a step at least.");
        }

        (this.alpha, this.breaks) = (alpha, breaks);
        (up, down) = (new double[breaks + 1], new double[breaks + 1]);
        Array.Fill(up, 1);
        Array.Fill(down, 1);
        bets = new(alpha / 2);
    }

    public Interval Interval { get; private set; } = new(0, 1);

    /// <summary>The bet on the next value, before it is cut.</summary>
    public double NextBet => bets.Next;

    /// <summary>max(K⁺, K⁻)/2 at m = <paramref name="point"/> / breaks.</summary>
    public double Capital(int point) => Math.Max(up[point], down[point]) / 2;

    public void See(double x)
    {
        double bet = bets.Next;
        int first = -1, last = -1;
        for (int point = 0; point <= breaks; point++)
        {
            double m = point / (double)breaks;
            up[point] *= 1 + (Math.Min(bet, 1 / (2 * m)) * (BettingBets.Checked(x) - m));
            down[point] *= 1 - (Math.Min(bet, 1 / (2 * (1 - m))) * (x - m));
            if (Capital(point) <= 1 / alpha)
            {
                first = first < 0 ? point : first;
                last = point;
            }
        }

        bets.See(x);

        // Where no point of the grid is left the mean lies between two: the interval before still holds it.
        if (first >= 0)
        {
            double step = 1.0 / breaks;
            Interval = new(
                Math.Max(Interval.Low, Math.Max(0, (first / (double)breaks) - step)),
                Math.Min(Interval.High, Math.Min(1, (last / (double)breaks) + step)));
        }
    }
}
