using Moderato.Investigation.Findings;
using Moderato.Pictures;
using Moderato.Statistics.Intervals;

namespace Moderato.Investigation.Report;

/// <summary>Step 3: how sure the model is where it is wrong.</summary>
internal static class ConfidencePart
{
    public static Markup Render(InvestigationFindings findings)
    {
        var confidence = findings.Confidence;
        List<Block> blocks = [];
        if (confidence.FalsePositiveScores.Count > 0 || Sentences.Margins(confidence) is not null)
        {
            blocks.Add(Margins(findings));
        }

        if (confidence.Reliability.Count > 0 || confidence.CalibrationP is not null)
        {
            blocks.Add(Calibration(confidence));
        }

        blocks.Add(Removable(confidence));
        return Block.Section("confidence", "3. Confidence", "How sure is the model where it is wrong?",
            blocks, [.. findings.NotAssessed.Where(gap => gap.Step == Steps.Confidence)]);
    }

    private static Block Margins(InvestigationFindings findings)
    {
        var confidence = findings.Confidence;
        string finding = Sentences.Margins(confidence) ?? "Where the false positives' scores lie";
        var words = confidence.FalsePositiveScores.Count == 0 ? Block.Finding(finding) : Markup.None;
        if (confidence.Margins is { } margins)
        {
            words.Add($"<p>Over the cut by {Numbers.Statistic(margins.P10)}, {Numbers.Statistic(margins.P50)} and {Numbers.Statistic(margins.P90)} (10th, 50th and 90th percentile). Low margins are in reach of a threshold; high ones the model believes.</p>");
        }

        return confidence.FalsePositiveScores.Count == 0
            ? new Block("How far over the cut are they?", words)
            : new Block("How far over the cut are they?", words, ScoreHistogram.Draw("margins", finding, finding + ".", "false positives",
                [.. confidence.FalsePositiveScores.Select(band => new ScoreShare(band.From, band.To, band.Share, band.ReferenceShare))],
                findings.Input.ReviewFrom, findings.Input.BlockFrom));
    }

    private static Block Calibration(ConfidenceFinding confidence)
    {
        string finding = Sentences.Calibration(confidence) ?? "What scores mean";
        var words = Markup.Of($"<p>Expected calibration error {Numbers.Statistic(confidence.Ece)}.</p>");
        return confidence.Reliability.Count == 0
            ? new Block("Do scores mean what they say?", Markup.Of($"{Block.Finding(finding)}{words}"))
            : new Block("Do scores mean what they say?", words, ReliabilityDiagram.Draw("reliability", finding,
                $"{finding}. By bin: " + string.Join("; ", confidence.Reliability.Select(bin => $"score {Numbers.Statistic(bin.MeanScore)}, observed {Numbers.RateOrWhy(bin.Observed)}")) + ".",
                [.. confidence.Reliability.Select(bin => new ReliabilityPoint(bin.MeanScore, bin.Observed))]));
    }

    private static Block Removable(ConfidenceFinding confidence)
    {
        const string asked = "What would thresholds or a calibration remove?";
        string finding = Sentences.Removable(confidence);
        return confidence.RemovableByThreshold is Rate.Known || confidence.RemovableByCalibration is Rate.Known
            ? new Block(asked, Markup.Of($"<p>Cuts and map are fitted on one part of the labels and measured on another.</p>"), IntervalPlot.Draw("removable", finding, "Remedy", "removed, of the excess false positives on held-out rows",
                [new IntervalRow("moving the thresholds", confidence.RemovableByThreshold), new IntervalRow("a map of the scores", confidence.RemovableByCalibration)]))
            : new Block(asked, Block.Finding(finding));
    }
}
