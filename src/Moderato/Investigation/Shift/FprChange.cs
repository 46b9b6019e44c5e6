using Moderato.Decisions;
using Moderato.Investigation.Findings;
using Moderato.Statistics.Curves;
using Moderato.Statistics.Drift;
using Moderato.Statistics.Intervals;
using Moderato.Statistics.Sampling;

namespace Moderato.Investigation.Shift;

/// <summary>
/// The change of the FPR split into mix shift and rate change over the slices of the column whose mix explains it best: a mix that
/// would have moved the FPR further than it went explains it no better than one that falls short. Intervals: percentile bootstrap of near-duplicate clusters.
/// </summary>
internal static class FprChange
{
    private const int Resamples = 1_000;
    private const int ResamplesToChoose = 40;
    private const double Confidence = .95;

    /// <summary>Fewer labelled safe contents a period leave nothing to split.</summary>
    private const int LeastSafe = 30;

    public static FprAttribution? Of(Evidence evidence, ulong seed, out string? whyNot)
    {
        whyNot = evidence.WhyNoRates ?? TooFew(evidence);
        if (whyNot is not null)
        {
            return null;
        }

        var strata = VerdictStrata.Of(evidence);
        var best = evidence.SliceColumns
            .Where(column => ContentColumns.DescribesContent(column.Name))
            .Select(column => SliceTotals.Of(evidence, strata, column))
            .Where(totals => totals.Slices.Count > 1)
            .MinBy(totals => Unexplained(totals, seed))
            ?? SliceTotals.Of(evidence, strata, new CodedColumn("all", new int[evidence.Table.Count], ["all contents"]));
        if (best.Attribute() is not { } split)
        {
            whyNot = "a period has no truly safe content among the labelled ones";
            return null;
        }

        var draws = Draw(best, seed, Resamples);
        return new(
            Share("change of the FPR", split.Change, draw => draw.Change),
            Share("part of the change that the mix explains", split.Mix, draw => draw.Mix),
            Share("part of the change inside the slices", split.Rate, draw => draw.Rate),
            best.FullName,
            [.. best.Slices.Select((slice, i) => new SliceAttribution(
                new Dictionary<string, string> { [best.Column] = slice }, split.Slices[i].Mix, split.Slices[i].Rate))
                .OrderByDescending(slice => Math.Abs(slice.Mix) + Math.Abs(slice.Rate))]);

        Rate Share(string population, double estimate, Func<Attribution, double> of)
        {
            var (low, high) = PercentileInterval.Of([.. draws.Select(of)], best.Draws, Confidence);
            return new Rate.Known(
                estimate, Math.Min(estimate, low), Math.Max(estimate, high), best.SafeRows,
                $"bootstrap by cluster, percentile, {Resamples} resamples", population, evidence.Design, Confidence);
        }
    }

    /// <summary>|change − mix| and one standard error: a column of many values has a mix by chance alone.</summary>
    private static double Unexplained(SliceTotals totals, ulong seed)
    {
        if (totals.Attribute() is not { } split)
        {
            return double.PositiveInfinity;
        }

        var mixes = Draw(totals, seed, ResamplesToChoose).ConvertAll(draw => draw.Mix);
        double mean = mixes.DefaultIfEmpty().Average();
        return Math.Abs(split.Change - split.Mix) + Math.Sqrt(mixes.Select(mix => (mix - mean) * (mix - mean)).DefaultIfEmpty().Average());
    }

    private static List<Attribution> Draw(SliceTotals totals, ulong seed, int resamples)
    {
        var random = new SplitMix64(seed);
        var draws = new List<Attribution>(resamples);
        for (int resample = 0; resample < resamples; resample++)
        {
            if (totals.Resampled(ref random) is { } draw)
            {
                draws.Add(draw);
            }
        }

        return draws;
    }

    private static string? TooFew(Evidence evidence)
    {
        var table = evidence.Table;
        int reference = 0, current = 0;
        for (int row = 0; row < table.Count; row++)
        {
            if (evidence.Weights[row] > 0 && table.Labels[row] == 0)
            {
                _ = table.IsCurrent(row) ? current++ : reference++;
            }
        }

        return reference < LeastSafe ? $"{reference} truly safe contents of the reference are labelled; at least {LeastSafe} are needed"
            : current < LeastSafe ? $"{current} truly safe contents of the current period are labelled; at least {LeastSafe} are needed"
            : null;
    }
}
