using Moderato.Pictures;
using Moderato.Statistics.Intervals;

namespace Moderato.Tuning;

/// <summary>What a tuning found, in sentences a lead can forward. Every one about a threshold says which cuts move.</summary>
internal static class TuningStatement
{
    public static string Of(
        ExchangeRate? exchange, TuningOptions options, Choice? current, Choice? best, OptimumFinding? optimum, double? shadowPrice,
        GuaranteeFinding? guarantee, ScoreResolution resolution, bool aDay)
    {
        var sentences = new List<string>();
        if (best is not null)
        {
            sentences.Add(Best(options, current, best, aDay));
            if (shadowPrice is { } price)
            {
                sentences.Add(price > 0
                    ? $"One more review a day would save {Amount(price)} of harm a day."
                    : "The capacity is no limit: further reviews are not worth their cost.");
            }

            if (best.ReviewDays is { Busy: > 0 } days)
            {
                sentences.Add($"One day in twenty needs {Numbers.Count(days.Busy)} reviews or more, the busiest {Numbers.Count(days.Busiest)}.");
            }
        }

        if (optimum is not null)
        {
            sentences.Add(Sure(optimum, aDay));
        }

        if (current is not null)
        {
            sentences.Add(current.Fpr is Rate.Unknown(var why)
                ? $"What today's cuts ({Cuts(current.ReviewFrom, current.BlockFrom)}) cost is not known: {why.TrimEnd('.')}."
                : $"Today ({Cuts(current.ReviewFrom, current.BlockFrom)}) {Numbers.Rate(current.Fpr)} of safe contents are blocked and {Missed(current.Fnr)} of violating contents pass.");
        }

        if (exchange is not null)
        {
            sentences.Add(Accepts(exchange));
        }

        if (options.Costs is null)
        {
            sentences.Add("There are no default costs: --cost-fp, --cost-fn and --cost-review say what is worth what, and give the optimum.");
        }

        if (guarantee is not null)
        {
            sentences.Add(Guaranteed(guarantee, options.MaxFnr ?? 0));
        }

        if (resolution is { DistinctScores: <= Resolutions.Few, Gaps.Count: > 0 })
        {
            // The gap that matters is the one in which today's cut lies or ends; else the widest.
            var gap = resolution.Gaps.FirstOrDefault(gap => current?.BlockFrom is { } cut && cut > gap.Above && cut <= gap.UpTo)
                ?? resolution.Gaps.MaxBy(gap => gap.UpTo - gap.Above)!;
            sentences.Add($"The scores have only {resolution.DistinctScores} distinct values: between {Numbers.Cut(gap.Above)} and {Numbers.Cut(gap.UpTo)} no threshold exists, whatever lies between decides alike.");
        }

        return string.Join(' ', sentences);
    }

    /// <summary>"review from 0.30, block from 0.80", "one threshold at 0.50", "nothing is blocked".</summary>
    public static string Cuts(double? reviewFrom, double? blockFrom) => (reviewFrom, blockFrom) switch
    {
        (null, null) => "nothing is reviewed or blocked",
        (null, { } block) => $"one threshold at {Numbers.Cut(block)}",
        ({ } review, null) => $"review from {Numbers.Cut(review)}, nothing is blocked",
        ({ } review, { } block) => $"review from {Numbers.Cut(review)}, block from {Numbers.Cut(block)}",
    };

    private static string Best(TuningOptions options, Choice? current, Choice best, bool aDay)
    {
        string capacity = options.CapacityPerDay is { } most ? $" and at most {Numbers.Count(most)} reviews a day" : "";
        capacity += options.DemandQuantile is { } days ? $" on {Numbers.Percent(days)} of the days" : "";
        capacity += options.ReviewerError > 0 ? $", {Numbers.Percent(options.ReviewerError)} of them wrong," : "";
        string per = aDay ? " a day" : " over this log";
        string reviews = best.ReviewsPerDay is { } perDay ? $", for {Numbers.Count(perDay)} reviews a day" : "";
        string harm = current?.Harm is { } now && best.Harm is { } then
            ? $"; harm {Numbers.Count(then)} instead of {Numbers.Count(now)}{per}"
            : "";
        string worse = current?.Harm <= best.Harm && best.Cuts != MovingCuts.None ? " " + NoBetter(options, current, best) : "";
        return $"For these costs{capacity} the best cuts are {Cuts(best.ReviewFrom, best.BlockFrom)}{Moves(best)}: "
            + $"{Changed(best.FalsePositives, "false positives")} and {Changed(best.FalseNegatives, "false negatives")}{reviews}{harm}. "
            + $"Chosen on all labels; the effect is that of cuts chosen without a fifth of them on that fifth, each in turn.{worse}";
    }

