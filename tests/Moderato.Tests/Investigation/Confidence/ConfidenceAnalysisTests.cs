using Moderato.Decisions;
using Moderato.Investigation;
using Moderato.Investigation.Confidence;
using Moderato.Investigation.Findings;
using Moderato.Statistics.Intervals;
using Moderato.Tests.Investigation.Patterns;

namespace Moderato.Tests.Investigation.Confidence;

public sealed class ConfidenceAnalysisTests
{
    private const int Rows = 12_000;

    [Fact]
    public void Calibrated_scores_are_called_calibrated()
    {
        var finding = Run(Table(1, score => score), 0.02).Finding;
        Assert.InRange(finding.CalibrationP!.Value, 0.01, 1);
        var ece = Known(finding.Ece!);
        Assert.InRange(ece.Estimate, 0, 0.02);
        Assert.InRange(ece.Low, 0, 0.005);
        Assert.All(finding.Reliability, bin => Assert.InRange(bin.MeanScore, Known(bin.Observed).Low - 0.03, Known(bin.Observed).High + 0.03));
    }

    [Fact]
    public void Scores_that_moved_are_called_so_and_one_map_takes_them_back()
    {
        var evidence = Run(Table(2, score => Math.Pow(score, 0.6)), ReferenceFpr(2));
        Assert.InRange(evidence.Finding.CalibrationP!.Value, 0, 1e-6);
        Assert.InRange(Known(evidence.Finding.Ece!).Low, 0.05, 0.3);
        Assert.InRange(Known(evidence.Finding.RemovableByCalibration).Estimate, 0.85, 1);
        Assert.InRange(evidence.MappedCut!.Value, Math.Pow(0.5, 0.6) - 0.03, Math.Pow(0.5, 0.6) + 0.03);
        Assert.InRange(evidence.Uniformity, 0.7, 1);
    }

    [Fact]
    public void A_map_that_only_hides_a_kind_of_content_is_not_paid_in_missed_violations()
    {
        // Safe content of one kind scores as high as violations now; all other scores stand.
        var table = Table(6, score => score);
        var random = new Random(6);
        double[] scores = [.. table.Scores!.Select((score, row) => row >= Rows / 2 && table.Labels[row] == 0 && row % 10 == 0 ? Math.Round(0.5 + (random.NextDouble() / 2), 4) : score)];
        var shifted = table with { Scores = scores, Verdicts = Array.ConvertAll(scores, table.Cuts!.Decide) };
        Assert.InRange(Known(Run(shifted, ReferenceFpr(6)).Finding.RemovableByCalibration).Estimate, 0, 0.5);
    }

    [Fact]
    public void Margins_and_shares_are_those_of_the_false_positives()
    {
        double[] scores = [0.5, 0.55, 0.6, 0.7, 0.9, 0.2, 0.95];
        sbyte[] labels = [0, 0, 0, 0, 0, 0, 1];
        var finding = Run(Small(scores, labels), 0).Finding;
        Assert.Equal(0.1, finding.Margins!.P50, 9);
        Assert.Equal(0, finding.Margins.P10, 9);
        Assert.Equal(0.4, finding.Margins.P90, 9);
        Assert.Equal(0.6, finding.LowShare!.Value, 9);
        Assert.Equal(0.2, finding.HighShare!.Value, 9);
        Assert.Equal(20, finding.FalsePositiveScores.Count);
        Assert.Equal(0.2, finding.FalsePositiveScores.Single(band => Math.Abs(band.From - 0.9) < 1e-9).Share, 9);
        Assert.Equal(1, finding.FalsePositiveScores.Sum(band => band.Share), 9);
    }

    [Fact]
    public void A_threshold_removes_false_positives_that_lie_below_the_violations()
    {
        // False positives just over the cut, violations far above it.
        var random = new Random(3);
        var (scores, labels) = Scores(random, 4_000, safe: () => random.NextDouble() * 0.58, violating: () => 0.7 + (random.NextDouble() * 0.3));
        scores[0] = 0.1;
        var evidence = Run(Small(scores, labels), 0.01);
        Assert.InRange(Known(evidence.Finding.RemovableByThreshold).Estimate, 0.95, 1);
        Assert.InRange(evidence.ThresholdMove!.Value, 0.15, 0.3);
    }

