using System.Globalization;
using Moderato.Statistics.Distributions;
using Moderato.Statistics.Intervals;
using Moderato.Statistics.Sampling;

namespace Moderato.Statistics.Curves;

/// <summary>
/// Bootstrap of curve statistics (<see cref="BcaInterval"/>), whole clusters resampled: authors with several contents, near-duplicates.
/// Where every resample agrees (no error seen, a perfect ranking) the limits are a point, which no sample justifies;
/// then the Wilson limits for that many independent clusters stand.
/// </summary>
public static class CurveBootstrap
{
    /// <summary>Share of resamples that may leave a statistic undefined (a class that was not drawn) before its interval is.</summary>
    private const double MostUndefined = .05;

    /// <summary>One <see cref="Rate"/> for each statistic, all from the same resamples.</summary>
    /// <param name="population">What the rates are rates of.</param>
    /// <param name="design">How the rows came to be labelled.</param>
    public static IReadOnlyList<Rate> Run(
        LabelledScores rows, IReadOnlyList<CurveStatistic> statistics, string population, string design, BootstrapOptions options)
    {
        if (rows.Count == 0)
        {
            return [.. statistics.Select(statistic => new Rate.Unknown($"There is no labelled row for the {statistic.Name}."))];
        }

        var resampling = ClusterResampling.Of(rows);
        var draws = statistics.Select(_ => new List<double>(options.Resamples)).ToArray();
        var random = new SplitMix64(options.Seed);
        for (int resample = 0; resample < options.Resamples; resample++)
        {
            resampling.Draw(ref random);
            var levels = resampling.Levels(0);
            for (int i = 0; i < draws.Length; i++)
            {
                double value = statistics[i].At(levels);
                if (!double.IsNaN(value))
                {
                    draws[i].Add(value);
                }
            }
        }

        var leftOut = statistics.Select(_ => new double[resampling.Groups]).ToArray();
        for (int group = 0; group < resampling.Groups; group++)
        {
            resampling.LeaveOut(group);
            var levels = resampling.Levels(0);
            for (int i = 0; i < leftOut.Length; i++)
            {
                leftOut[i][group] = statistics[i].At(levels);
            }
        }

        var observed = ScoreLevels.Of(rows);
        return [.. statistics.Select((statistic, i) => Summarise(rows, statistic, statistic.At(observed.Masses), draws[i], leftOut[i], population, design, options))];
    }

    private static Rate Summarise(
        LabelledScores rows, CurveStatistic statistic, double estimate, List<double> draws, double[] leftOut,
        string population, string design, BootstrapOptions options)
    {
        var (n, clusters) = Counted(rows, statistic.Rows);
        if (double.IsNaN(estimate))
        {
            return new Rate.Unknown($"The {statistic.Name} needs rows of both classes among the labelled ones; label more.");
        }

        if (statistic.Counts is { } counts)
        {
            return Share(rows, counts, estimate, n, population, design, options.Confidence);
        }

        if (draws.Count < (1 - MostUndefined) * options.Resamples)
        {
            return new Rate.Unknown($"The {statistic.Name} rests on too few clusters ({clusters}) for an interval; label more.");
        }

        var limits = BcaInterval.Of(draws, estimate, leftOut, clusters, options.Confidence);
        string method = string.Create(CultureInfo.InvariantCulture, $"bootstrap by {(rows.Clusters is null ? "row" : "cluster")}, BCa, {options.Resamples} resamples");
        if (limits.Width == 0)
        {
            limits = WilsonInterval.At(estimate * clusters, clusters, NormalDistribution.TwoSidedQuantile(options.Confidence));
            method = "Wilson, every resample agrees";
        }

        return new Rate.Known(
            estimate, Math.Min(limits.Low, estimate), Math.Max(limits.High, estimate), n, method, population, design, options.Confidence);
    }

    private static Rate.Known Share(
        LabelledScores rows, Func<double, bool, bool?> counts, double estimate, long n, string population, string design, double confidence)
    {
        var (weights, has, clusters) = (new List<double>(), new List<bool>(), new List<int>());
        for (int row = 0; row < rows.Count; row++)
        {
            if (rows.Weights[row] > 0 && counts(rows.Scores[row], rows.Positive[row]) is { } counted)
            {
                weights.Add(rows.Weights[row]);
                has.Add(counted);
                clusters.Add(rows.Clusters?[row] ?? row);
            }
        }

        var share = StratumShare.Of(weights.Count, [.. weights], [.. has], [.. clusters], NormalDistribution.TwoSidedQuantile(confidence));
        return new Rate.Known(estimate, share.Low, share.High, n, StratumShare.Method, population, design, confidence);
    }

    private static (long Rows, int Clusters) Counted(LabelledScores rows, CurveStatistic.RowsCounted counted)
    {
        long n = 0;
        var clusters = new HashSet<int>();
        for (int i = 0; i < rows.Count; i++)
        {
            if (rows.Weights[i] > 0 && (counted == CurveStatistic.RowsCounted.All || rows.Positive[i] == (counted == CurveStatistic.RowsCounted.Positive)))
            {
                n++;
                clusters.Add(rows.Clusters is null ? i : rows.Clusters[i]);
            }
        }

        return (n, clusters.Count);
    }
}
