using System.Text;
using System.Text.Json;
using Moderato.Decisions;

namespace Moderato.Server.FrontDoors.Perspective;

/// <summary>What <c>comments:analyze</c> is asked. Names are read as Google's own parser does: <c>requestedAttributes</c> or <c>requested_attributes</c>.</summary>
internal sealed record AnalyzeRequest
{
    /// <summary>Perspective's own limit.</summary>
    public const int MostBytes = 20_480;

    public required string Text { get; init; }

    public ContentContext? Context { get; init; }

    /// <summary>In the order asked, with the score below which none is returned.</summary>
    public required IReadOnlyList<(PerspectiveAttribute Attribute, double? LeastScore)> Attributes { get; init; }

    /// <summary>As asked; empty to have the language detected.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    public bool DropUnsupported { get; init; }

    public bool SpanAnnotations { get; init; }

    public bool DoNotStore { get; init; }

    public string? ClientToken { get; init; }

    public Content ContentOf(string id, string language) => new() { Id = id, Text = Text, Context = Context, Language = language };

    /// <returns>The request, or what is wrong with it.</returns>
    public static (AnalyzeRequest? Request, PerspectiveError? Error) Read(JsonElement body)
    {
        try
        {
            var fields = new PerspectiveFields(body);
            var (text, wrong) = CommentText(fields);
            if (wrong is not null)
            {
                return (null, wrong);
            }

            var attributes = Asked(fields);
            return attributes.Count == 0 ? (null, PerspectiveError.NoAttributes) : (new AnalyzeRequest
            {
                Text = text,
                Context = ContextOf(fields),
                Attributes = attributes,
                Languages = fields.Strings("languages"),
                DropUnsupported = fields.Flag("dropUnsupportedAttributes"),
                SpanAnnotations = fields.Flag("spanAnnotations"),
                DoNotStore = fields.Flag("doNotStore"),
                ClientToken = fields.String("clientToken"),
            }, null);
        }
        catch (PerspectiveFields.WrongException wrong)
        {
            return (null, PerspectiveError.Invalid(wrong.Message));
        }
    }

    /// <summary>The comment of either method.</summary>
    internal static (string Text, PerspectiveError? Error) CommentText(PerspectiveFields fields)
    {
        var comment = fields.Object("comment");
        string text = comment?.String("text") ?? "";
        if (string.IsNullOrWhiteSpace(text))
        {
            return ("", PerspectiveError.Empty);
        }

        if (Encoding.UTF8.GetByteCount(text) > MostBytes)
        {
            return ("", PerspectiveError.TooLong(MostBytes));
        }

        return comment!.String("type") is null or "PLAIN_TEXT" or "TEXT_TYPE_UNSPECIFIED"
            ? (text, null)
            : ("", PerspectiveError.Invalid("Currently, only 'PLAIN_TEXT' comments are supported"));
    }

    /// <summary>The parent comment, the article as title, and entries as the thread; each cut where a content's context ends.</summary>
    private static ContentContext? ContextOf(PerspectiveFields fields)
    {
        static string? Cut(string? text) => string.IsNullOrWhiteSpace(text) ? null : text[..Math.Min(text.Length, ContentErrors.MostContextChars)];

        var sent = fields.Object("context");
        var pair = sent?.Object("articleAndParentComment");
        var context = new ContentContext
        {
            Parent = Cut(pair?.Object("parentComment")?.String("text")),
            Title = Cut(pair?.Object("article")?.String("text")),
            Thread = Cut(string.Join('\n', (sent?.Objects("entries") ?? []).Select(entry => entry.String("text")))),
        };
        return context.IsEmpty ? null : context;
    }

    private static List<(PerspectiveAttribute, double?)> Asked(PerspectiveFields fields)
    {
        var asked = new List<(PerspectiveAttribute, double?)>();
        foreach (var (name, parameters) in fields.Object("requestedAttributes")?.Members() ?? [])
        {
            var attribute = PerspectiveAttribute.Of(name)
                ?? throw new PerspectiveFields.WrongException($"Unknown requested attribute: {name}");
            if (parameters.String("scoreType") is not (null or "PROBABILITY" or "SCORE_TYPE_UNSPECIFIED") and var type)
            {
                throw new PerspectiveFields.WrongException($"Requested score type {type} is not supported by attribute {name}");
            }

            asked.Add((attribute, parameters.Number("scoreThreshold")));
        }

        return asked;
    }
}
