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

        if (confidence.InSlices.Count > 0)
        {
            blocks.Add(InSlices(confidence.InSlices));
        }

        if (Sentences.Resolution(confidence.Resolution) is { } steps)
        {
            blocks.Add(Resolution(confidence.Resolution!, steps));
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

        if (confidence.Resolution is { IsCoarse: false } resolution)
        {
            words.Add($"<p>The scores take {Numbers.Count(resolution.Distinct)} different values, and no few of them hold the flags: a cut can be put anywhere.</p>");
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

    private static Block InSlices(IReadOnlyList<SliceCalibration> slices)
    {
        string finding = Sentences.Slices(slices) ?? "What scores mean inside the slices";
        return new Block("Do scores mean what they say inside the worst slices?",
            Markup.Of($"<p>One map of the scores mends what is off everywhere alike; what is off in one slice only, a map of its own or a better model.</p>"),
            IntervalPlot.Draw("in-slices", finding, "Slice", "violating, of the slice's labelled content",
                [.. slices.Select(slice => new IntervalRow(Sentences.Where(slice.Where), slice.Observed, Note: $"scores say {Numbers.Percent(slice.MeanScore)}"))]));
    }

    private static Block Resolution(ScoreSteps resolution, string finding)
    {
        const string asked = "How finely can the scores be cut?";
        var words = Markup.Of($"<p>The scores take {Numbers.Count(resolution.Distinct)} different values, and these hold the flags. A threshold takes a whole step or nothing of it. What parts contents on one step is a finer score with a calibration, examples, or the text of the policy.</p>");
        return resolution.Steps.Any(step => step.Violating is Rate.Known)
            ? new Block(asked, words, IntervalPlot.Draw("resolution", finding, "Score", "violating, of the contents with this score",
                [.. resolution.Steps.Select(step => new IntervalRow($"scored {Numbers.Cut(step.Score)}", step.Violating, Note: $"{Numbers.Percent(step.ShareOfFlags)} of the flags"))]))
            : new Block(asked, words, ShareBars.Draw("resolution", finding, "Score", "flagged contents",
                [.. resolution.Steps.Select(step => new ShareRow($"scored {Numbers.Cut(step.Score)}", step.ShareOfFlags))]));
    }

    private static Block Removable(ConfidenceFinding confidence)
    {
        const string asked = "What would thresholds or a calibration remove?";
        string finding = Sentences.Removable(confidence);
        return confidence.RemovableByThreshold is Rate.Known || confidence.RemovableByCalibration is Rate.Known
            ? new Block(asked, Markup.Of($"<p>Cuts and map are fitted on one part of the labels and measured on another. No move may let more than 1.25 times as many violations pass as do today or did in the reference.</p>"), IntervalPlot.Draw("removable", finding, "Remedy", "removed, of the excess false positives on held-out rows",
                [new IntervalRow("moving the thresholds", confidence.RemovableByThreshold), new IntervalRow("a map of the scores", confidence.RemovableByCalibration)]))
            : new Block(asked, Block.Finding(finding));
    }
}
