using Moderato.Investigation.Findings;
using Moderato.Pictures;
using Moderato.Statistics.Intervals;

namespace Moderato.Investigation.Report;

/// <summary>Two to four numbers with intervals, against the objective or the reference.</summary>
internal static class NumbersPart
{
    private sealed record Tile(string Name, string Of, Rate Rate, Rate? Before, double? Objective);

    public static Markup Render(InvestigationFindings findings)
    {
        var rates = findings.Rates;
        var noLabels = new Rate.Unknown("no labels whose sampling is known");
        List<Tile> tiles =
        [
            new("False-positive rate", "of safe content, wrongly flagged", rates.Fpr ?? noLabels, rates.ReferenceFpr, rates.ObjectiveFpr),
            new("Flagged", "of all content", rates.FlagRate, rates.ReferenceFlagRate, null),
        ];
        if (rates.Fnr is Rate.Known)
        {
            tiles.Add(new("False-negative rate", "of violating content, passed as safe", rates.Fnr, rates.ReferenceFnr, null));
        }

        if (rates.FalseDiscoveryShare is Rate.Known)
        {
            tiles.Add(new("Wrong flags", "of flagged content, truly safe", rates.FalseDiscoveryShare, null, null));
        }

        if (tiles.Count < 4 && rates.ReviewShare is Rate.Known)
        {
            tiles.Add(new("Sent to review", "of all content, borderline", rates.ReviewShare, null, null));
        }

        return Markup.Of($"<ul class=\"tiles\">{Markup.Join(tiles.Select((tile, i) => (tile, i)), item => Render(item.tile, item.i))}</ul>{Bounds(rates.Bounds)}{Meanings(rates)}");
    }

    // People mean four numbers by one name; which is which stands at the top, unfolded.
    private static Markup Meanings(RatesFinding rates) => rates.Meanings.Count == 0 ? Markup.None : Markup.Of($"""
        <div id="which" class="which"><p><strong>Four numbers are called “the false-positive rate”.</strong> {rates.Reconciled}</p><dl>{Markup.Join(rates.Meanings, meaning => Markup.Of($"<div><dt>{meaning.Formula}</dt><dd><strong>{Value(meaning.Value, rates.Fpr)}</strong> {Sentences.Capital(meaning.Why)}.</dd></div>"))}</dl></div>
        """);

    // Why the FPR is unknown stands in its tile already.
    private static Markup Value(Rate rate, Rate? fpr) => rate is not Rate.Unknown(var why) ? RateMarkup.Of(rate)
        : fpr is Rate.Unknown(var told) && told == why ? Markup.Of($"{Numbers.Unknown}")
        : Markup.Of($"{Numbers.Unknown} <span class=\"muted\">({why})</span>");

    private static Markup Bounds(LabelBounds? bounds) =>
        bounds is null ? Markup.None : Markup.Of($"<p class=\"bounds\"><strong>No rate, but bounds.</strong> {Sentences.Bounds(bounds)}.</p>");

    private static Markup Render(Tile tile, int index)
    {
        if (tile.Rate is not Rate.Known rate)
        {
            return Markup.Of($"""
                <li class="tile"><p class="name">{tile.Name}</p><p class="of">{tile.Of}</p><p class="value">{Numbers.Unknown}</p><p class="against">{((Rate.Unknown)tile.Rate).Why}</p></li>
                """);
        }

        string against = string.Join("; ", Comparisons(tile, rate));
        bool compared = tile.Objective is not null || tile.Before is Rate.Known;
        var glyph = compared
            ? IntervalGlyph.Draw(rate, tile.Before, tile.Objective, $"tile-{index}", $"{tile.Name} {Numbers.Rate(rate)}: {against}")
            : Markup.None;
        return Markup.Of($"""
            <li class="tile"><p class="name">{tile.Name}</p><p class="of">{tile.Of}</p><p class="value">{RateMarkup.Of(rate)}</p><div class="against">{glyph}<p>{against}</p></div></li>
            """);
    }

    private static IEnumerable<string> Comparisons(Tile tile, Rate.Known rate)
    {
        if (tile.Objective is { } objective)
        {
            yield return Sentences.Against(rate, objective);
        }

        if (tile.Before is Rate.Known before)
        {
            yield return $"before {Numbers.Rate(before)}";
        }

        yield return $"n {Numbers.Count(rate.N)}";
    }
}
