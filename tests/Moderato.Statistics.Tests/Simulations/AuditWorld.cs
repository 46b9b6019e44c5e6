using Moderato.Statistics.Intervals;
using Moderato.Statistics.Sampling;

namespace Moderato.Statistics.Tests.Simulations;

/// <summary>How the contents to label are drawn.</summary>
public enum AuditDesign
{
    /// <summary>So many contents of all, each equally likely.</summary>
    Random,

    /// <summary>So many of each verdict, as many as there should be.</summary>
    Stratified,

    /// <summary>Each content for itself, with a probability that rises with its score.</summary>
    Poisson,
}

/// <summary>
/// A period of decisions and an audit of it. Contents come in clusters of near-duplicates (one score, one truth), each copy a
/// decision of its own. Scores are uniform to a power; a content violates with a probability that rises with its score.
/// </summary>
/// <param name="Contents">Clusters of the period.</param>
/// <param name="Violating">Share of violating contents.</param>
/// <param name="Copies">Mean size of a cluster, 1 for none.</param>
public sealed record AuditWorld(int Contents, double Violating, double Copies, AuditDesign Design, int Budget)
{
    private const double ReviewFrom = .6;
    private const double BlockFrom = .8;

    /// <summary>Scores of safe contents are u^6, of violating ones 1 − u^1.5 · .9: errors of both kinds, rare ones.</summary>
    private const double SafePower = 6;
    private const double ViolatingPower = 1.5;

    public static double TrueFpr => 1 - Math.Pow(BlockFrom, 1 / SafePower);

    public static double TrueFnr => 1 - Math.Pow((1 - ReviewFrom) / .9, 1 / ViolatingPower);

    public string Words => FormattableString.Invariant(
        $"{Budget} labels of {Contents}{(Copies > 1 ? $" × {Copies:0} copies" : "")}, {100 * Violating:0.#}% violating, {Design.ToString().ToLowerInvariant()}");

    /// <summary>Labelled errors to be expected.</summary>
    public double Events(ErrorRate rate)
    {
        double share = rate == ErrorRate.Fpr ? (1 - Violating) * TrueFpr : Violating * TrueFnr;
        double verdict = rate == ErrorRate.Fpr ? VerdictShare(2) : VerdictShare(0);
        double drawn = Design switch
        {
            AuditDesign.Random => Budget * share,
            AuditDesign.Stratified => Budget / 3.0 * share / verdict,
            _ => Budget * share * (rate == ErrorRate.Fpr ? 4 : .7),
        };
        return drawn / Copies;
    }

    public PostStratifiedErrorRates PostStratified(ulong seed)
    {
        var audit = Draw(seed);
        var sample = new LabelledVerdicts();
        for (int i = 0; i < audit.Rows.Count; i++)
        {
            var (row, weight) = audit.Rows[i];
            sample.Add(audit.Verdicts[row], weight, audit.Truth[row], audit.Clusters[row]);
        }

        return new(VerdictCounts.Of(audit.Verdicts, audit.Clusters), sample, clustered: true, "contents", Design.ToString());
    }

    public Outcome<RatioEstimate> Hajek(ulong seed, ErrorRate rate)
    {
        var audit = Draw(seed);
        return HajekRatio.OfProcess(
            new(
                [.. audit.Rows.Select(row => rate == ErrorRate.Fpr ? audit.Verdicts[row.Row] == 2 : audit.Verdicts[row.Row] != 0)],
                [.. audit.Rows.Select(row => audit.Truth[row.Row])],
                [.. audit.Rows.Select(row => row.Weight)],
                [.. audit.Rows.Select(row => audit.Clusters[row.Row])]),
            rate);
    }

    private double VerdictShare(int verdict)
    {
        double safeBelow(double cut) => Math.Pow(cut, 1 / SafePower);
        double violatingBelow(double cut) => 1 - Math.Min(1, Math.Pow((1 - cut) / .9, 1 / ViolatingPower));
        double below(double cut) => ((1 - Violating) * safeBelow(cut)) + (Violating * violatingBelow(cut));
        return verdict == 0 ? below(ReviewFrom) : verdict == 2 ? 1 - below(BlockFrom) : below(BlockFrom) - below(ReviewFrom);
    }

    private Audit Draw(ulong seed)
    {
        var random = new SplitMix64(seed);
        var (verdicts, truth, clusters, scores) = (new List<byte>(), new List<bool>(), new List<int>(), new List<double>());
        for (int cluster = 0; cluster < Contents; cluster++)
        {
            bool violating = random.NextDouble() < Violating;
            double u = random.NextDouble();
            double score = violating ? 1 - (Math.Pow(u, ViolatingPower) * .9) : Math.Pow(u, SafePower);
            int copies = 1;
            while (Copies > 1 && random.NextDouble() < 1 - (1 / Copies))
            {
                copies++;
            }

            for (int copy = 0; copy < copies; copy++)
            {
                verdicts.Add((byte)(score >= BlockFrom ? 2 : score >= ReviewFrom ? 1 : 0));
                truth.Add(violating);
                clusters.Add(cluster);
                scores.Add(score);
            }
        }

        return new([.. verdicts], [.. truth], [.. clusters], Sample(verdicts, scores, ref random));
    }

    private List<(int Row, double Weight)> Sample(List<byte> verdicts, List<double> scores, ref SplitMix64 random)
    {
        var drawn = new List<(int, double)>();
        if (Design == AuditDesign.Poisson)
        {
            double sum = scores.Sum(Size);
            for (int row = 0; row < scores.Count; row++)
            {
                double probability = Math.Min(1, Budget * Size(scores[row]) / sum);
                if (random.NextDouble() < probability)
                {
                    drawn.Add((row, 1 / probability));
                }
            }

            return drawn;
        }

        foreach (var stratum in Enumerable.Range(0, verdicts.Count).GroupBy(row => Design == AuditDesign.Random ? 0 : verdicts[row]).OrderBy(group => group.Key))
        {
            int[] rows = [.. stratum];
            int take = Math.Min(rows.Length, Design == AuditDesign.Random ? Budget : Budget / 3);
            for (int i = 0; i < take; i++)
            {
                int j = i + random.Next(rows.Length - i);
                (rows[i], rows[j]) = (rows[j], rows[i]);
                drawn.Add((rows[i], rows.Length / (double)take));
            }
        }

        return drawn;

        static double Size(double score) => .2 + score;
    }

    private sealed record Audit(byte[] Verdicts, bool[] Truth, int[] Clusters, List<(int Row, double Weight)> Rows);
}
