using Moderato.Investigation.Findings;
using Moderato.Pictures;
using Moderato.Statistics.Intervals;

namespace Moderato.Investigation.Report;

/// <summary>The plan: three horizons side by side, each remedy with its price.</summary>
internal static class PlanPart
{
    private static readonly (string Key, string Name, string Time)[] Columns =
    [
        (Horizons.Quick, "Quick", "this week"),
        (Horizons.Medium, "Medium", "2 to 4 weeks"),
        (Horizons.Long, "Long", "1 to 3 months"),
    ];

    public static Markup Render(InvestigationFindings findings) => findings.Plan.Count == 0
        ? Markup.None
        : Markup.Of($"""
            <section id="plan"><h2>The plan</h2><p class="asked">Each remedy with its price, relative to today.</p><div class="plan">{Markup.Join(Columns, column => Horizon(column, findings))}</div></section>
            """);

    private static Markup Horizon((string Key, string Name, string Time) column, InvestigationFindings findings)
    {
        var remedies = findings.Plan.Where(remedy => remedy.Horizon == column.Key).ToArray();
        var content = remedies.Length == 0
            ? Markup.Of($"<p class=\"small muted\">No remedy on this horizon.</p>")
            : Markup.Join(remedies, Remedy);
        return Markup.Of($"<div><h3>{column.Name} <small>{column.Time}</small></h3>{content}</div>");
    }

    private static Markup Remedy(Remedy remedy) => Markup.Of($"""
        <div class="remedy"><h4>{Sentences.Capital(remedy.Name)}</h4><p>{remedy.Statement}</p><dl class="price-list">{Price("False positives", remedy.FalsePositives)}{Price("False negatives", remedy.FalseNegatives)}{Price("Reviews a day", remedy.ReviewsPerDay)}</dl></div>
        """);

    private static Markup Price(string what, Change change) => change switch
    {
        Change.Unknown(var why) => Markup.Of($"<dt>{what}</dt><dd>{Numbers.Unknown} <span class=\"muted\">{why}</span></dd>"),
        _ => Markup.Of($"<dt>{what}</dt><dd>{Numbers.Change(change, "")}</dd>"),
    };
}