    /// <summary>What to make of cuts that are no better than today's where they are measured.</summary>
    private static string NoBetter(TuningOptions options, Choice current, Choice best) =>
        current.ReviewsPerDay > options.CapacityPerDay
            ? $"Today's cuts do less harm but need {Numbers.Count(current.ReviewsPerDay ?? 0)} reviews a day, more than there may be."
            : current.FlagShare == best.FlagShare && current.ReviewShare == best.ReviewShare
                ? "They decide as today's do."
                : "By that measure they are no better than today's: keep those.";

    /// <summary>Harm, two decimals where it is small.</summary>
    private static string Amount(double harm) => Math.Round(harm, 2) is > 0 and < 9.95 ? harm.ToString("0.0#", System.Globalization.CultureInfo.InvariantCulture) : Numbers.Count(Math.Round(harm, 2));

    private static string Sure(OptimumFinding optimum, bool aDay)
    {
        string per = aDay ? " a day" : "";
        string regret = $"{Amount(optimum.Regret.Mean)}{per} on average, under {Amount(optimum.Regret.High)} in 19 of 20";
        return optimum.OtherwiseShare == 0
            ? $"Each of {optimum.Resamples} resamples of the labels would choose the same."
            : $"Of {optimum.Resamples} resamples of the labels {Numbers.Percent(optimum.OtherwiseShare)} would choose otherwise (by .01 or more), and better by {regret}.";
    }

    private static string Changed(Change change, string what) => change is Change.Unknown(var why)
        ? $"an unknown change in {what} ({why})"
        : Numbers.Change(change, what);

    private static string Missed(Rate fnr) => fnr is Rate.Known ? Numbers.Rate(fnr) : "an unknown share";

    private static string Accepts(ExchangeRate exchange) => exchange switch
    {
        { Rate: { } rate, High: { } high } => $"Today's cuts accept {Removals(rate)} [{Numbers.Count(exchange.Low)}, {Numbers.Count(high)}] for one missed violation.",
        { Rate: { } rate } => $"Today's cuts accept {Removals(rate)}, and at least {Numbers.Count(exchange.Low)}, for one missed violation.",
        _ => $"At today's cuts no labelled content violates: they accept at least {Removals(exchange.Low)} for one missed violation.",
    };

    private static string Removals(double rate) => $"{Numbers.Count(rate)} wrongful {(Numbers.Count(rate) == "1" ? "removal" : "removals")}";

    private static string Guaranteed(GuaranteeFinding guarantee, double maxFnr)
    {
        string target = $"FNR ≤ {Numbers.Percent(maxFnr)}", confidence = $"{Numbers.Percent(guarantee.Confidence)} confidence";
        return guarantee.Choice is { } choice
            ? $"With {confidence} {target} holds at {Cuts(choice.ReviewFrom, choice.BlockFrom)}{Moves(choice)}, for content like {Window(guarantee.HoldsFor!)}: moderato drift says when that ends."
            : $"{target} with {confidence}: {guarantee.Why?.TrimEnd('.')}.";
    }

    private static string Window(GuaranteeWindow window) => window is { From: { } from, To: { } to }
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"that of {from:yyyy-MM-dd} to {to:yyyy-MM-dd}")
        : $"the {Numbers.Count(window.Contents)} of this log";

    private static string Moves(Choice choice) => choice switch
    {
        { Cuts: MovingCuts.None } => ", as today",
        { Cuts: MovingCuts.Both, ReviewFrom: null } => " (both cuts move, as one)",
        { Cuts: MovingCuts.Both } => " (both cuts move)",
        { Cuts: { } cuts } => $" (only the {cuts} cut moves)",
        _ => "",
    };
}
