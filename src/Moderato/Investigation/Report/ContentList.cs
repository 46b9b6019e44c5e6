using Moderato.Pictures;

namespace Moderato.Investigation.Report;

/// <summary>Contents by id; with texts only where the report was asked to carry them, and then blurred behind a button each.</summary>
internal sealed class ContentList(IReadOnlyDictionary<string, string>? texts)
{
    private const int CharactersShown = 1000;

    private int shown;

    public Markup Render(IEnumerable<(string Id, string Detail)> contents) => texts is null
        ? Markup.Of($"<p class=\"ids\">{Markup.Join(contents, content => Markup.Of($"<code><bdi>{content.Id}</bdi></code> {content.Detail} "))}</p>")
        : Markup.Of($"<ul class=\"contents\">{Markup.Join(contents, content => Item(content.Id, content.Detail))}</ul>");

    private Markup Item(string id, string detail)
    {
        if (!texts!.TryGetValue(id, out string? text))
        {
            return Markup.Of($"<li><code><bdi>{id}</bdi></code><span class=\"small\">{detail}</span><span class=\"small\">no text</span></li>");
        }

        string key = $"text-{++shown}";
        return Markup.Of($"""
            <li><code><bdi>{id}</bdi></code><span class="small">{detail}</span><button type="button" class="reveal" aria-expanded="false" aria-controls="{key}">Show text<span class="unseen"> of {id}</span></button><p class="text blurred" id="{key}" dir="auto" aria-hidden="true">{Cut(text)}</p></li>
            """);
    }

    private static string Cut(string text) => text.Length <= CharactersShown
        ? text
        : text[..CharactersShown] + $"… ({Numbers.Count(text.Length - CharactersShown)} more characters)";
}
