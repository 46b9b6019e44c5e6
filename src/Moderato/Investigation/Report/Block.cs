using Moderato.Investigation.Findings;
using Moderato.Pictures;

namespace Moderato.Investigation.Report;

/// <summary>One piece of evidence: what was asked, what was found, the picture with its table, what could not be assessed.</summary>
/// <param name="Words">What was found, where no picture states it, and how it was got.</param>
internal sealed record Block(string Asked, Markup Words, params IReadOnlyList<Picture> Pictures)
{
    public Markup Render() => Pictures.Count == 0
        ? Markup.Of($"<div class=\"block wordy\">{Question}<div class=\"words\">{Words}</div></div>")
        : Markup.Of($"""
            <div class="block">{Question}<div class="pictures">{Markup.Join(Pictures, picture => picture.Figure())}</div><div class="words">{Words}</div></div>
            """);

    private Markup Question => Asked.Length == 0 ? Markup.None : Markup.Of($"<h3>{Asked}</h3>");

    /// <summary>A section of blocks under one heading, with what its step could not assess at the end.</summary>
    public static Markup Section(string id, string heading, string asked, IReadOnlyList<Block> blocks, IReadOnlyList<NotAssessed> missing)
    {
        var question = asked.Length == 0 ? Markup.None : Markup.Of($"<p class=\"asked\">{asked}</p>");
        var nothing = blocks.Count + missing.Count > 0 ? Markup.None : Paragraph("Nothing of this step could be assessed; the reasons stand under what is still open");
        return Markup.Of($"""
            <section id="{id}"><h2>{heading}</h2>{question}{Markup.Join(blocks, block => block.Render())}{Missing(missing)}{nothing}</section>
            """);
    }

    /// <summary>The finding of a block that no picture states.</summary>
    public static Markup Finding(string sentence) => Markup.Of($"<p class=\"finding\">{sentence}</p>");

    public static Markup Paragraph(string? sentence) => string.IsNullOrEmpty(sentence) ? Markup.None
        : sentence[^1] is '.' or '?' ? Markup.Of($"<p>{sentence}</p>") : Markup.Of($"<p>{sentence}.</p>");

    private static Markup Missing(IReadOnlyList<NotAssessed> missing) => missing.Count == 0 ? Markup.None : Markup.Of($"""
        <div class="block wordy"><ul class="missing">{Markup.Join(missing, gap => Markup.Of($"<li><b>Not assessed: {gap.What}.</b> {Sentences.Capital(gap.Why)}.</li>"))}</ul></div>
        """);
}
