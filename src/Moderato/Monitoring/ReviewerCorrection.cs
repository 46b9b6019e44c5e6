using Moderato.Decisions;
using Moderato.Investigation;
using Moderato.Statistics;
using Moderato.Statistics.Agreement;
using Moderato.Statistics.Curves;
using Moderato.Statistics.Intervals;
using Moderato.Statistics.Sampling;

namespace Moderato.Monitoring;

/// <summary>
/// FPR and FNR as they would be without the reviewers' own errors: each verdict's share of violating labels is corrected (Rogan and
/// Gladen) for a stated error, or for the one that second labels show (<see cref="TwoReviewerErrors"/>). Intervals from resampled
/// clusters, so that what is not known of the reviewers is in them.
/// </summary>
internal sealed class ReviewerCorrection
{
    private const int Resamples = 500;
    private const ulong Seed = 1;
    private const double Confidence = .95;

    /// <summary>Fewer contents labelled twice show no error of which anything could be said.</summary>
    private const int FewestPairs = 50;

    private readonly Evidence evidence;
    private readonly double? stated;
    private readonly (int Verdict, double Weight, bool Violating, int Second, int Cluster)[] rows;
    private readonly double[] contents = new double[3];
    private readonly int clusters;

    private ReviewerCorrection(Evidence evidence, double? stated)
    {
        (this.evidence, this.stated) = (evidence, stated);
        var table = evidence.Table;
        var codes = new Dictionary<int, int>();
        var labelled = new List<(int, double, bool, int, int)>();
        for (int row = 0; row < table.Count; row++)
        {
            if (!table.IsCurrent(row))
            {
                continue;
            }

            contents[(int)table.Verdicts[row]]++;
            if (evidence.Weights[row] > 0)
            {
                if (!codes.TryGetValue(evidence.Clusters[row], out int code))
                {
                    codes[evidence.Clusters[row]] = code = codes.Count;
                }

                labelled.Add(((int)table.Verdicts[row], evidence.Weights[row], table.Labels[row] == 1, table.SecondLabels?[row] ?? -1, code));
            }
        }

        rows = [.. labelled];
        clusters = codes.Count;
    }

    /// <param name="stated">Share of the reviews that are wrong, as the operator states it; null: as second labels show.</param>
    public static CorrectedRates Of(Evidence evidence, double? stated)
    {
        var correction = new ReviewerCorrection(evidence, stated);
        long pairs = correction.rows.LongCount(row => row.Second >= 0);
        return stated is null && pairs < FewestPairs
            ? CorrectedRates.Unknown(pairs == 0
                ? "no content has a second label: the reviewers' own errors are not known; fill in second_label for some, or state --reviewer-error"
                : $"{pairs} contents have a second label; {FewestPairs} at least are needed to know the reviewers' own errors")
            : correction.Rates(pairs);
    }

    private CorrectedRates Rates(long pairs)
    {
        var once = new int[clusters];
        Array.Fill(once, 1);
        var whole = At(once, out string? why);
        if (whole is null)
        {
            return CorrectedRates.Unknown(why!);
        }

        var random = new SplitMix64(Seed);
        var draws = Enumerable.Range(0, 4).Select(_ => new List<double>(Resamples)).ToArray();
        for (int resample = 0; resample < Resamples; resample++)
        {
            var times = new int[clusters];
            for (int draw = 0; draw < clusters; draw++)
            {
                times[random.Next(clusters)]++;
            }

            if (At(times, out _) is { } drawn)
            {
                for (int i = 0; i < draws.Length; i++)
                {
                    draws[i].Add(drawn[i]);
                }
            }
        }

        string method = stated is null ? "corrected for the reviewers' errors (Hui–Walter, Rogan–Gladen)" : "corrected for the stated error of reviewers (Rogan–Gladen)";
        string population = RateFindings.Population(evidence, Period.Current);
        return new(
            Rate(0, rows.LongCount(row => !row.Violating), $"truly safe {population}"), Rate(1, rows.LongCount(row => row.Violating), $"truly violating {population}"),
            stated is null ? Rate(2, pairs, "truly violating contents, called so by a reviewer") : null,
            stated is null ? Rate(3, pairs, "truly safe contents, called so by a reviewer") : null);

        Rate Rate(int i, long n, string of)
        {
            if (double.IsNaN(whole[i]) || draws[i].Count < .95 * Resamples)
            {
                return new Rate.Unknown("too few labels to correct for the reviewers' errors");
            }

            double[] sorted = [.. draws[i].Where(double.IsFinite).Order()];
            return sorted.Length < .95 * Resamples
                ? new Rate.Unknown("too few labels to correct for the reviewers' errors")
                : new Rate.Known(
                    whole[i], Math.Min(whole[i], Quantiles.At(sorted, (1 - Confidence) / 2)), Math.Max(whole[i], Quantiles.At(sorted, (1 + Confidence) / 2)),
                    n, $"{method}, bootstrap by cluster, {Resamples} resamples", of, evidence.Design, Confidence);
        }
    }

    /// <summary>FPR, FNR, sensitivity, specificity of one draw; null where they are not defined.</summary>
    private double[]? At(int[] times, out string? why)
    {
        var judged = new JudgedTwice[3];
        var (mass, violating) = (new double[3], new double[3]);
        foreach (var row in rows)
        {
            double weight = row.Weight * times[row.Cluster];
            mass[row.Verdict] += weight;
            violating[row.Verdict] += row.Violating ? weight : 0;
            if (row.Second >= 0)
            {
                var (both, split, neither) = judged[row.Verdict];
                judged[row.Verdict] = (row.Violating, row.Second == 1) switch
                {
                    (true, true) => new(both + weight, split, neither),
                    (false, false) => new(both, split, neither + weight),
                    _ => new(both, split + weight, neither),
                };
            }
        }

        double sensitivity = 1 - (stated ?? 0), specificity = sensitivity;
        why = null;
        if (stated is null)
        {
            switch (TwoReviewerErrors.Of(judged))
            {
                case Outcome<TwoReviewerErrors>.Defined(var errors):
                    (sensitivity, specificity) = (errors.Sensitivity, errors.Specificity);
                    break;
                case Outcome<TwoReviewerErrors>.Undefined(var reason):
                    why = reason;
                    return null;
            }
        }

        var share = new double[3];
        for (int verdict = 0; verdict < 3; verdict++)
        {
            if (contents[verdict] > 0 && mass[verdict] == 0)
            {
                why = "a verdict has no label at random";
                return null;
            }

            share[verdict] = contents[verdict] == 0 ? 0
                : RoganGladen.Of(violating[verdict] / mass[verdict], sensitivity, specificity, 1, 1, 1) is Outcome<RoganGladen>.Defined(var corrected) ? corrected.Estimate : double.NaN;
        }

        double fp = contents[2] * (1 - share[2]), fn = contents[0] * share[0];
        double safe = contents.Zip(share, (size, q) => size * (1 - q)).Sum(), bad = contents.Zip(share, (size, q) => size * q).Sum();
        return [fp / safe, bad > 0 ? fn / bad : double.NaN, sensitivity, specificity];
    }
}
