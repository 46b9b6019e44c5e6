using Moderato.Investigation.Findings;
using Moderato.Pictures;

namespace Moderato.Investigation.Report;

/// <summary>What is still open: what could not be assessed and why, and what to label next.</summary>
internal static class OpenPart
{
    public static Markup Render(InvestigationFindings findings)
    {
        var gaps = findings.NotAssessed.Count == 0
            ? Markup.Of($"<p>Everything that the investigation asks could be assessed.</p>")
            : Markup.Of($"<ul>{Markup.Join(findings.NotAssessed, gap => Markup.Of($"<li><b>{Sentences.Capital(gap.What)}.</b> {gap.Why}</li>"))}</ul>");
        var next = findings.LabelNext.Count == 0
            ? Markup.Of($"<p>No further label is needed for this answer.</p>")
            : Markup.Of($"<ul>{Markup.Join(findings.LabelNext, label => Markup.Of($"<li><b>{Numbers.Count(label.Additional)} more</b>: {label.What}</li>"))}</ul><p class=\"small\">Draw them with <code>moderato sample</code>, fill in the sheet, and read it back with <code>moderato investigate --labelled</code>.</p>");
        return Markup.Of($"""
            <section id="open"><h2>What is still open</h2><div class="pair"><div><h3>Not assessed</h3>{gaps}</div><div><h3>Label next</h3>{next}</div></div></section>
            """);
    }
}
