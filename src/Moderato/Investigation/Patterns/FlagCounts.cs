using Moderato.Decisions;
using Moderato.Investigation.Findings;
using Moderato.Statistics.Intervals;
using Moderato.Statistics.Sampling;

namespace Moderato.Investigation.Patterns;

/// <summary>
/// Flag rates of slices in both periods, and their parts of the additional flags F₁ − F₀ N₁/N₀: what is flagged now over what
/// would be at the reference's rate per content. Each row is given to the first slice that takes it.
/// </summary>
internal sealed class FlagCounts
{
    private const double Z95 = 1.959963984540054;

    private readonly Evidence evidence;
    private readonly bool[] taken;
    private readonly double growth;
    private readonly double additional;

    public FlagCounts(Evidence evidence)
    {
        this.evidence = evidence;
        taken = new bool[evidence.Table.Count];
        long current = 0, reference = 0, flagged = 0, flaggedBefore = 0;
        for (int row = 0; row < taken.Length; row++)
        {
            int isFlagged = evidence.IsFlagged(row) ? 1 : 0;
            if (evidence.Table.IsCurrent(row))
            {
                current++;
                flagged += isFlagged;
            }
            else
            {
                reference++;
                flaggedBefore += isFlagged;
            }
        }

        growth = current / (double)reference;
        additional = flagged - (flaggedBefore * growth);
    }

    public FlagRateChange Take(IReadOnlyDictionary<string, string> where, Func<int, bool> holds)
    {
        var (now, before) = (new List<int>(), new List<int>());
        double extra = 0;
        for (int row = 0; row < taken.Length; row++)
        {
            if (!holds(row))
            {
                continue;
            }

            bool isCurrent = evidence.Table.IsCurrent(row);
            (isCurrent ? now : before).Add(row);
            if (!taken[row] && evidence.IsFlagged(row))
            {
                extra += isCurrent ? 1 : -growth;
            }

            taken[row] = true;
        }

        var (current, reference) = (Share(now), Share(before));
        return new(
            where, RateOf(current, Period.Current), RateOf(reference, Period.Reference),
            before.Count == 0 || now.Count == 0 ? null : current.Estimate - reference.Estimate,
            additional > 0 ? Math.Clamp(extra / additional, 0, 1) : 0)
        {
            DifferenceInterval = before.Count == 0 || now.Count == 0 ? null : Newcombe(current, reference),
        };
    }

    private StratumShare Share(List<int> rows)
    {
        double[] ones = [.. Enumerable.Repeat(1.0, rows.Count)];
        return StratumShare.Of(rows.Count, ones, [.. rows.Select(evidence.IsFlagged)], [.. rows.Select(row => evidence.Clusters[row])], Z95);
    }

    private Rate RateOf(StratumShare share, Period period) => share.Labelled == 0
        ? new Rate.Unknown($"there are no such {RateFindings.Population(evidence, period)}")
        : new Rate.Known(
            share.Estimate, share.Low, share.High, share.Labelled, StratumShare.Method,
            $"{RateFindings.Population(evidence, period)} in the slice", "all rows", 0.95);

    // Newcombe's square and add, of the limits that count copies once.
    private static Interval Newcombe(StratumShare a, StratumShare b)
    {
        double difference = a.Estimate - b.Estimate;
        return new(
            difference - double.Hypot(a.Estimate - a.Low, b.High - b.Estimate),
            difference + double.Hypot(a.High - a.Estimate, b.Estimate - b.Low));
    }
}
