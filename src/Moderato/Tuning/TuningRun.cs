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
    private readonly DailyReviews? daily;
    private readonly List<NotTuned> notAssessed = [];

    private TuningRun(Evidence evidence, TuningOptions options)
    {
        (table, this.evidence, this.options) = (evidence.Table, evidence, options);
        rows = new TuningRows(evidence);
        today = CutsInForce.Of(table);
        volume = Volume.Of(table, options.ContentsPerDay);
        daily = DailyReviews.Of(rows, volume);
    }

    /// <param name="table">Has scores; a capacity needs times or <see cref="TuningOptions.ContentsPerDay"/>.</param>
    /// <exception cref="ArgumentException">
    /// The log has no scores, a capacity a day without a daily volume, or a demand quantile without days.
    /// </exception>
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

        if (options.DemandQuantile is not null && daily is null)
        {
            throw new ArgumentException(DailyReviews.WhyNone, nameof(options));
        }

        Explain();
        var exchange = evidence.RatesKnown && today is not null ? ExchangeRate.Of(rows, today) : null;
        var optimum = Optimum();
        double? capacity = optimum is null ? options.CapacityPerDay : Held(optimum);
        var best = optimum?.Best(capacity);
        var current = today is null ? null : ChoiceOf(today, optimum);
        var chosen = best is null ? null : ChoiceOf(best, optimum, optimum!.CrossFitted(capacity));
        var guarantee = Guarantee(optimum);
        var resolution = Resolutions.Of(rows);
        var frontier = optimum?.Frontier(capacity) ?? [];
        var sure = optimum?.Stability(capacity);
        double? price = capacity is null ? null : frontier.FirstOrDefault(point => point.CapacityPerDay == capacity)?.ShadowPrice;
        return new TuningFindings(
            options.Costs, exchange?.Rate, options.CapacityPerDay, current, chosen,
            TradeOffCurve.Of(rows, today, PerDay), frontier, guarantee,
            TuningStatement.Of(exchange, options, current, chosen, sure, price, guarantee, resolution, PerDay is not null))
        {
            Category = table.Category,
            Optimum = sure,
            ShadowPrice = price,
            ReviewerError = options.ReviewerError,
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

        var optimum = new HarmOptimum(rows, options.Costs, options.ReviewerError, PerDay ?? rows.Total);
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
            ReviewDays = daily?.Under(cuts),
        };
    }

    /// <summary>The average reviews a day at which the cuts chosen need at most the capacity on the asked share of the days.</summary>
    private double? Held(HarmOptimum optimum)
    {
        if (options.CapacityPerDay is not { } most || options.DemandQuantile is not { } quantile)
        {
            return options.CapacityPerDay;
        }

        double fits = 0, tooMuch = most;
        if (daily!.Quantile(optimum.Best(most), quantile) <= most)
        {
            return most;
        }

        for (int halving = 0; halving < 12; halving++)
        {
            double middle = (fits + tooMuch) / 2;
            (fits, tooMuch) = daily.Quantile(optimum.Best(middle), quantile) <= most ? (middle, tooMuch) : (fits, middle);
        }

        return Math.Floor(fits);
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
            cuts is not null, cuts is null ? null : ChoiceOf(cuts, optimum), why)
        {
            HoldsFor = cuts is null ? null : Window(),
        };
    }

    private GuaranteeWindow Window()
    {
        long first = long.MaxValue, last = 0;
        for (int row = 0; row < table.Count; row++)
        {
            if (table.IsCurrent(row) && table.Times?[row] is > 0 and var time)
            {
                (first, last) = (Math.Min(first, time), Math.Max(last, time));
            }
        }

        return last == 0
            ? new(null, null, (long)rows.Total, rows.Rows.Length)
            : new(new DateTimeOffset(first, TimeSpan.Zero), new DateTimeOffset(last, TimeSpan.Zero), (long)rows.Total, rows.Rows.Length);
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
