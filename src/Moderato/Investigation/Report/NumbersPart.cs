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

        var which = rates.Which.Count == 0 ? Markup.None : Markup.Of($"""
            <details class="fold"><summary>Which of the numbers called “the false-positive rate” is which</summary><ul>{Markup.Join(rates.Which, sentence => Markup.Of($"<li>{sentence}</li>"))}</ul></details>
            """);
        return Markup.Of($"<ul class=\"tiles\">{Markup.Join(tiles.Select((tile, i) => (tile, i)), item => Render(item.tile, item.i))}</ul>{which}");
    }

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
