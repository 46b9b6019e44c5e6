using Moderato.Decisions;
using Moderato.Investigation;
using Moderato.Investigation.Patterns;
using Moderato.Pictures;
using Moderato.Statistics.Intervals;
using Moderato.Statistics.Sampling;

namespace Moderato.Monitoring;

/// <summary>FPR and FNR of one category's current contents from the labels whose sampling is known, or why they cannot be known.</summary>
public sealed class EstimateRun
{
    private const int MostGroups = 20;
    private readonly Evidence evidence;
    private readonly EstimateOptions options;
    private readonly bool clustered;

    private EstimateRun(DecisionTable table, EstimateOptions options)
    {
        var clusters = ContentClusters.In(table);
        evidence = Evidence.Of(table, clusters.Of, clusters.Count, table.Columns);
        clustered = clusters.Count < table.Count;
        this.options = options;
    }

    public static EstimateFindings Of(DecisionTable table, EstimateOptions options) => new EstimateRun(table, options).Findings();

    private EstimateFindings Findings()
    {
        var naive = NaiveQueueFpr();
        if (evidence.WhyNoRates is { } why)
        {
            var unknown = new Rate.Unknown(why);
            return Statement(new EstimateFindings(unknown, unknown, naive, LabelPlan.WithoutLabels(evidence, options), []) { Category = evidence.Table.Category, Statement = "" });
        }

        var rates = Rates(evidence.Table.IsCurrent, RateFindings.Population(evidence, Period.Current));
        return Statement(new EstimateFindings(rates.Fpr, rates.Fnr, naive, LabelPlan.Of(rates, options), [.. options.By.SelectMany(Groups)])
        {
            Category = evidence.Table.Category,
            Statement = "",
            Corrected = ReviewerCorrection.Of(evidence, options.ReviewerError),
        });
    }

    private PostStratifiedErrorRates Rates(Func<int, bool> includes, string population)
    {
        var table = evidence.Table;
        var verdicts = new Growing<byte>();
        var clusters = new Growing<int>();
        var sample = new LabelledVerdicts();
        for (int row = 0; row < table.Count; row++)
        {
            if (!includes(row))
            {
                continue;
            }

            verdicts.Add((byte)table.Verdicts[row]);
            if (clustered)
            {
                clusters.Add(evidence.Clusters[row]);
            }

            if (evidence.Weights[row] > 0)
            {
                sample.Add((int)table.Verdicts[row], evidence.Weights[row], table.Labels[row] == 1, evidence.Clusters[row]);
            }
        }

        return new(VerdictCounts.Of(verdicts.Build(), clusters.Build()), sample, clustered, population, evidence.Design);
    }

    private IEnumerable<GroupEstimate> Groups(string by)
    {
        var table = evidence.Table;
        if (table.Column(by) is not { } column)
        {
            return [];
        }

        var counts = new long[column.Values.Count];
        for (int row = 0; row < table.Count; row++)
        {
            if (column.Codes[row] >= 0 && table.IsCurrent(row))
            {
                counts[column.Codes[row]]++;
            }
        }

        return Enumerable.Range(0, counts.Length).Where(code => counts[code] > 0).OrderByDescending(code => counts[code]).Take(MostGroups).Select(code =>
        {
            var rates = Rates(row => table.IsCurrent(row) && column.Codes[row] == code, $"contents with {by} {column.Values[code]}");
            return new GroupEstimate(by, column.Values[code], counts[code], rates.Fpr, rates.Fnr);
        });
    }

    /// <summary>
    /// False positives among the labels that the queue, the flags and the appeals brought in, unweighted: what teams without an
    /// audit look at. It is a number about the queue, not about the population.
    /// </summary>
    private Rate? NaiveQueueFpr()
    {
        var table = evidence.Table;
        if (table.LabelSources is null && !table.Verdicts.Contains(Verdict.Borderline))
        {
            return null;
        }

        long safe = 0, wrong = 0;
        for (int row = 0; row < table.Count; row++)
        {
            bool queued = table.LabelSources is { } sources
                ? sources[row] is LabelSource.Queue or LabelSource.Appeal or LabelSource.Complaint
                : table.Verdicts[row] != Verdict.Safe;
            if (queued && table.IsCurrent(row) && table.Labels[row] == 0)
            {
                safe++;
                wrong += table.Verdicts[row] == Verdict.Violating ? 1 : 0;
            }
        }

        return safe == 0
            ? null
            : WilsonInterval.Rate(wrong, safe, "truly safe contents that came to be labelled because they were flagged, queued or appealed", "selected by the decision itself: no rate of all contents");
    }

    private EstimateFindings Statement(EstimateFindings found)
    {
        var sentences = new List<string>
        {
            found.Fpr is Rate.Known fpr
                ? $"{Numbers.Rate(fpr)} of safe contents are wrongly blocked (FPR, from {Numbers.Count(fpr.N)} labelled safe contents)."
                : $"The FPR is not known: {Why(found.Fpr)}.",
        };
        if (found.Fnr is Rate.Known fnr)
        {
            sentences.Add($"{Numbers.Rate(fnr)} of violating contents pass (FNR, from {Numbers.Count(fnr.N)} labelled violating contents).");
        }
        else if (Why(found.Fnr) != Why(found.Fpr))
        {
            sentences.Add($"The FNR is not known: {Why(found.Fnr)}.");
        }

        if (found.Corrected is { Fpr: Rate.Known corrected } rates)
        {
            string errors = rates is { Sensitivity: Rate.Known sensitivity, Specificity: Rate.Known specificity }
                ? $"Second labels show reviewers who miss {Numbers.Percent(1 - sensitivity.Estimate)} of what violates and wrong {Numbers.Percent(1 - specificity.Estimate)} of what is safe"
                : $"With {Numbers.Percent(options.ReviewerError ?? 0)} of the reviews wrong";
            sentences.Add($"{errors}: without their errors the FPR is {Numbers.Rate(corrected)} and the FNR {Numbers.RateOrWhy(rates.Fnr)}.");
        }

        if (found.NaiveQueueFpr is Rate.Known naive && found.Fpr is Rate.Known)
        {
            sentences.Add($"Labels of flagged and queued contents alone would have said {Numbers.Percent(naive.Estimate)}.");
        }

        return found with { Statement = string.Join(' ', sentences) };
    }

    private static string Why(Rate rate) => rate is Rate.Unknown(var why) ? why.TrimEnd('.') : "";
}
