using System.Text.Json.Serialization;

namespace Moderato.Server.FrontDoors.Perspective;

/// <summary>An error as Perspective's clients know it: <c>{"error": {"code","message","status","details"}}</c>.</summary>
public sealed record PerspectiveError(PerspectiveError.Status Error)
{
    private const string DetailType = "type.googleapis.com/google.commentanalyzer.v1alpha1.Error";

    public static PerspectiveError Invalid(string message, string errorType = "INVALID_REQUEST") =>
        Of(StatusCodes.Status400BadRequest, message, "INVALID_ARGUMENT", new Detail(DetailType, errorType, null));

    public static PerspectiveError Empty { get; } = Invalid("Comment must be non-empty.", "COMMENT_EMPTY");

    public static PerspectiveError NoAttributes { get; } = Invalid("Missing requested_attributes", "NO_REQUESTED_ATTRIBUTES");

    public static PerspectiveError TooLong(int mostBytes) => Invalid($"Comment text too long: at most {mostBytes} bytes.", "COMMENT_TOO_LONG");

    /// <summary>Also the answer for an attribute that the release does not judge in any language, or that the tier asked about it left out.</summary>
    public static PerspectiveError LanguageNotSupported(string attribute, IReadOnlyList<string> languages) => Of(
        StatusCodes.Status400BadRequest,
        $"Attribute {attribute} does not support request languages: {string.Join(", ", languages)}",
        "INVALID_ARGUMENT",
        new Detail(DetailType, "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE", new LanguageDetail(languages, attribute)));

    /// <summary>A tier failed without which this attribute has no score; the rest of the comment is decided, and stays so.</summary>
    /// <param name="why">The tier and its fault.</param>
    /// <param name="decision">The decision's id.</param>
    public static PerspectiveError NotJudged(string attribute, string why, string decision) => Of(
        StatusCodes.Status503ServiceUnavailable,
        $"Attribute {attribute} was not judged ({why}); decision {decision} has the others. Ask again later, or with dropUnsupportedAttributes for the others.",
        "UNAVAILABLE");

    /// <param name="status">The name of the error in Google's APIs, as <c>UNAUTHENTICATED</c>.</param>
    public static PerspectiveError Of(int code, string message, string status) => new(new Status(code, message, status, null));

    private static PerspectiveError Of(int code, string message, string status, Detail detail) => new(new Status(code, message, status, [detail]));

    public sealed record Status(int Code, string Message, [property: JsonPropertyName("status")] string Name, IReadOnlyList<Detail>? Details);

    public sealed record Detail(
        [property: JsonPropertyName("@type")] string Type,
        string ErrorType,
        LanguageDetail? LanguageNotSupportedByAttributeError);

    public sealed record LanguageDetail(IReadOnlyList<string> DetectedLanguages, string Attribute);
}
