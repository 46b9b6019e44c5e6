using Moderato.Decisions;
using Moderato.Investigation.Findings;
using Moderato.Statistics.Intervals;
using Moderato.Statistics.Sampling;

namespace Moderato.Investigation;

/// <summary>The rates at the top of a report.</summary>
public static class RateFindings
{
    private const double Z95 = 1.959963984540054;

    public static RatesFinding Of(Evidence evidence)
    {
        var current = ErrorRates(evidence, Period.Current);
        var reference = evidence.HasReference ? ErrorRates(evidence, Period.Reference) : null;
        var fpr = current?.Fpr ?? NoRate(evidence);
        var falseDiscoveries = current?.FalseDiscoveryShare ?? NoRate(evidence);
        var meanings = new FprMeanings(evidence, fpr, falseDiscoveries);
        return new RatesFinding(
            ShareOf(evidence, Period.Current, Verdict.Violating),
            fpr,
            current?.Fnr ?? NoRate(evidence),
            falseDiscoveries,
            Contested(evidence),
            reference?.Fpr,
            reference?.Fnr,
            meanings.Which)
        {
            Meanings = meanings.All,
            Reconciled = meanings.Reconciled,
            Bounds = SelectiveLabels.Of(evidence),
            Agreement = Agreement(evidence),
            ReviewShare = ShareOf(evidence, Period.Current, Verdict.Borderline),
            ReferenceFlagRate = evidence.HasReference ? ShareOf(evidence, Period.Reference, Verdict.Violating) : null,
        };
    }

    /// <summary>"contents of the current period", or "contents" where there is no comparison.</summary>
    public static string Population(Evidence evidence, Period period) =>
        evidence.HasReference ? $"contents of the {(period == Period.Current ? "current" : "reference")} period" : "contents";

    private static Rate NoRate(Evidence evidence) => new Rate.Unknown(evidence.WhyNoRates ?? "no labels whose sampling is known");

    private static PostStratifiedErrorRates? ErrorRates(Evidence evidence, Period period)
    {
        if (!evidence.RatesKnown)
        {
            return null;
        }

        var rows = RowsOf(evidence, period);
        var table = evidence.Table;
        var verdicts = new byte[rows.Length];
        var weights = new double[rows.Length];
        var labels = new sbyte[rows.Length];
        var clusters = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            int row = rows[i];
            (verdicts[i], weights[i], labels[i], clusters[i]) =
                ((byte)table.Verdicts[row], evidence.Weights[row], table.Labels[row], evidence.Clusters[row]);
        }

        return new PostStratifiedErrorRates(verdicts, weights, labels, clusters, Population(evidence, period), evidence.Design);
    }

    private static Rate.Known ShareOf(Evidence evidence, Period period, Verdict verdict)
    {
        var rows = RowsOf(evidence, period);
        var has = new bool[rows.Length];
        var clusters = new int[rows.Length];
        var weights = new double[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            (has[i], clusters[i], weights[i]) = (evidence.Table.Verdicts[rows[i]] == verdict, evidence.Clusters[rows[i]], 1);
        }

        var share = StratumShare.Of(rows.Length, weights, has, clusters, Z95);
        return new Rate.Known(
            share.Estimate, share.Low, share.High, rows.Length, StratumShare.Method, Population(evidence, period), "all rows", 0.95);
    }

    private static Rate Contested(Evidence evidence) => evidence.Table.Votes is not { } votes
        ? new Rate.Unknown("no votes: contested content cannot be told from clear errors")
        : VotedRows(evidence) is { Length: > 0 } rows
            ? VotedShare(evidence, rows, row => votes[row].Contested, $"{Population(evidence, Period.Current)} with several votes")
            : new Rate.Unknown("no content has two votes or more");

    private static VerdictAgreement[] Agreement(Evidence evidence)
    {
        if (evidence.Table.Votes is not { } votes)
        {
            return [];
        }

        return
        [
            .. VotedRows(evidence).GroupBy(row => evidence.Table.Verdicts[row]).OrderByDescending(group => group.Key).Select(group =>
            {
                int[] rows = [.. group];
                string population = $"{Population(evidence, Period.Current)} with several votes and the verdict {group.Key.ToString().ToLowerInvariant()}";
                return new VerdictAgreement(
                    group.Key,
                    VotedShare(evidence, rows, row => votes[row].Violating == 0, population),
                    VotedShare(evidence, rows, row => votes[row].Contested, population),
                    VotedShare(evidence, rows, row => votes[row].Violating == votes[row].All, population));
            }),
        ];
    }

    private static int[] VotedRows(Evidence evidence) =>
        [.. RowsOf(evidence, Period.Current).Where(row => evidence.Table.Votes![row].All > 1 && (evidence.Weights[row] > 0 || !evidence.RatesKnown))];

    private static Rate.Known VotedShare(Evidence evidence, int[] rows, Func<int, bool> has, string population)
    {
        var share = StratumShare.Of(
            rows.Length,
            [.. rows.Select(row => Math.Max(evidence.Weights[row], evidence.RatesKnown ? 0 : 1))],
            [.. rows.Select(has)],
            [.. rows.Select(row => evidence.Clusters[row])],
            Z95);
        return new Rate.Known(
            share.Estimate, share.Low, share.High, rows.Length, StratumShare.Method, population,
            evidence.RatesKnown ? evidence.Design : "rows with votes, sampling unknown", 0.95);
    }

    private static int[] RowsOf(Evidence evidence, Period period) =>
        [.. Enumerable.Range(0, evidence.Table.Count).Where(row => (evidence.Table.IsCurrent(row) ? Period.Current : Period.Reference) == period)];
}
