namespace Moderato.Pictures;

/// <summary>The colours by role, as sRGB hex. Each reaches 4.5:1 on ground and on raised.</summary>
public sealed record Palette(
    string Ground, string Raised, string Line, string Text, string Muted,
    string Safe, string Borderline, string Violating, string Current, string Reference)
{
    public static Palette Light { get; } = new(
        Ground: "#ffffff", Raised: "#f6f7f9", Line: "#d5d9e0", Text: "#1b1f27", Muted: "#545c6b",
        Safe: "#0e7273", Borderline: "#9c6203", Violating: "#8c1a2a", Current: "#013ddc", Reference: "#5b6474");

    public static Palette Dark { get; } = new(
        Ground: "#12151b", Raised: "#1a1f28", Line: "#343b48", Text: "#e9ecf1", Muted: "#a3acbb",
        Safe: "#4ad4ec", Borderline: "#e8bd21", Violating: "#d76a4f", Current: "#7883ee", Reference: "#97a1b2");

    /// <summary>The roles as CSS custom properties: <c>--ground:#ffffff;--raised:…</c></summary>
    public string CustomProperties =>
        $"--ground:{Ground};--raised:{Raised};--line:{Line};--text:{Text};--muted:{Muted};--safe:{Safe};"
        + $"--borderline:{Borderline};--violating:{Violating};--current:{Current};--reference:{Reference}";
}
