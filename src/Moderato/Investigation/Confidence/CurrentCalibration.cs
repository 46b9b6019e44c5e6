using Moderato.Investigation.Findings;
using Moderato.Statistics;
using Moderato.Statistics.Calibration;
using Moderato.Statistics.Curves;
using Moderato.Statistics.Distributions;
using Moderato.Statistics.Intervals;

namespace Moderato.Investigation.Confidence;

/// <summary>Whether scores of the current period mean what they say, read as probabilities.</summary>
internal static class CurrentCalibration
{
    private const int Bins = 10;
    /// <summary>Three contents a bin; with fewer the groups left out tell no spread.</summary>
    private const int LeastLabelled = 30;

    private const int JackknifeGroups = 20;
    private const double Confidence = 0.95;

    public static IReadOnlyList<ReliabilityBin> Reliability(Evidence evidence, int[] rows) =>
        rows.Length == 0 ? [] : [.. ReliabilityCurve.Of(Labelled(evidence, rows), Bins).Select(bin => new ReliabilityBin(bin.MeanScore, Observed(evidence, bin)))];

    /// <summary>
    /// Debiased calibration error over equal-mass bins. Its square has a delete-a-group jackknife interval by cluster, of which the
    /// root is taken: the root itself is not smooth at 0.
    /// </summary>
    public static Rate Ece(Evidence evidence, int[] rows)
    {
        if (rows.Length < LeastLabelled)
        {
            return new Rate.Unknown($"{rows.Length} labelled contents of the current period have a score; at least {LeastLabelled} are needed");
        }

        if (CalibrationError.Of(Labelled(evidence, rows), Bins) is not Outcome<CalibrationError>.Defined(var error))
        {
            return new Rate.Unknown("no labelled content of the current period has a score");
        }

        double spread = 0;
        int used = 0;
        for (int group = 0; group < JackknifeGroups; group++)
        {
            int[] others = Array.FindAll(rows, row => Group(evidence.Clusters[row]) != group);
            if (others.Length < rows.Length && CalibrationError.Of(Labelled(evidence, others), Bins) is Outcome<CalibrationError>.Defined(var without))
            {
                spread += (without.DebiasedSquared - error.DebiasedSquared) * (without.DebiasedSquared - error.DebiasedSquared);
                used++;
            }
        }

        if (used < 2)
        {
            return new Rate.Unknown("the labelled contents are copies of one text");
        }

        double reach = NormalDistribution.TwoSidedQuantile(Confidence) * Math.Sqrt(spread * (used - 1) / used);
        return new Rate.Known(
            error.Debiased, Math.Sqrt(Math.Max(0, error.DebiasedSquared - reach)), Math.Min(1, Math.Sqrt(Math.Max(0, error.DebiasedSquared + reach))),
            rows.Length, $"debiased, {Bins} equal-mass bins, delete-a-group jackknife", RateFindings.Population(evidence, Decisions.Period.Current), evidence.Design, Confidence);
    }

    /// <summary>Kolmogorov–Smirnov test that the scores are the probabilities, one content a near-duplicate cluster; null where nothing may vary.</summary>
    public static double? P(Evidence evidence, int[] rows)
    {
        var taken = new HashSet<int>();
        return CalibrationTests.KolmogorovSmirnov(Labelled(evidence, Array.FindAll(rows, row => taken.Add(evidence.Clusters[row]))))
            is Outcome<CalibrationTest>.Defined(var test) ? test.P : null;
    }

    private static LabelledScores Labelled(Evidence evidence, int[] rows) => new(
        Array.ConvertAll(rows, row => evidence.Table.Scores![row]),
        Array.ConvertAll(rows, row => evidence.Table.Labels[row] == 1),
        Array.ConvertAll(rows, row => evidence.Weights[row]),
        Array.ConvertAll(rows, row => evidence.Clusters[row]));

    // Wilson on the rows that a sample of equal weights would have needed for the same variance.
    private static Rate.Known Observed(Evidence evidence, Reliability bin)
    {
        double effective = bin.Observed is > 0 and < 1 && bin.ObservedVariance > 0
            ? bin.Observed * (1 - bin.Observed) / bin.ObservedVariance : bin.Rows;
        long n = Math.Max(1, (long)Math.Round(effective));
        var interval = WilsonInterval.Of((long)Math.Round(bin.Observed * n), n, Confidence);
        return new(
            bin.Observed, Math.Min(interval.Low, bin.Observed), Math.Max(interval.High, bin.Observed), bin.Rows, "Wilson on effective n",
            $"labelled {RateFindings.Population(evidence, Decisions.Period.Current)} of this score", evidence.Design, Confidence);
    }

    private static int Group(int cluster) => (int)(((uint)cluster * 2654435769u) >> 16) % JackknifeGroups;
}
