using Moderato.Statistics.Curves;
using Moderato.Statistics.Intervals;
using Moderato.Statistics.Sampling;

namespace Moderato.Statistics.Agreement;

/// <summary>What the values of ratings mean, and so how far two of them are apart.</summary>
public enum MeasurementLevel
{
    /// <summary>Names: any two differ by 1.</summary>
    Nominal,

    /// <summary>Ranks: the squared number of ratings between them.</summary>
    Ordinal,

    /// <summary>Numbers: the squared difference.</summary>
    Interval,
}

/// <summary>
/// Agreement of any number of raters with gaps (Krippendorff 2011; the package <c>krippendorff</c>): α = 1 − D_o / D_e over the
/// coincidences of values inside units. Units with fewer than two ratings are left out.
/// </summary>
public static class KrippendorffAlpha
{
    /// <param name="units">The ratings of each unit; in any order, a rater who gave none is not in the list.</param>
    /// <returns>Undefined without a unit that two rated, and where all ratings are one value.</returns>
    /// <exception cref="ArgumentException">A rating is not finite.</exception>
    public static Outcome<double> Of(IReadOnlyList<IReadOnlyList<double>> units, MeasurementLevel level)
    {
        if (units.Any(unit => unit.Any(value => !double.IsFinite(value))))
        {
            throw new ArgumentException("A rating is not a number; leave out what a rater did not rate.", nameof(units));
        }

        var rated = units.Where(unit => unit.Count >= 2).ToArray();
        if (rated.Length == 0)
        {
            return Outcome.Undefined<double>("No unit was rated by two: have some contents judged twice.");
        }

        double[] values = [.. rated.SelectMany(unit => unit).Distinct().Order()];
        if (values.Length == 1)
        {
            return Outcome.Undefined<double>("All ratings are the same value: chance would agree as well.");
        }

        var coincidences = Coincidences(rated, values);
        double[] of = [.. Enumerable.Range(0, values.Length).Select(v => Enumerable.Range(0, values.Length).Sum(k => coincidences[v, k]))];
        double all = of.Sum(), observed = 0, expected = 0;
        for (int v = 0; v < values.Length; v++)
        {
            for (int k = 0; k < values.Length; k++)
            {
                double distance = Distance(values, of, v, k, level);
                observed += coincidences[v, k] * distance;
                expected += of[v] * (of[k] - (v == k ? 1 : 0)) / (all - 1) * distance;
            }
        }

        return Outcome.Defined(1 - (observed / expected));
    }

    /// <summary>Percentile interval over resampled units; resamples in which α is undefined are drawn again, up to ten times as many.</summary>
    public static Outcome<Interval> Bootstrap(
        IReadOnlyList<IReadOnlyList<double>> units, MeasurementLevel level, int resamples = 1_000, ulong seed = 1, double confidence = .95)
    {
        if (Of(units, level) is Outcome<double>.Undefined(var why))
        {
            return Outcome.Undefined<Interval>(why);
        }

        var random = new SplitMix64(seed);
        var rated = units.Where(unit => unit.Count >= 2).ToArray();
        var drawn = new IReadOnlyList<double>[rated.Length];
        var alphas = new List<double>(resamples);
        for (int trial = 0; trial < 10 * resamples && alphas.Count < resamples; trial++)
        {
            for (int unit = 0; unit < drawn.Length; unit++)
            {
                drawn[unit] = rated[random.Next(rated.Length)];
            }

            if (Of(drawn, level) is Outcome<double>.Defined(var alpha))
            {
                alphas.Add(alpha);
            }
        }

        return alphas.Count == resamples
            ? Outcome.Defined(Quantiles.Central(alphas, confidence))
            : Outcome.Undefined<Interval>("Nearly all resamples hold one value only: more units with different ratings are needed.");
    }

    private static double[,] Coincidences(IReadOnlyList<double>[] units, double[] values)
    {
        var coincidences = new double[values.Length, values.Length];
        var counts = new int[values.Length];
        foreach (var unit in units)
        {
            Array.Clear(counts);
            foreach (double value in unit)
            {
                counts[Array.BinarySearch(values, value)]++;
            }

            for (int v = 0; v < values.Length; v++)
            {
                for (int k = 0; k < values.Length; k++)
                {
                    coincidences[v, k] += counts[v] * (counts[k] - (v == k ? 1.0 : 0)) / (unit.Count - 1);
                }
            }
        }

        return coincidences;
    }

    private static double Distance(double[] values, double[] of, int v, int k, MeasurementLevel level)
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
