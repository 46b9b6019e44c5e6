using System.Numerics;

namespace Moderato.Drills.Simulation;

/// <summary>
/// xoshiro256** seeded through SplitMix64 (Blackman and Vigna, 2018): the same numbers on every machine and framework.
/// Each part of a simulation draws from a stream of its own, so that more rows in one part move nothing in another.
/// </summary>
internal sealed class SeededRandom
{
    private ulong a, b, c, d;
    private double spareNormal = double.NaN;

    /// <param name="stream">Name of the part that draws; FNV-1a of it is mixed into the seed.</param>
    public SeededRandom(int seed, string stream)
    {
        ulong state = 14695981039346656037UL;
        foreach (char letter in stream)
        {
            state = (state ^ letter) * 1099511628211UL;
        }

        state ^= (ulong)(uint)seed * 0x9E3779B97F4A7C15UL;
        (a, b, c, d) = (SplitMix(ref state), SplitMix(ref state), SplitMix(ref state), SplitMix(ref state));
    }

    /// <summary>A stream of a plan's replicate.</summary>
    public SeededRandom(IncidentPlan plan, string stream)
        : this(plan.Seed, plan.Replicate == 0 ? stream : $"{stream} {plan.Replicate}")
    {
    }

    /// <summary>Uniform in [0,1).</summary>
    public double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in 0 … <paramref name="bound"/> − 1.</summary>
    public int Below(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    public bool Chance(double probability) => Uniform() < probability;

    /// <summary>Standard normal, by Marsaglia's polar method.</summary>
    public double Normal()
    {
        if (!double.IsNaN(spareNormal))
        {
            double spare = spareNormal;
            spareNormal = double.NaN;
            return spare;
        }

        double x, y, square;
        do
        {
            x = (2 * Uniform()) - 1;
            y = (2 * Uniform()) - 1;
            square = (x * x) + (y * y);
        }
        while (square is >= 1 or 0);

        double scale = Math.Sqrt(-2 * Math.Log(square) / square);
        spareNormal = y * scale;
        return x * scale;
    }

    /// <summary>An index drawn with probability proportional to its step in <paramref name="cumulative"/> (ascending, last = total).</summary>
    public int Weighted(ReadOnlySpan<double> cumulative)
    {
        int at = cumulative.BinarySearch(Uniform() * cumulative[^1]);
        return Math.Min(at < 0 ? ~at : at + 1, cumulative.Length - 1);
    }

    public void Shuffle<T>(Span<T> items)
    {
        for (int last = items.Length - 1; last > 0; last--)
        {
            int other = Below(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    private ulong Next()
    {
        ulong result = BitOperations.RotateLeft(b * 5, 7) * 9;
        ulong shifted = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= shifted;
        d = BitOperations.RotateLeft(d, 45);
        return result;
    }

    private static ulong SplitMix(ref ulong state)
    {
        ulong mixed = state += 0x9E3779B97F4A7C15UL;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return mixed ^ (mixed >> 31);
    }
}
