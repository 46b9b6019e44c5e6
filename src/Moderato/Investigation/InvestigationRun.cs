using Moderato.Classification.Languages;
using Moderato.Decisions;
using Moderato.Investigation.Confidence;
using Moderato.Investigation.Diagnosing;
using Moderato.Investigation.Findings;
using Moderato.Investigation.Patterns;
using Moderato.Investigation.Planning;
using Moderato.Investigation.Report;
using Moderato.Investigation.Shift;
using Moderato.Pictures;
using Moderato.Statistics.Intervals;

namespace Moderato.Investigation;

/// <summary>
/// One category's decisions from log to plan: patterns, shift, confidence, always in this order, then the diagnosis and what to do.
/// </summary>
public static class InvestigationRun
{
    public static InvestigationFindings Of(DecisionTable table, InvestigationOptions options)
    {
        var columns = SliceColumns.Of(WithLanguage(table));
        var evidence = Gather(table, columns);

        var flags = FlagRateChanges.Of(evidence, columns, options.Seed);

        // Shift and slices do not wait for each other; neither changes what the other reads.
        var shifting = Task.Run(() => ShiftAnalysis.Of(evidence, (ulong)options.Seed));
        var rates = RateFindings.Of(evidence) with { FlagRateChanges = flags.Changes, ObjectiveFpr = options.ObjectiveFpr, Releases = ReleaseFlagRates.Of(evidence) };
        var yardstick = YardstickOf(evidence, rates, options);
        double fpr = rates.Fpr is Rate.Known known ? known.Estimate : 0;
        double accepted = yardstick.AcceptedFpr(fpr, rates.ReferenceFpr, FlagRatio(rates));

        var sample = FalsePositiveSample.Draw(evidence, options.SampleSize, options.Seed);
        var slices = SliceSearch.Run(evidence, columns, accepted, options.Seed, options.TopSlices);
        var confidence = ConfidenceAnalysis.Run(evidence, accepted, (rates.ReferenceFnr as Rate.Known)?.Estimate, slices.Slices, options.Seed);
        var shift = shifting.GetAwaiter().GetResult();
        var judgement = Judgement.Of(evidence, yardstick, rates, shift.Texts, slices.Slices, flags.Changes, confidence.Finding.RemovableByThreshold);
        return new InvestigationFindings(
            InputOf(evidence, options),
            rates,
            new PatternsFinding(sample.Contents, FalsePositiveSample.Codes(evidence), slices.Slices) { SampleIsOfFalsePositives = evidence.RatesKnown, TopSlices = slices.Top, Clusters = RepeatedTexts.Of(evidence) },
            shift.Finding,
            confidence.Finding,
            judgement.Causes,
            Plan.Of(evidence, Volume.Of(table, options.ContentsPerDay), fpr, judgement, confidence.Finding.Resolution),
            [
                .. LabelPeriods.Of(evidence), .. Without(table), .. In(Steps.Patterns, [.. flags.NotAssessed, .. sample.NotAssessed, .. slices.NotAssessed]),
                .. In(Steps.Shift, shift.NotAssessed), .. In(Steps.Confidence, confidence.NotAssessed), .. columns.LeftOut,
            ],
            judgement.LabelNext)
        {
            Category = table.Category,
            Answer = AnswerOf(evidence, rates, judgement),
        };
    }

    // Without labels the answer is what is flagged more than before: that needs none.
    private static string AnswerOf(Evidence evidence, RatesFinding rates, Judgement judgement) =>
        !evidence.RatesKnown && Sentences.FlagRateChange(rates) is { } flaggedMore
            ? $"{Numbers.Rate(rates.FlagRate)} is flagged, before {Numbers.Rate(rates.ReferenceFlagRate)}. {flaggedMore.TrimEnd('.')}. How much of that is wrong, labels will tell: {evidence.WhyNoRates}."
            : judgement.Causes[0].Statement;

    private static DecisionTable WithLanguage(DecisionTable table) =>
        table.Texts is { } texts && table.Column("language") is null && table.Column("locale") is null
            ? table with { Columns = [.. table.Columns, LanguageDetector.Column("language", texts)] }
            : table;

    private static Evidence Gather(DecisionTable table, SliceColumns columns)
    {
        var clusters = ContentClusters.In(table);
        return Evidence.Of(table, clusters.Of, clusters.Count, [.. columns.Columns, .. columns.SignalColumns()]);
    }

    private static IEnumerable<NotAssessed> In(string step, IEnumerable<NotAssessed> gaps) => gaps.Select(gap => gap with { Step = step });

    // What the log itself lacks; what each step could not do it says itself.
    private static IEnumerable<NotAssessed> Without(DecisionTable table)
    {
        if (table.Texts is null)
        {
            yield return new("texts", "the log has no text: near-duplicates, language, terms and registers are left out");
        }

        if (table.SecondLabels is null)
        {
            yield return new("label noise", "the log has no second_label: without an independent second label the labels are taken as they are");
        }

        if (table.Votes is null)
        {
            yield return new("contested content", "the log has no votes: contested content cannot be told from clear errors");
        }
    }

    private static Yardstick YardstickOf(Evidence evidence, RatesFinding rates, InvestigationOptions options) =>
        options.ObjectiveFpr is { } objective ? new Yardstick.Objective(objective)
        : evidence.HasReference ? new Yardstick.Reference(Borrowed: rates.ReferenceFpr is not Rate.Known)
        : new Yardstick.Question();

    private static double FlagRatio(RatesFinding rates) =>
        rates is { FlagRate: Rate.Known now, ReferenceFlagRate: Rate.Known { Estimate: > 0 } before } ? now.Estimate / before.Estimate : 1;

    private static InputFinding InputOf(Evidence evidence, InvestigationOptions options)
    {
        var table = evidence.Table;
        var cuts = CutsInForce.Of(table);
        long reference = table.Periods?.LongCount(period => period == Period.Reference) ?? 0;
        return new InputFinding(
            table.Count + options.RejectedRows,
            table.Count,
            options.RejectedRows,
            table.Labels.LongCount(label => label >= 0),
            table.Texts is null ? null : evidence.ClusterCount,
            new PeriodCounts(reference, table.Count - reference),
            table.Scores?.Where(score => !double.IsNaN(score)).Distinct().Count())
        {
            ReviewFrom = cuts?.ReviewFrom,
            BlockFrom = cuts?.BlockFrom,
        };
    }
}
