using Moderato.Investigation.Findings;
using Moderato.Pictures;

namespace Moderato.Investigation.Report;

/// <summary>One sentence that answers, how sure, and what to do now.</summary>
internal static class AnswerPart
{
    public static Markup Render(InvestigationFindings findings, ReportOptions options)
    {
        var (first, rest) = Sentences.Answer(findings);
        var input = findings.Input;
        string rows = input.Period.Reference > 0
            ? $"{Numbers.Count(input.Period.Current)} decisions, {Numbers.Count(input.Period.Reference)} in the reference"
            : $"{Numbers.Count(input.Read)} decisions";
        var category = findings.Category.Length == 0 ? Markup.None : Markup.Of($"<span>category <bdi>{findings.Category}</bdi>{(Sentences.Others(findings) is { } others ? ", " + others : "")}</span>");
        var lede = rest.Length == 0 ? Markup.None : Markup.Of($"<p class=\"lede\">{rest}</p>");
        return Markup.Of($"""
            <header class="page-head"><p class="small muted"><span>{options.Title}</span>{category}<span>{rows}</span><span>{Moments.At(options.GeneratedAt, options.Zone)}</span></p><h1>{first}</h1>{lede}<dl class="key"><div><dt>How sure</dt><dd>{Sentences.HowSure(findings)}</dd></div><div><dt>What to do now</dt><dd>{Sentences.DoNow(findings)}</dd></div></dl></header>
            """);
    }
}
