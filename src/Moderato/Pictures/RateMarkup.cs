using Moderato.Statistics.Intervals;

namespace Moderato.Pictures;

/// <summary>A rate in running text: "8.1% [7.4, 8.9]", its population, n, method and design on hover, on focus and to a screen reader.</summary>
public static class RateMarkup
{
    public static Markup Of(Rate? rate) => rate switch
    {
        Rate.Known known => Noted(Markup.Of($"{Numbers.Percent(known.Estimate)} <span class=\"limits\">{Numbers.Limits(known)}</span>"), Numbers.Rate(known), Note(known)),
        Rate.Unknown(var why) => Noted(Markup.Of($"{Numbers.Unknown}"), "unknown", why),
        _ => Markup.Of($"{Numbers.Unknown}"),
    };

    /// <summary>"of 1 204 truly safe contents; Wilson, random, 95%".</summary>
    public static string Note(Rate.Known rate) => $"{rate.Population}: n {Numbers.Count(rate.N)}; {Numbers.Method(rate)}";

    private static Markup Noted(Markup value, string spoken, string note) => Markup.Of(
        $"<span class=\"rate\" tabindex=\"0\" role=\"note\" aria-label=\"{spoken}; {note}\">{value}<span class=\"note\" aria-hidden=\"true\">{note}</span></span>");
}
