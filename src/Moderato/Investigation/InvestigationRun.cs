using Moderato.Decisions;
using Moderato.Investigation.Diagnosing;
using Moderato.Investigation.Findings;
using Moderato.Investigation.Patterns;
using Moderato.Investigation.Planning;
using Moderato.Statistics.Intervals;

namespace Moderato.Investigation;

/// <summary>
/// One category's decisions from log to plan: patterns, shift, confidence, always in this order, then the diagnosis and what to do.
/// </summary>
public static class InvestigationRun
{
    public static InvestigationFindings Of(DecisionTable table, InvestigationOptions options)
    {
        var notAssessed = new List<NotAssessed>();
        var evidence = Gather(table, notAssessed);
        var rates = RateFindings.Of(evidence);
        var yardstick = YardstickOf(evidence, rates, options);
        var patterns = new PatternsFinding([], null, []);
        var judgement = Judgement.Of(evidence, yardstick, rates, domainScores: null, patterns.Slices);
        var volume = Volume.Of(table, options.ContentsPerDay);
        double fpr = rates.Fpr is Rate.Known known ? known.Estimate : 0;
        var unknown = new Rate.Unknown("not assessed");
        return new InvestigationFindings(
            InputOf(evidence, options),
            rates,
            patterns,
            new ShiftFinding(null, null, [], null, [], []),
            new ConfidenceFinding(null, null, null, null, null, unknown, unknown),
            judgement.Causes,
            Plan.Of(evidence, volume, fpr, judgement),
            notAssessed,
            judgement.LabelNext)
        {
            Category = table.Category,
            Answer = judgement.Causes[0].Statement,
        };
    }

    private static Evidence Gather(DecisionTable table, List<NotAssessed> notAssessed)
    {
        if (table.Texts is { } texts)
        {
            var clusters = table.Clusters ?? NearDuplicates.Cluster(texts);
            return Evidence.Of(table, clusters, clusters.Length == 0 ? 0 : clusters.Max() + 1, table.Columns);
        }

        notAssessed.Add(new("texts", "the log has no text: near-duplicates, terms, registers and text shift are left out"));
        return Evidence.Of(table, [.. Enumerable.Range(0, table.Count)], table.Count, table.Columns);
    }

    private static Yardstick YardstickOf(Evidence evidence, RatesFinding rates, InvestigationOptions options) =>
        options.ObjectiveFpr is { } objective ? new Yardstick.Objective(objective)
        : evidence.HasReference && rates.ReferenceFpr is Rate.Known ? new Yardstick.Reference()
        : new Yardstick.Question();

    private static InputFinding InputOf(Evidence evidence, InvestigationOptions options)
    {
        var table = evidence.Table;
        long reference = table.Periods?.LongCount(period => period == Period.Reference) ?? 0;
        return new InputFinding(
            table.Count + options.RejectedRows,
            table.Count,
            options.RejectedRows,
            table.Labels.LongCount(label => label >= 0),
            table.Texts is null ? null : evidence.ClusterCount,
            new PeriodCounts(reference, table.Count - reference),
            table.Scores?.Where(score => !double.IsNaN(score)).Distinct().Count());
    }
}