    [Fact]
    public void A_threshold_removes_little_where_the_model_believes_it()
    {
        // False positives score as high as violations do.
        var random = new Random(4);
        var (scores, labels) = Scores(random, 4_000,
            safe: () => random.Next(10) == 0 ? 0.8 + (random.NextDouble() * 0.2) : random.NextDouble() * 0.45, violating: () => 0.4 + (random.NextDouble() * 0.6));
        Assert.InRange(Known(Run(Small(scores, labels), 0.01).Finding.RemovableByThreshold).High, 0, 0.1);
    }

    [Fact]
    public void Inside_a_slice_it_says_what_scores_said_and_what_was_so()
    {
        var table = Table(5, score => score);
        string[] language = [.. Enumerable.Range(0, Rows).Select(row => row % 3 == 0 ? "es" : "en")];
        var column = new CodedColumn.Builder("language");
        foreach (string value in language)
        {
            column.Add(value);
        }

        table = table with
        {
            Columns = [column.Build()],
            Labels = [.. table.Labels.Select((label, row) => language[row] == "es" ? (sbyte)0 : label)],
        };
        var slice = new SliceFinding(new Dictionary<string, string> { ["language"] = "es" }, 1, 1, new Rate.Unknown(""), null, 0, 0, []);
        var inside = Assert.Single(ConfidenceAnalysis.Run(table.Evidence(), 0.02, null, [slice], 1).Finding.InSlices);
        Assert.Equal(0, Known(inside.Observed).Estimate);
        Assert.InRange(inside.MeanScore, 0.2, 0.3);
    }

    [Fact]
    public void Without_scores_labels_or_violations_it_says_what_is_missing()
    {
        var table = Small([0.6, 0.7, 0.2], [0, 0, 0]);
        Assert.Contains("no scores", Assert.Single(Run(table with { Scores = null }, 0).NotAssessed).Why);
        Assert.Contains("no content is labelled", Assert.Single(Run(table with { Design = new LabelDesign.None() }, 0).NotAssessed).Why);
        Assert.Contains("violating", Assert.IsType<Rate.Unknown>(Run(table, 0).Finding.RemovableByThreshold).Why);
    }

    private static ConfidenceEvidence Run(DecisionTable table, double yardstick) =>
        ConfidenceAnalysis.Run(table.Evidence(), yardstick, (RateFindings.Of(table.Evidence()).ReferenceFnr as Rate.Known)?.Estimate, [], 1);

    private static Rate.Known Known(Rate rate) => Assert.IsType<Rate.Known>(rate);

    private static (double[] Scores, sbyte[] Labels) Scores(Random random, int rows, Func<double> safe, Func<double> violating)
    {
        sbyte[] labels = [.. Enumerable.Range(0, rows).Select(_ => random.Next(5) == 0 ? (sbyte)1 : (sbyte)0)];
        return ([.. labels.Select(label => Math.Round(label == 1 ? violating() : safe(), 4))], labels);
    }

    private static double ReferenceFpr(int seed)
    {
        var table = Table(seed, score => score);
        int[] safe = [.. Enumerable.Range(0, Rows / 2).Where(row => table.Labels[row] == 0)];
        return safe.Count(row => table.Verdicts[row] == Verdict.Violating) / (double)safe.Length;
    }

    /// <summary>Scores that are the probabilities, but for what <paramref name="now"/> does to those of the second half.</summary>
    private static DecisionTable Table(int seed, Func<double, double> now)
    {
        var random = new Random(seed);
        double[] truth = [.. Enumerable.Range(0, Rows).Select(_ => Math.Pow(random.NextDouble(), 3))];
        sbyte[] labels = [.. truth.Select(p => random.NextDouble() < p ? (sbyte)1 : (sbyte)0)];
        double[] scores = [.. truth.Select((p, row) => Math.Round(row < Rows / 2 ? p : now(p), 4))];
        return Small(scores, labels) with
        {
            Periods = [.. Enumerable.Range(0, Rows).Select(row => row < Rows / 2 ? Period.Reference : Period.Current)],
        };
    }

    private static DecisionTable Small(double[] scores, sbyte[] labels)
    {
        var cuts = new Cuts(null, 0.5);
        return new()
        {
            Category = "hate",
            Ids = PackedStrings.From(Enumerable.Range(0, scores.Length).Select(row => $"c{row}")),
            Scores = scores,
            Cuts = cuts,
            Verdicts = Array.ConvertAll(scores, cuts.Decide),
            Labels = labels,
            Design = new LabelDesign.Random(),
        };
    }
}
