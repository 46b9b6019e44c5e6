using Moderato.Decisions;
using Moderato.Statistics.Curves;
using Moderato.Statistics.Distributions;
using Moderato.Statistics.Sampling;

namespace Moderato.Tuning;

/// <summary>
/// What today's cuts already accept: wrongful removals for one missed violation. If they were optimal, the costs would satisfy
/// c_FP (1 − p) = c_FN p at a single threshold, p the share of violating content there; with a queue c_FP (1 − p_block) = c_R =
/// c_FN p_review. So c_FN / c_FP = (1 − p_block) / p_review, read off the labelled contents nearest to each cut.
/// </summary>
/// <param name="Rate">Null where no violating content was seen at the margin.</param>
/// <param name="Low">From the joint limits of the two shares.</param>
/// <param name="High">Null where no finite limit is known.</param>
internal sealed record ExchangeRate(double? Rate, double Low, double? High)
{
    private const int Fewest = 40;
    private const int Most = 400;

    public static ExchangeRate? Of(TuningRows rows, Cuts today)
    {
        if (rows.Rows.Length < Fewest || today.BlockBin == ScoreBin.Count)
        {
            return null;
        }

        var block = At(rows, today.BlockBin);
        var review = today.HasQueue ? At(rows, today.ReviewBin) : block;

        // One threshold: its one share enters above and below, so the limits do not add up.
        double? high = review.Low > 0 ? (1 - (today.HasQueue ? block.Low : review.Low)) / review.Low : null;
        double low = (1 - (today.HasQueue ? block.High : review.High)) / review.High;
        return new(review.Estimate > 0 ? (1 - block.Estimate) / review.Estimate : null, low, high);
    }

    /// <summary>The share of violating content among the nearest labelled rows, ties at the edge included.</summary>
    private static StratumShare At(TuningRows rows, int cut)
    {
        var distances = Array.ConvertAll(rows.Rows, row => Math.Abs(row.Bin - cut));
        var sorted = (int[])distances.Clone();
        Array.Sort(sorted);
        int reach = sorted[Math.Clamp(sorted.Length / 20, Fewest, Most) - 1];
        var near = rows.Rows.Where((_, i) => distances[i] <= reach).ToArray();
        return StratumShare.Of(
            near.Length, [.. near.Select(row => row.Weight)], [.. near.Select(row => row.Violating)], [.. near.Select(row => row.Cluster)],
            NormalDistribution.TwoSidedQuantile(.95));
    }
}
