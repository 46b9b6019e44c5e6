using System.Security.Cryptography;
using System.Text;
using Moderato.Investigation.Findings;
using Moderato.Pictures;
using Moderato.Tuning;

namespace Moderato.Investigation.Report;

/// <summary>
/// <c>report.html</c>: one self-contained file that answers first. It needs no network and no script to be read, holds no
/// content unless asked to, and its content security policy allows only its own style and script.
/// </summary>
public static class InvestigationReport
{
    private static readonly string Script = Style.Resource("reveal.js");

    public static string Html(InvestigationFindings findings, ReportOptions options, TuningFindings? tuning = null)
    {
        var contents = new ContentList(options.Texts);
        string policy = $"default-src 'none'; style-src '{Hash(Style.Sheet)}'; script-src '{Hash(Script)}'; base-uri 'none'; form-action 'none'";
        var style = new Markup().AddVerbatim(Style.Sheet);
        var script = options.Texts is null ? Markup.None : Markup.Of($"<script>{new Markup().AddVerbatim(Script)}</script>");
        return Markup.Of($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{policy}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="referrer" content="no-referrer">
            <meta name="robots" content="noindex">
            <title>{options.Title}</title>
            <style>{style}</style>
            </head>
            <body>
            <a class="skip" href="#main">Skip to the evidence</a>
            {AnswerPart.Render(findings, options)}
            <main id="main">
            {NumbersPart.Render(findings)}
            {CausesPart.Render(findings, options)}
            {PatternsPart.Render(findings, contents)}
            {ShiftPart.Render(findings, options)}
            {ConfidencePart.Render(findings)}
            {TradeOffPart.Render(findings, tuning)}
            {PlanPart.Render(findings)}
            {OpenPart.Render(findings)}
            {MethodPart.Render(findings, options)}
            </main>
            <footer class="page-foot"><p>Made by Moderato on {Moments.At(options.GeneratedAt, options.Zone)}. {(options.Texts is null ? "This file holds no content, only ids, counts and terms." : "This file holds content: share it as you would share the content itself.")}</p></footer>
            {script}
            </body>
            </html>
            """).ToString();
    }

    private static string Hash(string inline) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(inline)));
}
