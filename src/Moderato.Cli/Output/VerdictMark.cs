using Moderato.Decisions;
using Moderato.Pictures;

namespace Moderato.Cli.Output;

/// <summary>A verdict by word, shape and colour: colour never speaks alone.</summary>
public static class VerdictMark
{
    public static string Shape(Verdict verdict) => verdict switch
    {
        Verdict.Safe => "●",
        Verdict.Borderline => "◆",
        _ => "■",
    };

    /// <summary>"■ violating" in Spectre's markup, in the colours for a dark ground.</summary>
    public static string Markup(Verdict verdict)
    {
        string colour = verdict switch
        {
            Verdict.Safe => Palette.Dark.Safe,
            Verdict.Borderline => Palette.Dark.Borderline,
            _ => Palette.Dark.Violating,
        };
        return $"[{colour}]{Shape(verdict)} {verdict.ToString().ToLowerInvariant()}[/]";
    }
}
