using Moderato.Statistics.Distributions;
using Moderato.Statistics.Intervals;

namespace Moderato.Statistics.Sampling;

/// <summary>
/// FPR, FNR and the share of flags that are false, from a labelled sample of decisions whose verdicts are all known.
/// The verdicts are strata of known size N_v, so FP = N_violating · P(safe | violating), TN = Σ N_v · P(safe | v) over the
/// rest, FPR = FP / (FP + TN), and likewise FNR. Which flagged rows happened to be labelled then costs no precision.
/// Intervals: each stratum's share has its own (<see cref="StratumShare"/>); they are joined on the log-odds scale by
/// square and add (MOVER, Zou and Donner 2008). The process is the target, so the chance of how many rows got each verdict is
/// added, 1/N_a + Σ N_v q_v²/R² for the log odds of N_a q_a against R = Σ N_v q_v over the rest (multinomial, by cluster), and
/// full labelling still gives an interval.
/// </summary>
public sealed class PostStratifiedErrorRates
{
    private const string Method = "post-stratified by verdict, shares on effective n, joined by MOVER";
    private readonly StratumShare[] violatingShare = new StratumShare[3];
    private readonly VerdictCounts counts;
    private readonly string population;
    private readonly string design;
    private readonly double confidence;
    private readonly double z;

    /// <param name="verdicts">0 safe, 1 borderline, 2 violating, of every row of the population.</param>
    /// <param name="weights">1/π of the labelled rows, 0 on rows that carry no usable label.</param>
    /// <param name="labels">1 violating, 0 safe, on rows with a weight.</param>
    /// <param name="clusters">Rows that belong together share a number; empty where each row is its own.</param>
    /// <param name="population">What the rows are, in words: "contents of the current period".</param>
    /// <param name="design">How the labelled rows were drawn, in words.</param>
    public PostStratifiedErrorRates(
        ReadOnlySpan<byte> verdicts, ReadOnlySpan<double> weights, ReadOnlySpan<sbyte> labels, ReadOnlySpan<int> clusters,
        string population, string design, double confidence = 0.95)
        : this(VerdictCounts.Of(verdicts, clusters), population, design, confidence)
    {
        var sample = new LabelledVerdicts();
        for (int i = 0; i < verdicts.Length; i++)
        {
            if (weights[i] > 0)
            {
                sample.Add(verdicts[i], weights[i], labels[i] == 1, clusters.IsEmpty ? i : clusters[i]);
            }
        }

        Shares(sample, clustered: !clusters.IsEmpty);
    }

    /// <param name="counts">How many rows of the population have each verdict.</param>
    /// <param name="sample">The labelled rows under the same verdicts.</param>
    /// <param name="clustered">Whether the sample's clusters hold several rows.</param>
    public PostStratifiedErrorRates(
        VerdictCounts counts, LabelledVerdicts sample, bool clustered, string population, string design, double confidence = 0.95)
        : this(counts, population, design, confidence) => Shares(sample, clustered);

    private PostStratifiedErrorRates(VerdictCounts counts, string population, string design, double confidence)
    {
        (this.counts, this.population, this.design, this.confidence) = (counts, population, design, confidence);
        z = NormalDistribution.TwoSidedQuantile(confidence);
    }

    /// <summary>The share of violating content under each verdict: safe, borderline, violating.</summary>
    public IReadOnlyList<StratumShare> ViolatingShares => violatingShare;

    /// <summary>FP / truly safe.</summary>
    public Rate Fpr => Ratio(
        numerator: 2, numeratorIsSafe: true, $"truly safe {population}",
        "no label at random among the flagged contents", "no label at random among the contents that were not flagged: without them the number of truly safe contents is not known");

    /// <summary>FN / truly violating.</summary>
    public Rate Fnr => Ratio(
        numerator: 0, numeratorIsSafe: false, $"truly violating {population}",
        "no label at random among the contents with verdict safe: missed violations are only there", "no label at random among the flagged contents");

