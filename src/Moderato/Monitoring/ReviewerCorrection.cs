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
/// clusters, labelled or not, so that what is not known of the reviewers is in them, and how many contents met each verdict.
/// </summary>
internal sealed class ReviewerCorrection
{
    private const int Resamples = 1_000;
    private const ulong Seed = 1;
    private const double Confidence = .95;

    /// <summary>Fewer contents labelled twice show no error of which anything could be said.</summary>
    private const int FewestPairs = 50;

    /// <summary>Clusters are drawn in groups, so that the work does not grow with the rows.</summary>
    private const int Groups = 400;

    private readonly Evidence evidence;
    private readonly double? stated;
    private readonly Counts[,] counts;
    private readonly long safeLabels;
    private readonly long violatingLabels;
    private readonly long pairs;

    private ReviewerCorrection(Evidence evidence, double? stated)
    {
        (this.evidence, this.stated) = (evidence, stated);
        var table = evidence.Table;
        counts = new Counts[Groups, 3];
        var groups = new Dictionary<int, int>();
        for (int row = 0; row < table.Count; row++)
        {
            if (!table.IsCurrent(row))
            {
                continue;
            }

            if (!groups.TryGetValue(evidence.Clusters[row], out int group))
            {
                groups[evidence.Clusters[row]] = group = groups.Count % Groups;
            }

            ref var own = ref counts[group, (int)table.Verdicts[row]];
            own.Contents++;
            if (evidence.Weights[row] is > 0 and var weight)
            {
                bool violating = table.Labels[row] == 1;
                own.Labelled += weight;
                own.Violating += violating ? weight : 0;
                _ = violating ? violatingLabels++ : safeLabels++;
                if (table.SecondLabels?[row] is >= 0 and var second)
                {
                    pairs++;
                    var (both, split, neither) = own.Twice;
                    own.Twice = (violating, second == 1) switch
                    {
                        (true, true) => new(both + weight, split, neither),
                        (false, false) => new(both, split, neither + weight),
                        _ => new(both, split + weight, neither),
                    };
                }
            }
        }
    }

    /// <param name="stated">Share of the reviews that are wrong, as the operator states it; null: as second labels show.</param>
    public static CorrectedRates Of(Evidence evidence, double? stated)
    {
        var correction = new ReviewerCorrection(evidence, stated);
        return stated is null && correction.pairs < FewestPairs
            ? CorrectedRates.Unknown(correction.pairs == 0
                ? "no content has a second label: the reviewers' own errors are not known; fill in second_label for some, or state --reviewer-error"
                : $"{correction.pairs} contents have a second label; {FewestPairs} at least are needed to know the reviewers' own errors")
            : correction.Rates();
    }

    private CorrectedRates Rates()
    {
        var once = new int[Groups];
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
            var times = new int[Groups];
            for (int draw = 0; draw < Groups; draw++)
            {
                times[random.Next(Groups)]++;
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
            Rate(0, safeLabels, $"truly safe {population}"), Rate(1, violatingLabels, $"truly violating {population}"),
            stated is null ? Rate(2, pairs, "truly violating contents, called so by a reviewer") : null,
            stated is null ? Rate(3, pairs, "truly safe contents, called so by a reviewer") : null);

        Rate Rate(int i, long n, string of)
        {
            var defined = draws[i].FindAll(double.IsFinite);
            if (double.IsNaN(whole[i]) || defined.Count < .95 * Resamples)
            {
                return new Rate.Unknown("too few labels to correct for the reviewers' errors");
            }

            var limits = PercentileInterval.Of(defined, Groups, Confidence);
            return new Rate.Known(
                whole[i], Math.Min(whole[i], limits.Low), Math.Max(whole[i], limits.High),
                n, $"{method}, bootstrap by cluster, {Resamples} resamples", of, evidence.Design, Confidence);
        }
    }

    /// <summary>FPR, FNR, sensitivity, specificity of one draw; null where they are not defined.</summary>
    private double[]? At(int[] times, out string? why)
    {
        var all = new Counts[3];
        for (int group = 0; group < Groups; group++)
        {
            for (int verdict = 0; verdict < all.Length; verdict++)
            {
                all[verdict].Add(counts[group, verdict], times[group]);
            }
        }

        double sensitivity = 1 - (stated ?? 0), specificity = sensitivity;
        why = null;
        if (stated is null)
        {
            switch (TwoReviewerErrors.Of(Array.ConvertAll(all, one => one.Twice)))
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
        for (int verdict = 0; verdict < share.Length; verdict++)
        {
            var (contents, labelled, violating) = (all[verdict].Contents, all[verdict].Labelled, all[verdict].Violating);
            if (contents > 0 && labelled == 0)
            {
                why = "a verdict has no label at random";
                return null;
            }

            share[verdict] = contents == 0 ? 0
                : RoganGladen.Of(violating / labelled, sensitivity, specificity, 1, 1, 1) is Outcome<RoganGladen>.Defined(var corrected) ? corrected.Estimate : double.NaN;
        }

        double fp = all[2].Contents * (1 - share[2]), fn = all[0].Contents * share[0];
        double safe = all.Zip(share, (one, q) => one.Contents * (1 - q)).Sum(), bad = all.Zip(share, (one, q) => one.Contents * q).Sum();
        return [fp / safe, bad > 0 ? fn / bad : double.NaN, sensitivity, specificity];
    }

    /// <summary>Of one verdict: contents, labelled or not, and weights of the labelled ones.</summary>
    private struct Counts
    {
        public double Contents;
        public double Labelled;
        public double Violating;
        public JudgedTwice Twice;

        public void Add(Counts other, int times)
        {
            Contents += times * other.Contents;
            Labelled += times * other.Labelled;
            Violating += times * other.Violating;
            Twice = new(Twice.Both + (times * other.Twice.Both), Twice.Split + (times * other.Twice.Split), Twice.Neither + (times * other.Twice.Neither));
        }
    }
}
