namespace Moderato.Pictures;

/// <summary>A chart with its finding as title, its text alternative and its numbers as a table.</summary>
/// <param name="Key">Unique on the page; letters and hyphens.</param>
/// <param name="Finding">What the picture shows, as a sentence.</param>
/// <param name="Description">The text alternative: the finding's figures in words.</param>
public sealed record Picture(string Key, string Finding, string Description, DataTable Table)
{
    private const double WideWidth = 720;
    private const double NarrowWidth = 344;

    public required Markup Wide { get; init; }

    public required Markup Narrow { get; init; }

    internal static Picture Draw(string key, string finding, string description, DataTable table, Action<Canvas> draw)
    {
        return new Picture(key, finding, description, table) { Wide = Svg(WideWidth, false), Narrow = Svg(NarrowWidth, true) };

        Markup Svg(double width, bool isNarrow)
        {
            var canvas = new Canvas(width, isNarrow);
            draw(canvas);
            string size = isNarrow ? "narrow" : "wide";
            return Markup.Of($"""
                <svg class="{size}" viewBox="0 0 {width} {canvas.Height}" width="{width}" height="{canvas.Height}" role="img" aria-labelledby="{key}-{size}-title {key}-{size}-desc"><title id="{key}-{size}-title">{finding}</title><desc id="{key}-{size}-desc">{description}</desc>{canvas.Body}</svg>
                """);
        }
    }

    /// <summary>The figure: finding, drawing in both widths (the style sheet shows one), folded table.</summary>
    public Markup Figure() => Markup.Of($"""
        <figure class="picture" id="{Key}"><figcaption>{Finding}</figcaption><div class="drawing">{Wide}{Narrow}</div>{Table.Folded("The numbers")}</figure>
        """);
}
