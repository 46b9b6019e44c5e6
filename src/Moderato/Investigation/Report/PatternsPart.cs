using Moderato.Decisions;
using Moderato.Investigation.Findings;
using Moderato.Investigation.Patterns;
using Moderato.Pictures;
using Moderato.Statistics.Intervals;

namespace Moderato.Investigation.Report;

/// <summary>Step 1: what is flagged more than before, and what the false positives are.</summary>
internal static class PatternsPart
{
    public static Markup Render(InvestigationFindings findings, ContentList contents)
    {
        List<Block> blocks = [];
        if (findings.Rates.FlagRateChanges.Count > 0)
        {
            blocks.Add(FlagRates(findings.Rates));
        }

        if (Sentences.Releases(findings.Rates.Releases) is { } released)
        {
            blocks.Add(new Block("Does a release flag more?", Markup.Of($"<p>Needs no label. Releases that decided at different times saw different content: a difference is where to look, not yet a cause.</p>"),
                IntervalPlot.Draw("releases", released, "Release", "flagged, of all content that the release decided",
                    [.. findings.Rates.Releases.Select(release => new IntervalRow(release.Release, release.FlagRate, Note: $"n {Numbers.Count(release.Contents)}"))])));
        }

        blocks.Add(Slices(findings, contents));
        if (findings.Patterns.Clusters.Count > 0)
        {
            blocks.Add(Copies(findings.Patterns.Clusters));
        }

        if (Sentences.Composition(findings.Rates.Bounds) is { } composed)
        {
            blocks.Add(Composition(findings.Rates.Bounds!, composed));
        }

        if (findings.Patterns.Codes is { Count: > 0 } codes)
        {
            blocks.Add(Codes(findings.Patterns, codes));
        }

        if (findings.Rates.Agreement is { Count: > 0 } agreement)
        {
            blocks.Add(Contested(agreement));
        }

        if (findings.Patterns.Sample.Count > 0)
        {
            blocks.Add(Sample(findings, contents));
        }

        return Block.Section("patterns", "1. Patterns", "Which contents are flagged, and which of them wrongly?",
            blocks, [.. findings.NotAssessed.Where(gap => gap.Step == Steps.Patterns)]);
    }

    private static Block FlagRates(RatesFinding rates)
    {
        string finding = Sentences.FlagRateChange(rates)!;
        var table = new DataTable("Flagged, of all content of the slice, where the flag rate moved most",
            ["Slice", Column.Number("Flagged"), Column.Number("n"), Column.Number("Before"), Column.Number("n before"), Column.Number("Difference"), Column.Number("Part of the additional flags")],
            [.. rates.FlagRateChanges.Select(change => (IReadOnlyList<string>)[Sentences.Where(change.Where), Numbers.RateOrWhy(change.FlagRate), Numbers.SampleSize(change.FlagRate),
                Numbers.RateOrWhy(change.ReferenceFlagRate), Numbers.SampleSize(change.ReferenceFlagRate), Numbers.Points(change.Difference ?? double.NaN), Numbers.Percent(change.ExcessShare)])]);
        var picture = IntervalPlot.Draw("flag-rates", finding, "Slice", "flagged, of all content of the slice",
            [.. rates.FlagRateChanges.Select(change => new IntervalRow(Sentences.Where(change.Where), change.FlagRate, change.ReferenceFlagRate,
                change.ReferenceFlagRate is Rate.Known before ? "was " + Numbers.Percent(before.Estimate) : ""))],
            rates.FlagRate is Rate.Known all ? (all.Estimate, "all content") : null, table);
        return new Block("What is flagged more than before?",
            Markup.Of($"<p>Needs no label: flagged is not yet wrongly flagged. Solid is current, dashed is the reference.</p>"), picture);
    }

    private static Block Slices(InvestigationFindings findings, ContentList contents)
    {
        const string asked = "Which kinds of safe content are wrongly flagged?";
        string finding = Sentences.Slices(findings);
        var slices = findings.Patterns.Slices;
        if (slices.Count == 0)
        {
            return new Block(asked, Markup.Of($"{Block.Finding(finding)}{Top(findings.Patterns.TopSlices)}"));
        }

        var table = new DataTable("Slices found on one half of the labels and tested on the other",
            ["Slice", Column.Number("Safe"), Column.Number("Wrongly flagged"), Column.Number("FPR"), Column.Number("Lift"), Column.Number("q"), Column.Number("Part of the excess")],
            [.. slices.Select(slice => (IReadOnlyList<string>)[Sentences.Where(slice.Where), Numbers.Count(slice.N), Numbers.Count(slice.FalsePositives),
                Numbers.RateOrWhy(slice.Fpr), slice.Lift is { } lift ? Numbers.Times(lift, slice.LiftInterval) : Numbers.Unknown, Numbers.P(slice.Q), Numbers.Percent(slice.ExcessShare)])]);
        var picture = LiftPlot.Draw("slices", finding, "wrongly flagged, times as often as the rest",
            [.. slices.Select(slice => new LiftRow(Sentences.Where(slice.Where), slice.Lift, slice.LiftInterval, "FPR " + Numbers.Rate(slice.Fpr)))], table);
        var exemplified = slices.Where(slice => slice.Examples.Count > 0).Take(5).ToArray();
        var examples = exemplified.Length == 0 ? Markup.None : Markup.Of($"""
            <details class="fold"><summary>Examples</summary>{Markup.Join(exemplified, slice => Markup.Of($"<p class=\"small\">{Sentences.Where(slice.Where)}</p>{contents.Render(slice.Examples.Take(10).Select(id => (id, "")))}"))}</details>
            """);
        return new Block(asked, Markup.Of($"<p>Proposed on one half of the labels, tested on the other, with the false discovery rate held at 10%. Copies of a text count once.</p>{examples}{Top(findings.Patterns.TopSlices)}"), picture);
    }

