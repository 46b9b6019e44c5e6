namespace Moderato.Statistics.Detection;

/// <summary>
/// "Is the mean above m?", asked after every content and at any time: the capital of who bets on it,
/// Π (1 + min(λ_t, 1/(2m)) (x_t − m)). While the mean is at most m the capital reaches 1/α with probability at most α, however
/// often one looks (Waudby-Smith and Ramdas 2024; confseq's <c>betting_mart</c> with theta 1).
/// </summary>
/// <param name="alpha">1 − confidence.</param>
/// <param name="mean">m, in (0,1): the objective that may not be exceeded.</param>
public sealed class BettingTest(double mean, double alpha)
{
    private readonly double mean = mean is > 0 and < 1
        ? mean
        : throw new ArgumentOutOfRangeException(nameof(mean), mean, "The mean that is tested lies between 0 and 1.");

    private BettingBets bets = new(alpha);

    public double Capital { get; private set; } = 1;

    /// <summary>The capital at its highest: an alarm once raised stands.</summary>
    public double MostCapital { get; private set; } = 1;

    /// <summary>min(1, 1 / the highest capital): valid whenever one stops.</summary>
    public double PValue => Math.Min(1, 1 / MostCapital);

    public bool IsAlarm => MostCapital >= 1 / alpha;

    /// <param name="x">In [0,1]: 1 for an error.</param>
    public void See(double x)
    {
        Capital *= 1 + (Math.Min(bets.Next, 1 / (2 * mean)) * (BettingBets.Checked(x) - mean));
        MostCapital = Math.Max(MostCapital, Capital);
        bets.See(x);
    }
}
