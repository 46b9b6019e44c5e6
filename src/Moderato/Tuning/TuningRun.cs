using Moderato.Decisions;
using Moderato.Investigation;
using Moderato.Investigation.Patterns;
using Moderato.Investigation.Planning;
using Moderato.Statistics.Curves;

namespace Moderato.Tuning;

/// <summary>One category's decisions to its trade-off: the curve, what today's cuts accept, the optimum, a guarantee.</summary>
public sealed class TuningRun
{
    private const int MarginalContents = 10;
    private readonly DecisionTable table;
    private readonly TuningOptions options;
    private readonly Evidence evidence;
    private readonly TuningRows rows;
    private readonly Cuts? today;
    private readonly Volume volume;
    private readonly List<NotTuned> notAssessed = [];

    private TuningRun(Evidence evidence, TuningOptions options)
    {
        (table, this.evidence, this.options) = (evidence.Table, evidence, options);
        rows = new TuningRows(evidence);
        today = CutsInForce.Of(table);
        volume = Volume.Of(table, options.ContentsPerDay);
    }

    /// <param name="table">Has scores; a capacity needs times or <see cref="TuningOptions.ContentsPerDay"/>.</param>
    /// <exception cref="ArgumentException">The log has no scores, or a capacity a day without a daily volume.</exception>
    public static TuningFindings Of(DecisionTable table, TuningOptions options)
    {
        if (table.Scores is null)
        {
            throw new ArgumentException("Without scores no threshold can be moved.", nameof(table));
        }

        var clusters = ContentClusters.In(table);
        return new TuningRun(Evidence.Of(table, clusters.Of, clusters.Count, table.Columns), options).Findings();
    }

    private double? PerDay => volume is Volume.Unknown ? null : volume.PerDay((long)rows.Total);

    private TuningFindings Findings()
    {
        if (options.CapacityPerDay is not null && PerDay is null)
        {
            throw new ArgumentException(((Volume.Unknown)volume).Why, nameof(options));
        }

        Explain();
        var exchange = evidence.RatesKnown && today is not null ? ExchangeRate.Of(rows, today) : null;
        var optimum = Optimum();
        var best = optimum?.Best(options.CapacityPerDay);
        var current = today is null ? null : ChoiceOf(today, optimum);
        var chosen = best is null ? null : ChoiceOf(best, optimum, optimum!.CrossFitted(options.CapacityPerDay));
        var guarantee = Guarantee(optimum);
        var resolution = Resolutions.Of(rows);
        return new TuningFindings(
            options.Costs, exchange?.Rate, options.CapacityPerDay, current, chosen,
            TradeOffCurve.Of(rows, today, PerDay), optimum?.Frontier(options.CapacityPerDay) ?? [], guarantee,
            TuningStatement.Of(exchange, options, current, chosen, guarantee, resolution, PerDay is not null))
        {
            Category = table.Category,
            ImpliedExchangeRateLimits = exchange is null ? null : new(exchange.Low, exchange.High),
            AtTheMargin = AtTheMargin(),
            Resolution = resolution,
            NotAssessed = notAssessed,
        };
    }

    private void Explain()
    {
        if (evidence.WhyNoRates is { } why)
        {
            notAssessed.Add(new("error rates, optimum and guarantee", why));
        }

        if (today is null)
        {
            notAssessed.Add(new("today's cuts", "the verdicts do not follow the score; state them with --review-from and --block-from"));
        }

        if (volume is Volume.Unknown(var noVolume))
        {
            notAssessed.Add(new("reviews a day", noVolume));
        }

        if (options.CapacityPerDay is not null && options.Costs is null)
        {
            notAssessed.Add(new("how to use the capacity", "that depends on what an error and a review cost: --cost-fp, --cost-fn, --cost-review"));
        }

        if (rows.WithoutScore > 0)
        {
            notAssessed.Add(new("contents without a score", $"{rows.WithoutScore} of them keep their verdict whatever the cuts"));
        }
    }

    private HarmOptimum? Optimum()
    {
        if (options.Costs is null || !evidence.RatesKnown)
        {
            return null;
        }

        var optimum = new HarmOptimum(rows, options.Costs, PerDay ?? rows.Total);
        if (optimum.WhyNot is not { } why)
        {
            return optimum;
        }

        notAssessed.Add(new("the optimum", why));
        return null;
    }

    /// <param name="judgedUnder">Cuts that a row's own label had no part in, for cuts that were chosen on the labels.</param>
    private Choice ChoiceOf(Cuts cuts, HarmOptimum? optimum, Func<int, Cuts>? judgedUnder = null)
    {
        judgedUnder ??= _ => cuts;
        var effect = RemedyEffect.OfAllLabels(
            evidence, volume, row => cuts == today || double.IsNaN(table.Scores![row]) ? table.Verdicts[row] : judgedUnder(row).Decide(table.Scores[row]));
        var (fpr, fnr, precision) = rows.Rates(cuts);
        double reviews = rows.Total == 0 ? 0 : rows.Reviews(cuts) / rows.Total;
        return new Choice(
            cuts.HasQueue ? cuts.ReviewFrom : null, cuts.BlockFrom, optimum?.Harm(cuts, judgedUnder),
            effect.FalsePositives, effect.FalseNegatives, reviews * PerDay)
        {
            Cuts = today is null ? null : MovingCuts.Between(today, cuts),
            Fpr = fpr,
            Fnr = fnr,
            Precision = precision,
            ReviewShare = reviews,
            FlagShare = rows.Total == 0 ? 0 : rows.Blocked(cuts) / rows.Total,
        };
    }

    private GuaranteeFinding? Guarantee(HarmOptimum? optimum)
    {
        if (options.MaxFnr is not { } most)
        {
            return null;
        }

        var (cuts, why) = FnrGuarantee.Of(rows, today, most, options.Confidence);
        return new GuaranteeFinding(
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"fnr<={most}"), options.Confidence,
            cuts is not null, cuts is null ? null : ChoiceOf(cuts, optimum), why);
    }

    private MarginalContent[] AtTheMargin()
    {
        if (today is null || today.BlockBin == ScoreBin.Count)
        {
            return [];
        }

        // The nearest so far, the farthest of them first out; more than are shown, because near-duplicates count once.
        double cut = ScoreBin.Cut(today.BlockBin);
        var nearest = new PriorityQueue<int, (double, int)>();
        for (int row = 0; row < table.Count; row++)
        {
            if (table.IsCurrent(row) && !double.IsNaN(table.Scores![row]))
            {
                nearest.Enqueue(row, (-Math.Abs(table.Scores[row] - cut), -row));
                if (nearest.Count > 20 * MarginalContents)
                {
                    nearest.Dequeue();
                }
            }
        }

        return [.. nearest.UnorderedItems.OrderByDescending(item => item.Priority).Select(item => item.Element)
            .DistinctBy(row => evidence.Clusters[row])
            .Take(MarginalContents)
            .Select(row => new MarginalContent(table.Ids[row], table.Scores![row], table.Labels[row] < 0 ? null : table.Labels[row]))];
    }
}
