using System.Numerics;
using System.Runtime.Intrinsics;
using Moderato.Statistics.Curves;

namespace Moderato.Releases;

/// <summary>
/// The map raw score → probability of one category, for one model version and policy version: linear between knots,
/// constant beyond them. Only +, −, · and / in double, so that every machine gives the same score; a sigmoid is given by
/// enough knots.
/// </summary>
/// <param name="Raw">The knots' raw scores (logits), strictly increasing; at least one.</param>
/// <param name="Probabilities">The knots' probabilities in [0,1], never decreasing.</param>
/// <param name="Prior">The share of violating contents that the probabilities are true at.</param>
public sealed record CalibrationMap(double[] Raw, double[] Probabilities, double Prior)
{
    /// <summary>The score that is reported and stored: the probability rounded to 4 decimals.</summary>
    public double Score(double raw) => Math.Round(Probability(raw) * (ScoreBin.Count - 1)) / (ScoreBin.Count - 1);

    public double Probability(double raw)
    {
        int above = FirstAbove(raw);
        if (above == 0)
        {
            return Probabilities[0];
        }

        if (above == Raw.Length)
        {
            return Probabilities[^1];
        }

        double share = (raw - Raw[above - 1]) / (Raw[above] - Raw[above - 1]);
        return Probabilities[above - 1] + (share * (Probabilities[above] - Probabilities[above - 1]));
    }

    /// <summary>What is wrong with it, if anything.</summary>
    internal IEnumerable<string> Errors()
    {
        if (Raw.Length == 0 || Raw.Length != Probabilities.Length)
        {
            yield return $"has {Raw.Length} raw scores and {Probabilities.Length} probabilities: give one of each for every knot, at least one";
        }

        if (!Raw.All(double.IsFinite) || Raw.Zip(Raw.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            yield return "has raw scores that do not increase: sort the knots and merge equal ones";
        }

        if (!Probabilities.All(p => p is >= 0 and <= 1) || Probabilities.Zip(Probabilities.Skip(1)).Any(pair => pair.First > pair.Second))
        {
            yield return "has probabilities that fall or leave [0,1]: fit a monotone map";
        }

        if (Prior is not (> 0 and < 1))
        {
            yield return $"states a prior of {Prior}: give the share of violating contents, between 0 and 1";
        }
    }

    /// <summary>How many knots are not above: all are compared, which is faster than a search that nothing can predict.</summary>
    private int FirstAbove(double raw)
    {
        var wanted = Vector512.Create(raw);
        int count = 0;
        int at = 0;
        for (; at <= Raw.Length - Vector512<double>.Count; at += Vector512<double>.Count)
        {
            count += BitOperations.PopCount(Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref Raw[at]), wanted).ExtractMostSignificantBits());
        }

        for (; at < Raw.Length; at++)
        {
            count += Raw[at] <= raw ? 1 : 0;
        }

        return count;
    }
}
