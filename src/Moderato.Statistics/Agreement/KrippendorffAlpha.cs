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

        return Outcome.UnlessNaN(new RatedPatterns(rated, level).Alpha(), "All ratings are the same value: chance would agree as well.");
    }

    /// <summary>
    /// <see cref="BcaInterval"/> over resampled units; resamples in which α is undefined are drawn again, up to ten times as many.
    /// </summary>
    public static Outcome<Interval> Bootstrap(
        IReadOnlyList<IReadOnlyList<double>> units, MeasurementLevel level, int resamples = 1_000, ulong seed = 1, double confidence = .95)
    {
        var whole = Of(units, level);
        if (whole is Outcome<double>.Undefined(var why))
        {
            return Outcome.Undefined<Interval>(why);
        }

        var random = new SplitMix64(seed);
        var patterns = new RatedPatterns([.. units.Where(unit => unit.Count >= 2)], level);
        var alphas = new List<double>(resamples);
        for (int trial = 0; trial < 10 * resamples && alphas.Count < resamples; trial++)
        {
            double alpha = patterns.Resampled(ref random);
            if (!double.IsNaN(alpha))
            {
                alphas.Add(alpha);
            }
        }

        return alphas.Count == resamples
            ? Outcome.Defined(BcaInterval.Of(alphas, whole.Value, patterns.LeftOut(), patterns.Units, confidence))
            : Outcome.Undefined<Interval>("Nearly all resamples hold one value only: more units with different ratings are needed.");
    }
}
