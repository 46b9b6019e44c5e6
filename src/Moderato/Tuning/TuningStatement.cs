using Moderato.Pictures;
using Moderato.Statistics.Intervals;

namespace Moderato.Tuning;

/// <summary>What a tuning found, in sentences a lead can forward. Every one about a threshold says which cuts move.</summary>
internal static class TuningStatement
{
    public static string Of(
        ExchangeRate? exchange, TuningOptions options, Choice? current, Choice? best,
        GuaranteeFinding? guarantee, ScoreResolution resolution, bool aDay)
    {
        var sentences = new List<string>();
        if (best is not null)
        {
            sentences.Add(Best(options, current, best, aDay));
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
            var gap = resolution.Gaps.MaxBy(gap => gap.UpTo - gap.Above)!;
            sentences.Add($"The scores have only {resolution.DistinctScores} distinct values: between {Numbers.Cut(gap.Above)} and {Numbers.Cut(gap.UpTo)}, for one, no threshold makes a difference.");
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
        string per = aDay ? " a day" : " over this log";
        string reviews = best.ReviewsPerDay is { } perDay ? $", for {Numbers.Count(perDay)} reviews a day" : "";
        string harm = current?.Harm is { } now && best.Harm is { } then
            ? $"; harm {Numbers.Count(then)} instead of {Numbers.Count(now)}{per}"
            : "";
        string worse = current?.Harm <= best.Harm && best.Cuts != MovingCuts.None
            ? " By that measure they are no better than today's: keep those."
            : "";
        return $"For these costs{capacity} the best cuts are {Cuts(best.ReviewFrom, best.BlockFrom)}{Moves(best)}: "
            + $"{Changed(best.FalsePositives, "false positives")} and {Changed(best.FalseNegatives, "false negatives")}{reviews}{harm}. "
            + $"Chosen on all labels; the effect is that of cuts chosen without a fifth of them on that fifth, each in turn.{worse}";
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
            ? $"With {confidence} {target} holds at {Cuts(choice.ReviewFrom, choice.BlockFrom)}{Moves(choice)}."
            : $"{target} with {confidence}: {guarantee.Why?.TrimEnd('.')}.";
    }

    private static string Moves(Choice choice) => choice switch
    {
        { Cuts: MovingCuts.None } => ", as today",
        { Cuts: MovingCuts.Both, ReviewFrom: null } => " (both cuts move, as one)",
        { Cuts: MovingCuts.Both } => " (both cuts move)",
        { Cuts: { } cuts } => $" (only the {cuts} cut moves)",
        _ => "",
    };
}
