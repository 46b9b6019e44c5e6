namespace Moderato.Drills.Simulation;

/// <summary>
/// People who write: a few write most of it (Pareto activity, exponent 1.2), most joined long ago, some during the log,
/// and each has a way of writing that a classifier likes more or less (a shift of its score shared by all they write).
/// </summary>
internal sealed class AuthorPool
{
    public const double StyleDeviation = .25;
    private const double ParetoExponent = 1.2;
    private const double JoinsDuringLog = .15;

    private readonly int firstNumber;
    private readonly double[] cumulativeActivity;
    private readonly long[] joined;
    private readonly float[] style;

    /// <param name="firstNumber">Number of the first author, so that pools do not share names.</param>
    /// <param name="newcomersSince">When set, everybody in this pool joined after it: the people of a new platform.</param>
    public AuthorPool(int firstNumber, int size, long logStart, long logEnd, SeededRandom random, long? newcomersSince = null)
    {
        this.firstNumber = firstNumber;
        cumulativeActivity = new double[size];
        joined = new long[size];
        style = new float[size];
        double total = 0;
        for (int author = 0; author < size; author++)
        {
            // Capped at a hundredth or so of all that the pool writes, so that no single person decides a rate.
            double activity = Math.Min(Math.Pow(1 - random.Uniform(), -1 / ParetoExponent), Math.Max(3, size * .05));
            cumulativeActivity[author] = total += activity;
            joined[author] = newcomersSince is { } since ? Between(since, logEnd)
                : author > 0 && random.Chance(JoinsDuringLog) ? Between(logStart, logEnd)
                : logStart - (long)(random.Uniform() * 900 * TimeSpan.TicksPerDay);
            style[author] = (float)(StyleDeviation * random.Normal());
        }

        long Between(long from, long to) => from + (long)(random.Uniform() * random.Uniform() * (to - from));
    }

    public int Size => joined.Length;

    /// <summary>Somebody who had joined by then.</summary>
    public Author Draw(long time, SeededRandom random)
    {
        int author = random.Weighted(cumulativeActivity);
        for (int tries = 0; joined[author] > time && tries < 32; tries++)
        {
            author = random.Weighted(cumulativeActivity);
        }

        return new(firstNumber + author, Math.Min(joined[author], time), style[author]);
    }
}

/// <param name="Joined">UTC ticks.</param>
/// <param name="Style">Shift of the score on everything this author writes, in logits.</param>
internal readonly record struct Author(int Number, long Joined, float Style);
