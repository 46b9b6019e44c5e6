using Moderato.Statistics.Intervals;
using Moderato.Statistics.Sampling;

namespace Moderato.Statistics.Tests.Simulations;

/// <summary>An interval in a world whose truth is known, to be drawn again and again: the tests draw it a few hundred times, the bench some thousands.</summary>
/// <param name="Interval">As it is named where it leaves the system.</param>
/// <param name="World">What is drawn, in words.</param>
/// <param name="Events">Expected number of the rarer outcome that the interval rests on; below 30 discreteness forbids the upper target.</param>
/// <param name="Trial">One draw from a seed.</param>
public sealed record CoverageCase(string Interval, string World, double Events, Func<ulong, Covering> Trial)
{
    /// <summary>The lowest coverage that a nominal 95% may have.</summary>
    public const double Least = .94;

    /// <summary>The highest where at least <see cref="Enough"/> events are expected.</summary>
    public const double Most = .965;

    public const double Enough = 30;

    /// <summary>Why the targets do not hold here, where that is known: of a form that no command reports.</summary>
    public string? Exempt { get; init; }

    public CoverageResult Run(int trials)
    {
        int covered = 0, below = 0, above = 0, unknown = 0;
        double width = 0;
        for (int trial = 0; trial < trials; trial++)
        {
            // A seed that is a multiple of the generator's step would shift one stream along itself.
            var one = Trial(new SplitMix64((ulong)trial * 104_729).Next());
            if (one.IsUnknown)
            {
                unknown++;
                continue;
            }

            width += one.High - one.Low;
            if (one.Truth < one.Low)
            {
                above++;
            }
            else if (one.Truth > one.High)
            {
                below++;
            }
            else
            {
                covered++;
            }
        }

        int known = trials - unknown;
        return new(covered / (double)known, above / (double)known, below / (double)known, unknown / (double)trials, width / known, known);
    }

    public override string ToString() => $"{Interval}: {World}";
}

/// <summary>One interval drawn, and what it should have held.</summary>
public readonly record struct Covering(double Truth, double Low, double High)
{
    public static Covering Unknown { get; } = new(double.NaN, double.NaN, double.NaN);

    public bool IsUnknown => double.IsNaN(Truth);

    public static Covering Of(double truth, Rate rate) => rate is Rate.Known known ? new(truth, known.Low, known.High) : Unknown;

    public static Covering Of(double truth, Interval interval) => new(truth, interval.Low, interval.High);
}

/// <param name="Covered">Share of the intervals that held the truth.</param>
/// <param name="Above">Share that lay above it.</param>
/// <param name="Below">Share that lay below it.</param>
/// <param name="Unknown">Share of the draws that gave no interval.</param>
public sealed record CoverageResult(double Covered, double Above, double Below, double Unknown, double MeanWidth, int Trials)
{
    /// <summary>Of <see cref="Covered"/>, from the number of trials.</summary>
    public double StandardError => Math.Sqrt(.95 * .05 / Trials);
}
