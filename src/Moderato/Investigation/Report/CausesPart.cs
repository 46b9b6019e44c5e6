using Moderato.Investigation.Findings;
using Moderato.Pictures;

namespace Moderato.Investigation.Report;

/// <summary>The causes in rank order with their shares of the excess, what changed when, and the evidence.</summary>
internal static class CausesPart
{
    public static Markup Render(InvestigationFindings findings, ReportOptions options)
    {
        if (findings.Diagnosis.Count == 0)
        {
            return Markup.None;
        }

        var list = Markup.Of($"<ol class=\"causes\">{Markup.Join(findings.Diagnosis, cause => Cause(cause, options))}</ol>");
        bool divided = findings.Diagnosis.Count(cause => cause.Share > 0) > 1 || findings.Diagnosis is [{ Share: > 0 and < 0.995 }];
        bool explains = findings.Diagnosis is [{ Cause: not (Causes.None or Causes.Inconclusive) }, ..];
        return Block.Section(
            "causes", explains ? "What explains the excess" : "Diagnosis",
            explains ? "In rank order; each excess false positive counts once." : "",
            [new Block("", list, divided ? [Shares(findings.Diagnosis)] : [])], []);
    }

    private static Markup Cause(Diagnosis cause, ReportOptions options)
    {
        string share = cause.Share is { } part ? Numbers.Percent(part) + " " : "";
        var trigger = cause.Trigger is { } changed
            ? Markup.Of($"<p class=\"small\">What changed ({changed.Kind}): {changed.What}{(changed.Since is { } since ? ", since " + Moments.At(since, options.Zone) : "")}.</p>")
            : Markup.None;
        var evidence = cause.Evidence.Count == 0 ? Markup.None : Markup.Of($"""
            <details class="fold"><summary>Evidence</summary><ul>{Markup.Join(cause.Evidence, item => Markup.Of($"<li>{item}</li>"))}</ul></details>
            """);
        return Markup.Of($"<li><h3>{share}{Sentences.Capital(Sentences.Cause(cause.Cause))} <code class=\"muted\">{cause.Cause}</code></h3><p>{cause.Statement}</p>{trigger}{evidence}</li>");
    }

    private static Picture Shares(IReadOnlyList<Diagnosis> causes)
    {
        var rows = causes.Where(cause => cause.Share is not null)
            .Select(cause => new ShareRow(Sentences.Cause(cause.Cause), cause.Share!.Value)).ToList();
        double rest = 1 - rows.Sum(row => row.Share);
        if (rest >= 0.005)
        {
            rows.Add(new ShareRow("not explained", rest, IsRest: true));
        }

        var first = causes[0];
        string finding = $"{Sentences.Capital(Sentences.Cause(first.Cause))}: {Numbers.Percent(first.Share ?? 0)} of the excess";
        return ShareBars.Draw("shares", finding, "Cause", "excess false positives", rows);
    }
}
