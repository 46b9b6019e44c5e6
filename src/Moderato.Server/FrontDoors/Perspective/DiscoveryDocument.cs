using System.Text;
using System.Text.Json;

namespace Moderato.Server.FrontDoors.Perspective;

/// <summary>
/// What <c>google.discoverAPI</c> and <c>discovery.build</c> make a client from: the two methods, their messages, and where
/// they are. Google's own document of the API names the same methods and messages.
/// </summary>
internal static class DiscoveryDocument
{
    public const string Version = "v1alpha1";

    private static readonly (string Message, (string Field, string Type)[] Fields)[] Messages =
    [
        ("TextEntry", [("text", "string"), ("type", "string")]),
        ("ArticleAndParentComment", [("article", "TextEntry"), ("parentComment", "TextEntry")]),
        ("Context", [("entries", "TextEntry[]"), ("articleAndParentComment", "ArticleAndParentComment")]),
        ("AttributeParameters", [("scoreType", "string"), ("scoreThreshold", "number")]),
        ("Score", [("value", "number"), ("type", "string")]),
        ("SpanScore", [("begin", "integer"), ("end", "integer"), ("score", "Score")]),
        ("AttributeScores", [("summaryScore", "Score"), ("spanScores", "SpanScore[]")]),
        ("AnalyzeCommentRequest",
        [
            ("comment", "TextEntry"), ("context", "Context"), ("requestedAttributes", "AttributeParameters{}"), ("languages", "string[]"),
            ("doNotStore", "boolean"), ("spanAnnotations", "boolean"), ("dropUnsupportedAttributes", "boolean"),
            ("clientToken", "string"), ("sessionId", "string"), ("communityId", "string"),
        ]),
        ("AnalyzeCommentResponse",
            [("attributeScores", "AttributeScores{}"), ("languages", "string[]"), ("detectedLanguages", "string[]"), ("clientToken", "string")]),
        ("SuggestCommentScoreRequest",
        [
            ("comment", "TextEntry"), ("context", "Context"), ("attributeScores", "AttributeScores{}"), ("languages", "string[]"),
            ("clientToken", "string"), ("sessionId", "string"), ("communityId", "string"),
        ]),
        ("SuggestCommentScoreResponse", [("clientToken", "string"), ("requestedLanguages", "string[]"), ("detectedLanguages", "string[]")]),
    ];

    /// <param name="rootUrl">Where this server is reached, with a slash at its end.</param>
    public static string For(string rootUrl)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            foreach (var (name, value) in (ReadOnlySpan<(string, string)>)
            [
                ("kind", "discovery#restDescription"), ("discoveryVersion", "v1"), ("id", $"commentanalyzer:{Version}"), ("name", "commentanalyzer"),
                ("version", Version), ("title", "Perspective Comment Analyzer API, as moderato answers it"), ("protocol", "rest"),
                ("rootUrl", rootUrl), ("baseUrl", rootUrl), ("servicePath", ""), ("basePath", ""), ("batchPath", "batch"),
            ])
            {
                json.WriteString(name, value);
            }

            WriteKey(json);
            json.WriteStartObject("resources");
            json.WriteStartObject("comments");
            json.WriteStartObject("methods");
            WriteMethod(json, "analyze", "AnalyzeComment");
            WriteMethod(json, "suggestscore", "SuggestCommentScore");
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartObject("schemas");
            foreach (var (message, fields) in Messages)
            {
                WriteMessage(json, message, fields);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void WriteKey(Utf8JsonWriter json)
    {
        json.WriteStartObject("parameters");
        json.WriteStartObject("key");
        json.WriteString("type", "string");
        json.WriteString("location", "query");
        json.WriteString("description", "A key of this server with the scope decide.");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteMethod(Utf8JsonWriter json, string method, string message)
    {
        string path = $"{Version}/comments:{method}";
        json.WriteStartObject(method);
        json.WriteString("id", $"commentanalyzer.comments.{method}");
        json.WriteString("httpMethod", "POST");
        json.WriteString("path", path);
        json.WriteString("flatPath", path);
        json.WriteStartObject("parameters");
        json.WriteEndObject();
        json.WriteStartArray("parameterOrder");
        json.WriteEndArray();
        WriteReference(json, "request", $"{message}Request");
        WriteReference(json, "response", $"{message}Response");
        json.WriteEndObject();
    }

    private static void WriteReference(Utf8JsonWriter json, string name, string message)
    {
        json.WriteStartObject(name);
        json.WriteString("$ref", message);
        json.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter json, string message, (string Field, string Type)[] fields)
    {
        json.WriteStartObject(message);
        json.WriteString("id", message);
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        foreach (var (field, type) in fields)
        {
            json.WriteStartObject(field);
            WriteType(json, type);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteType(Utf8JsonWriter json, string type)
    {
        if (type.EndsWith("[]", StringComparison.Ordinal) || type.EndsWith("{}", StringComparison.Ordinal))
        {
            bool list = type[^1] == ']';
            json.WriteString("type", list ? "array" : "object");
            json.WriteStartObject(list ? "items" : "additionalProperties");
            WriteType(json, type[..^2]);
            json.WriteEndObject();
        }
        else if (char.IsUpper(type[0]))
        {
            json.WriteString("$ref", type);
        }
        else
        {
            json.WriteString("type", type);
            if (type is "number" or "integer")
            {
                json.WriteString("format", type == "number" ? "float" : "int32");
            }
        }
    }
}
