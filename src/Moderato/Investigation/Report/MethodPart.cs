using Moderato.Investigation.Findings;
using Moderato.Pictures;
using Moderato.Statistics.Intervals;

namespace Moderato.Investigation.Report;

/// <summary>How every number was got: input, populations, designs, n and methods.</summary>
internal static class MethodPart
{
    public static Markup Render(InvestigationFindings findings, ReportOptions options)
    {
        var input = findings.Input;
        var rows = new DataTable("What was read", ["Input", Column.Number("Value")],
        [
            ["rows", Numbers.Count(input.Rows)],
            ["read", Numbers.Count(input.Read)],
            ["rejected", Numbers.Count(input.Rejected)],
            ["labelled", Numbers.Count(input.Labelled)],
            ["near-duplicate clusters", input.Clusters is { } clusters ? Numbers.Count(clusters) : Numbers.Unknown],
            ["current period", Numbers.Count(input.Period.Current)],
            ["reference period", Numbers.Count(input.Period.Reference)],
            ["distinct scores", input.ScoreResolution is { } scores ? Numbers.Count(scores) : Numbers.Unknown],
            ["review from", input.ReviewFrom is { } review ? Numbers.Cut(review) : Numbers.Unknown],
            ["block from", input.BlockFrom is { } block ? Numbers.Cut(block) : Numbers.Unknown],
        ]);
        var rates = new DataTable("Every rate with its population, n and method",
            ["Rate", Column.Number("Value"), Column.Number("n"), "Population", "Method, design, confidence"],
            [.. Rates(findings).Where(rate => rate.Rate is not null).Select(rate => (IReadOnlyList<string>)[rate.Name, rate.Write(rate.Rate), Numbers.SampleSize(rate.Rate),
                rate.Rate is Rate.Known known ? known.Population : Numbers.Unknown, rate.Rate is Rate.Unknown(var why) ? why : Numbers.Method(rate.Rate)])]);
        return Markup.Of($"""
            <section id="method"><h2>How the numbers were got</h2><div class="block wordy"><div class="words"><ul><li>Flagged means the verdict violating. Borderline content is neither a false positive nor a false negative: its share is reported beside the rates.</li><li>FPR is false positives of truly safe content, FNR is truly violating content passed as safe. A rate is estimated only from labels whose sampling is known.</li><li>A margin is the score less block_from; low is within 0.15 of it, high is a score from 0.85.</li><li>Slices are proposed on one half of the labels and tested on the other; what thresholds or a map remove is measured on held-out rows.</li><li>Brackets hold the interval of the stated confidence; hover or focus a rate for its n and method. Times are in {options.Zone.Id}.</li></ul>{rates.Folded("Every rate with its population, n and method", isPrinted: true)}{rows.Folded("What was read", isPrinted: true)}</div></div></section>
            """);
    }

    private static IEnumerable<(string Name, Rate? Rate, Func<Rate?, string> Write)> Rates(InvestigationFindings findings)
    {
        var rates = findings.Rates;
        Func<Rate?, string> share = Numbers.Rate, points = Numbers.PointsRate, statistic = Numbers.Statistic;
        return
        [
            ("flagged", rates.FlagRate, share), ("flagged, reference", rates.ReferenceFlagRate, share),
            ("FPR", rates.Fpr, share), ("FPR, reference", rates.ReferenceFpr, share),
            ("FNR", rates.Fnr, share), ("FNR, reference", rates.ReferenceFnr, share),
            ("wrong flags", rates.FalseDiscoveryShare, share), ("contested", rates.ContestedShare, share), ("sent to review", rates.ReviewShare, share),
            ("change of the FPR", findings.Shift.Attribution?.Change, points), ("mix", findings.Shift.Attribution?.Mix, points), ("rate", findings.Shift.Attribution?.Rate, points),
            ("expected calibration error", findings.Confidence.Ece, statistic),
            ("removable by thresholds", findings.Confidence.RemovableByThreshold, share), ("removable by a map", findings.Confidence.RemovableByCalibration, share),
        ];
    }
}
