using Moderato.Statistics.Sampling;

namespace Moderato.Statistics.Curves;

/// <summary>Two scorers on the same rows: the difference second − first of a statistic, with its interval.</summary>
/// <param name="First">The statistic of the first scorer.</param>
/// <param name="Low">BCa limit of the difference.</param>
/// <param name="ShareAbove">Share of the resamples in which the second scorer is better (ties count half).</param>
/// <param name="Resamples">Resamples in which both statistics were defined.</param>
public sealed record PairedDifference(
    double First, double Second, double Difference, double Low, double High, double ShareAbove, int Resamples, double Confidence);

/// <summary>
/// Paired bootstrap: each resample draws clusters once and evaluates both scorers on them, so what the rows have in common
/// cancels and the interval is that of the difference.
/// </summary>
public static class PairedBootstrap
{
    /// <summary>Undefined where the statistic is (one class only) or where too few resamples define it.</summary>
    /// <param name="second">Scores of the second scorer, in the order of the rows.</param>
    public static Outcome<PairedDifference> Difference(
        LabelledScores first, ReadOnlySpan<double> second, CurveStatistic statistic, BootstrapOptions options)
    {
        var other = first.With(second);
        double one = statistic.At(ScoreLevels.Of(first).Masses), two = statistic.At(ScoreLevels.Of(other).Masses);
        if (double.IsNaN(one) || double.IsNaN(two))
        {
            return Outcome.Undefined<PairedDifference>($"The {statistic.Name} is undefined on these rows.");
        }

        var resampling = ClusterResampling.Of(first, other);
        var random = new SplitMix64(options.Seed);
        var differences = new List<double>(options.Resamples);
        double above = 0;
        for (int resample = 0; resample < options.Resamples; resample++)
        {
            resampling.Draw(ref random);
            double difference = statistic.At(resampling.Levels(1)) - statistic.At(resampling.Levels(0));
            if (!double.IsNaN(difference))
            {
                differences.Add(difference);
                above += difference > 0 ? 1 : difference == 0 ? .5 : 0;
            }
        }

        if (differences.Count < .95 * options.Resamples)
        {
            return Outcome.Undefined<PairedDifference>($"Too few rows of one class for an interval of the {statistic.Name}.");
        }

        var limits = BcaInterval.Of(differences, two - one, LeftOut(), resampling.Clusters, options.Confidence);
        return Outcome.Defined(new PairedDifference(
            one, two, two - one, limits.Low, limits.High, above / differences.Count, differences.Count, options.Confidence));

        IEnumerable<double> LeftOut()
        {
            for (int group = 0; group < resampling.Groups; group++)
            {
                resampling.LeaveOut(group);
                yield return statistic.At(resampling.Levels(1)) - statistic.At(resampling.Levels(0));
            }
        }
    }
}
