namespace Moderato.Statistics.Agreement;

/// <summary>Contents of one stratum that two reviewers judged: weights of those that both, one and neither called violating.</summary>
public readonly record struct JudgedTwice(double Both, double Split, double Neither)
{
    public double All => Both + Split + Neither;
}

/// <summary>
/// The reviewers' own errors from nothing but second judgements, without a truth: contents fall into strata of unlike shares of
/// violating ones (the verdicts), reviewers err alike in all of them and independently given the truth (Hui and Walter 1980, the
/// two reviewers exchangeable). Then both say violating with q s² + (1 − q)(1 − t)², neither with q(1 − s)² + (1 − q) t², and two
/// strata are enough to know s, t and every q. Greatest likelihood by EM.
/// </summary>
/// <param name="Sensitivity">s: share of truly violating contents that a reviewer calls so.</param>
/// <param name="Specificity">t: share of truly safe contents that a reviewer calls so.</param>
/// <param name="Violating">q of each stratum.</param>
public sealed record TwoReviewerErrors(double Sensitivity, double Specificity, IReadOnlyList<double> Violating)
{
    private const int MostSteps = 5_000;
    private const double Settled = 1e-9;

    /// <returns>Undefined with fewer than two strata that were judged twice, or where the reviewers tell nothing.</returns>
    /// <exception cref="ArgumentException">A weight is negative, NaN or infinite.</exception>
    public static Outcome<TwoReviewerErrors> Of(IReadOnlyList<JudgedTwice> strata)
    {
        foreach (var stratum in strata)
        {
            if (!(Math.Min(stratum.Both, Math.Min(stratum.Split, stratum.Neither)) >= 0 && double.IsFinite(stratum.All)))
            {
                throw new ArgumentException("A weight is NaN, infinite or negative.", nameof(strata));
            }
        }

        if (strata.Count(stratum => stratum.All > 0) < 2)
        {
            return Outcome.Undefined<TwoReviewerErrors>("Fewer than two verdicts have contents that were labelled twice.");
        }

        double s = .9, t = .9;
        double[] q = [.. strata.Select(stratum => stratum.All == 0 ? double.NaN : Math.Clamp((stratum.Both + (stratum.Split / 2)) / stratum.All, .01, .99))];
        for (int step = 0; step < MostSteps; step++)
        {
            double violating = 0, hits = 0, safe = 0, passes = 0, moved = 0;
            for (int stratum = 0; stratum < q.Length; stratum++)
            {
                var (both, split, neither) = strata[stratum];
                if (both + split + neither == 0)
                {
                    continue;
                }

                double share = q[stratum];
                double ofBoth = both * Posterior(share * s * s, (1 - share) * (1 - t) * (1 - t));
                double ofSplit = split * Posterior(share * s * (1 - s), (1 - share) * t * (1 - t));
                double ofNeither = neither * Posterior(share * (1 - s) * (1 - s), (1 - share) * t * t);
                double here = ofBoth + ofSplit + ofNeither, all = both + split + neither;
                violating += here;
                hits += ofBoth + (ofSplit / 2);
                safe += all - here;
                passes += neither - ofNeither + ((split - ofSplit) / 2);
                moved = Math.Max(moved, Math.Abs((here / all) - share));
                q[stratum] = here / all;
            }

            double nextS = violating > 0 ? hits / violating : s, nextT = safe > 0 ? passes / safe : t;
            moved = Math.Max(moved, Math.Max(Math.Abs(nextS - s), Math.Abs(nextT - t)));
            (s, t) = (nextS, nextT);
            if (moved < Settled)
            {
                break;
            }
        }

        return s + t > 1
            ? Outcome.Defined(new TwoReviewerErrors(s, t, q))
            : Outcome.Undefined<TwoReviewerErrors>("Second labels agree with the first no more than by chance: the reviewers tell nothing.");
    }

    private static double Posterior(double violating, double safe) => violating + safe > 0 ? violating / (violating + safe) : .5;
}