    private static Markup Top(IReadOnlyList<TopSlice>? top) => top is not { Count: > 0 } ? Markup.None : new DataTable(
        "SliceLine’s best slices over all false positives: ranked exactly, neither tested nor held out",
        ["Slice", Column.Number("Score"), Column.Number("Safe"), Column.Number("Wrongly flagged")],
        [.. top.Select(slice => (IReadOnlyList<string>)[Sentences.Where(slice.Where), Numbers.Statistic(slice.Score), Numbers.Count(slice.N), Numbers.Count(slice.FalsePositives)])])
        .Folded("SliceLine’s exact top, as asked for");

    private static Block Copies(IReadOnlyList<RepeatedText> texts)
    {
        var most = texts[0];
        return new Block("Is it one text over and over?", Markup.Of($"{Block.Finding($"The text that is flagged most often holds {Numbers.Percent(most.ShareOfFlags)} of the flags: {Numbers.Count(most.Flagged)} of its {Numbers.Count(most.Contents)} copies")}{new DataTable(
            "Texts with their near-duplicates, by flags of the current period",
            ["Example", Column.Number("Copies"), Column.Number("Flagged"), Column.Number("Copies before"), Column.Number("Flagged before"), Column.Number("Part of the flags"), Column.Number("Part of the false positives")],
            [.. texts.Select(text => (IReadOnlyList<string>)[text.ExampleId, Numbers.Count(text.Contents), Numbers.Count(text.Flagged), Numbers.Count(text.ReferenceContents),
                Numbers.Count(text.ReferenceFlagged), Numbers.Percent(text.ShareOfFlags), text.ShareOfFalsePositives is { } share ? Numbers.Percent(share) : Numbers.Unknown])]).Folded("The numbers")}"));
    }

    private static Block Composition(LabelBounds bounds, string finding) => new(
        "What do the labels that nobody drew hold?",
        Markup.Of($"<p>The labels came from {bounds.Source}. They show what was found there, next to how much of the flags is of that kind; how often it occurs they cannot say.</p>"),
        IntervalPlot.Draw("composition", finding, "Kind", "share of the known false positives",
            [.. bounds.Composition.Select(part => new IntervalRow(Sentences.Where(part.Where), part.Share, Note: $"{Numbers.Percent(part.ShareOfFlags)} of the flags"))]));

    private static Block Codes(PatternsFinding patterns, IReadOnlyList<CodeShare> codes)
    {
        string finding = Sentences.Codes(patterns) ?? "The sample came back coded";
        var picture = IntervalPlot.Draw("codes", finding, "Code", "share of the coded false positives",
            [.. codes.OrderByDescending(code => (code.Share as Rate.Known)?.Estimate ?? -1).Select(code => new IntervalRow(code.Code, code.Share))]);
        return new Block("What are they, read by a person?", Markup.Of($"<p>Codes of the sheet that came back. Shares are of the coded sample.</p>"), picture);
    }

    private static Block Contested(IReadOnlyList<VerdictAgreement> agreement)
    {
        var flagged = agreement.FirstOrDefault(row => row.Verdict == Verdict.Violating);
        string finding = flagged is null
            ? "How reviewers vote on each verdict"
            : $"Of flagged contents with several votes, {Numbers.Rate(flagged.AllSafe)} are safe to every reviewer and {Numbers.Rate(flagged.Split)} are contested";
        return new Block("Which errors are clear, and which contested?",
            Markup.Of($"<p>All votes against the verdict: a clear error, which a better model mends. Split votes: the policy does not decide these, and no model can.</p>"),
            AgreementGrid.Draw("agreement", finding, [.. agreement.Select(row => new AgreementRow(row.Verdict, [row.AllSafe, row.Split, row.AllViolating]))]));
    }

    private static Block Sample(InvestigationFindings findings, ContentList contents)
    {
        var sample = findings.Patterns.Sample;
        string what = findings.Patterns.SampleIsOfFalsePositives ? "false positives" : "flagged contents";
        var list = contents.Render(sample.Select(content => (content.Id, content.Score is { } score ? Numbers.Cut(score) : "")));
        return new Block($"Which {what} should a person read?", Markup.Of($"""
            <p class="finding">{Numbers.Count(sample.Count)} {what} are drawn at random for coding by hand</p><details class="fold"><summary>The sample: id and score</summary>{list}</details>{(findings.Patterns.SampleIsOfFalsePositives ? Codebook() : Markup.None)}
            """));
    }

    private static Markup Codebook() => new DataTable("What to write into column code of false-positives.csv", ["Code", "Meaning", "For example", "Not where"],
        [.. FalsePositiveCodes.All.Select(code => (IReadOnlyList<string>)[code.Code, code.Meaning, $"“{code.Example}”", code.Instead])]).Folded("The codes");
}