    /// <summary>FP / flagged, which is 1 − precision.</summary>
    public Rate FalseDiscoveryShare
    {
        get
        {
            var safe = violatingShare[2].Complement;
            return safe.Size == 0 ? new Rate.Unknown("nothing is flagged")
                : safe.Labelled == 0 ? new Rate.Unknown("no label at random among the flagged contents")
                : new Rate.Known(safe.Estimate, safe.Low, safe.High, safe.Labelled, StratumShare.Method, $"flagged {population}", design, confidence);
        }
    }

    private void Shares(LabelledVerdicts sample, bool clustered)
    {
        for (int verdict = 0; verdict < 3; verdict++)
        {
            violatingShare[verdict] = sample.ViolatingShare(verdict, counts.Sizes[verdict], clustered, z);
        }
    }

    private Rate Ratio(int numerator, bool numeratorIsSafe, string of, string whyNoNumerator, string whyNoRest)
    {
        var shares = numeratorIsSafe ? violatingShare.Select(s => s.Complement).ToArray() : violatingShare;
        if (shares.All(s => s.Labelled == 0))
        {
            return new Rate.Unknown("no labels whose sampling is known");
        }

        if (shares[numerator].Size > 0 && shares[numerator].Labelled == 0)
        {
            return new Rate.Unknown(whyNoNumerator);
        }

        double rest = 0, restBelow = 0, restAbove = 0, restChance = 0;
        long n = shares[numerator].Size == 0 ? 0 : Unweighted(shares[numerator]);
        for (int v = 0; v < 3; v++)
        {
            if (v == numerator || shares[v].Size == 0)
            {
                continue;
            }

            if (shares[v].Labelled == 0)
            {
                return new Rate.Unknown(v == 1 ? "no label at random among the borderline contents" : whyNoRest);
            }

            var (estimate, low, high) = shares[v].Count;
            rest += estimate;
            restBelow += (estimate - low) * (estimate - low);
            restAbove += (high - estimate) * (high - estimate);
            restChance += counts.ClusterSquares[v] * shares[v].Estimate * shares[v].Estimate;
            n += Unweighted(shares[v]);
        }

        var (hit, hitLow, hitHigh) = shares[numerator].Size == 0 ? (0, 0, 0) : shares[numerator].Count;
        if (hit + rest <= 0)
        {
            return new Rate.Unknown(numeratorIsSafe ? "no truly safe content was labelled" : "no truly violating content was labelled");
        }

        double restLow = Math.Max(0, rest - Math.Sqrt(restBelow));
        double restHigh = rest + Math.Sqrt(restAbove);
        double chance = shares[numerator].Size == 0 || rest <= 0
            ? 0
            : z * z * ((counts.ClusterSquares[numerator] / (shares[numerator].Size * shares[numerator].Size)) + (restChance / (rest * rest)));
        double lowLimit = hitLow <= 0 ? 0
            : rest <= 0 ? hitLow / (hitLow + restHigh)
            : OddsToShare(hit, rest, -Distance(Math.Log(hit / hitLow), Math.Log(restHigh / rest), chance));
        double highLimit = restLow <= 0 ? 1
            : hit <= 0 ? hitHigh / (hitHigh + restLow)
            : OddsToShare(hit, rest, Distance(Math.Log(hitHigh / hit), Math.Log(rest / restLow), chance));
        return new Rate.Known(hit / (hit + rest), lowLimit, highLimit, n, Method, of, design, confidence);
    }

    private static long Unweighted(StratumShare share) => (long)Math.Round(share.Labelled * share.Estimate);

    private static double Distance(double a, double b, double squared) => Math.Sqrt((a * a) + (b * b) + squared);

    private static double OddsToShare(double hit, double rest, double logDistance)
    {
        double odds = hit / rest * Math.Exp(logDistance);
        return double.IsPositiveInfinity(odds) ? 1 : odds / (1 + odds);
    }
}
