namespace Moderato.Pictures;

/// <summary>The one style sheet of reports and pages: the palette's two sides, then <c>look.css</c>.</summary>
public static class Style
{
    public static string Sheet { get; } =
        $":root{{{Palette.Light.CustomProperties}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{Palette.Dark.CustomProperties}}}}}\n{Resource("look.css")}";

    internal static string Resource(string name)
    {
        using var stream = typeof(Style).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
