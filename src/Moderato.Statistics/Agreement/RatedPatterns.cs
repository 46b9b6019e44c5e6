using Moderato.Statistics.Curves;
using Moderato.Statistics.Sampling;

namespace Moderato.Statistics.Agreement;

/// <summary>
/// Rated units by the pattern of their ratings: two reviewers who say yes or no make three patterns, however many contents they
/// judged, so that a resample costs one draw a unit and α itself next to nothing.
/// </summary>
internal sealed class RatedPatterns
{
    private readonly MeasurementLevel level;
    private readonly double[] values;
    private readonly double[][] patterns; // [pattern][value, other value]: coincidences of one such unit
    private readonly int[] patternOf;
    private readonly double[] counts;

    /// <param name="rated">Units of two ratings or more.</param>
    public RatedPatterns(IReadOnlyList<IReadOnlyList<double>> rated, MeasurementLevel level)
    {
        this.level = level;
        values = [.. rated.SelectMany(unit => unit).Distinct().Order()];
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        var found = new List<double[]>();
        patternOf = new int[rated.Count];
        for (int unit = 0; unit < patternOf.Length; unit++)
        {
            string key = string.Join(' ', rated[unit].Order());
            if (!known.TryGetValue(key, out patternOf[unit]))
            {
                known[key] = patternOf[unit] = found.Count;
                found.Add(Coincidences(rated[unit]));
            }
        }

        patterns = [.. found];
        counts = new double[patterns.Length];
    }

    public int Units => patternOf.Length;

    /// <summary>α of all units; NaN where all ratings are one value.</summary>
    public double Alpha() => Alpha(Enumerable.Range(0, Units));

    /// <summary>α of as many units drawn with replacement.</summary>
    public double Resampled(ref SplitMix64 random)
    {
        Array.Clear(counts);
        for (int draw = 0; draw < Units; draw++)
        {
            counts[patternOf[random.Next(Units)]]++;
        }

        return AlphaOfCounts();
    }

    /// <summary>α without each of at most <see cref="BcaInterval.Groups"/> groups of units.</summary>
    public IEnumerable<double> LeftOut()
    {
        int groups = Math.Min(Units, BcaInterval.Groups);
        return Enumerable.Range(0, groups).Select(group => Alpha(Enumerable.Range(0, Units).Where(unit => unit % groups != group)));
    }

    private double Alpha(IEnumerable<int> units)
    {
        Array.Clear(counts);
        foreach (int unit in units)
        {
            counts[patternOf[unit]]++;
        }

        return AlphaOfCounts();
    }

    private double AlphaOfCounts()
    {
        int size = values.Length;
        var coincidences = new double[size * size];
        for (int pattern = 0; pattern < patterns.Length; pattern++)
        {
            for (int cell = 0; cell < coincidences.Length && counts[pattern] > 0; cell++)
            {
                coincidences[cell] += counts[pattern] * patterns[pattern][cell];
            }
        }

        var of = new double[size];
        for (int cell = 0; cell < coincidences.Length; cell++)
        {
            of[cell / size] += coincidences[cell];
        }

        double all = of.Sum(), observed = 0, expected = 0;
        for (int v = 0; v < size; v++)
        {
            for (int k = 0; k < size; k++)
            {
                double distance = Distance(of, v, k);
                observed += coincidences[(v * size) + k] * distance;
                expected += of[v] * (of[k] - (v == k ? 1 : 0)) / (all - 1) * distance;
            }
        }

        return expected > 0 ? 1 - (observed / expected) : double.NaN;
    }

    private double[] Coincidences(IReadOnlyList<double> unit)
    {
        int size = values.Length;
        var times = new int[size];
        foreach (double value in unit)
        {
            times[Array.BinarySearch(values, value)]++;
        }

        var coincidences = new double[size * size];
        for (int cell = 0; cell < coincidences.Length; cell++)
        {
            int v = cell / size, k = cell % size;
            coincidences[cell] = times[v] * (times[k] - (v == k ? 1.0 : 0)) / (unit.Count - 1);
        }

        return coincidences;
    }

    private double Distance(double[] of, int v, int k)
    {
        switch (level)
        {
            case MeasurementLevel.Nominal:
                return v == k ? 0 : 1;
            case MeasurementLevel.Interval:
                return (values[v] - values[k]) * (values[v] - values[k]);
            default:
                double between = -(of[v] + of[k]) / 2;
                for (int g = Math.Min(v, k); g <= Math.Max(v, k); g++)
                {
                    between += of[g];
                }

                return between * between;
        }
    }
}
