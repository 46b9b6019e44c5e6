using System.Globalization;
using Moderato.Decisions;
using Moderato.Investigation;
using Moderato.Statistics.Distributions;
using Moderato.Statistics.Intervals;
using Moderato.Statistics.Sampling;

namespace Moderato.Monitoring;

/// <summary>How many more contents of each verdict to label at random until FPR and FNR are known as nearly as wanted.</summary>
internal static class LabelPlan
{
    /// <summary>Before any label: what share of each verdict may be violating. Only to plan with; the first labels replace it.</summary>
    private static readonly double[] Assumed = [.01, .3, .6];

    private const long Fewest = 30;

    private static readonly string[] Verdicts = ["safe", "borderline", "violating"];

    public static IReadOnlyList<LabelsNeededFinding> Of(PostStratifiedErrorRates rates, EstimateOptions options)
    {
        var shares = rates.ViolatingShares;
        double[] violating = [.. shares.Select(Smoothed)];
        double[] sizes = [.. shares.Select(share => share.Size)];
        long[] labelled = [.. shares.Select(share => share.Labelled)];

        // Every verdict has labels and yet the class was never seen: no number of further labels can be promised to do.
        bool Unseen(Rate rate) => rate is Rate.Unknown && shares.All(share => share.Size == 0 || share.Labelled >= Fewest);
        return
        [
            .. Narrow(rates.Fpr, options.FprWithin) || Unseen(rates.Fpr) ? [] : For("fpr", options.FprWithin, ErrorRate.Fpr, sizes, violating, labelled),
            .. Narrow(rates.Fnr, options.FnrWithin) || Unseen(rates.Fnr) ? [] : For("fnr", options.FnrWithin, ErrorRate.Fnr, sizes, violating, labelled),
        ];
    }

    public static IReadOnlyList<LabelsNeededFinding> WithoutLabels(Evidence evidence, EstimateOptions options)
    {
        var sizes = new double[3];
        for (int row = 0; row < evidence.Table.Count; row++)
        {
            sizes[(int)evidence.Table.Verdicts[row]] += evidence.Table.IsCurrent(row) ? 1 : 0;
        }

        return
        [
            .. For("fpr", options.FprWithin, ErrorRate.Fpr, sizes, Assumed, [0, 0, 0]),
            .. For("fnr", options.FnrWithin, ErrorRate.Fnr, sizes, Assumed, [0, 0, 0]),
        ];
    }

    private static bool Narrow(Rate rate, double within) => rate is Rate.Known known && known.High - known.Low <= 2 * within;

    /// <summary>Half an observation on either side: a stratum without a hit is not one without variance.</summary>
    private static double Smoothed(StratumShare share, int verdict) => share.Labelled == 0
        ? Assumed[verdict]
        : ((share.Estimate * share.Labelled) + .5) / (share.Labelled + 1);

    /// <summary>
    /// The rate is R = hit/(hit + rest); a stratum of N contents with share q adds (∂R/∂T)² N² q(1−q)/n to its variance, with
    /// ∂R/∂T = (1 − R)/T for the stratum of the errors and −R/T for the others, T the contents of the class.
    /// </summary>
    private static IEnumerable<LabelsNeededFinding> For(
        string name, double within, ErrorRate rate, double[] sizes, double[] violating, long[] labelled)
    {
        int hit = rate == ErrorRate.Fpr ? (int)Verdict.Violating : (int)Verdict.Safe;
        double[] shares = rate == ErrorRate.Fnr ? violating : [.. violating.Select(share => 1 - share)];
        double total = sizes.Zip(shares, (size, share) => size * share).Sum(), ratio = sizes[hit] * shares[hit] / total;
        var spreads = new double[sizes.Length];
        for (int verdict = 0; verdict < spreads.Length; verdict++)
        {
            double slope = (verdict == hit ? 1 - ratio : ratio) / total;
            spreads[verdict] = slope * sizes[verdict] * Math.Sqrt(shares[verdict] * (1 - shares[verdict]));
        }

        string wanted = string.Create(CultureInfo.InvariantCulture, $"{name} ± {100 * within:0.##} {(within == .01 ? "point" : "points")}");
        long[] additional = LabelsNeeded.Additional(spreads, labelled, within / NormalDistribution.TwoSidedQuantile(.95));
        for (int verdict = 0; verdict < additional.Length; verdict++)
        {
            // The normal law that this plans with needs some rows of each stratum.
            long more = Math.Max(additional[verdict], Math.Min(Fewest, (long)sizes[verdict]) - labelled[verdict]);
            if (more > 0)
            {
                bool enough = more <= sizes[verdict] - labelled[verdict];
                yield return new LabelsNeededFinding(enough ? wanted : $"{wanted}, more than this log holds", Verdicts[verdict], more);
            }
        }
    }
}
