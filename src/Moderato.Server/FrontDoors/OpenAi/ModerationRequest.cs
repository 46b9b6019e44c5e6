using System.Text.Json;

namespace Moderato.Server.FrontDoors.OpenAi;

/// <summary>What <c>POST /v1/moderations</c> is asked: a text, a list of texts, or parts of one content.</summary>
/// <param name="Texts">One result each.</param>
internal sealed record ModerationRequest(IReadOnlyList<string> Texts)
{
    /// <summary>As many as <c>POST /v1/decisions</c> takes.</summary>
    public const int MostTexts = 1_000;

    /// <returns>The request, or what is wrong with it.</returns>
    public static (ModerationRequest? Request, OpenAiError? Error) Of(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("input", out var input))
        {
            return Wrong("Missing required parameter: 'input'.", "missing_required_parameter");
        }

        try
        {
            return Read(input);
        }
        catch (InvalidOperationException)
        {
            return Wrong("'input' holds half of a surrogate pair: send whole characters, or U+FFFD in their place.", "invalid_value");
        }
    }

    /// <exception cref="InvalidOperationException">A text is no text: <see cref="JsonElement.GetString"/> says so.</exception>
    private static (ModerationRequest? Request, OpenAiError? Error) Read(JsonElement input) =>
        input.ValueKind switch
        {
            JsonValueKind.String => (new([input.GetString()!]), null),
            JsonValueKind.Array when input.GetArrayLength() == 0 => Wrong("'input' is empty: give a text, a list of texts, or parts.", "empty_array"),
            JsonValueKind.Array when input.GetArrayLength() > MostTexts =>
                Wrong($"'input' has {input.GetArrayLength()} items: at most {MostTexts} in one request.", "array_above_max_length"),
            JsonValueKind.Array when input.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
                (new([.. input.EnumerateArray().Select(item => item.GetString()!)]), null),
            JsonValueKind.Array => Parts(input),
            _ => Wrong("'input' is neither a string nor a list.", "invalid_type"),
        };

    /// <summary>Parts are one content, and give one result.</summary>
    private static (ModerationRequest?, OpenAiError?) Parts(JsonElement parts)
    {
        var texts = new List<string>();
        int at = 0;
        foreach (var part in parts.EnumerateArray())
        {
            string? type = part.ValueKind == JsonValueKind.Object && part.TryGetProperty("type", out var named) ? named.ToString() : null;
            if (type == "text" && part.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String)
            {
                texts.Add(text.GetString()!);
            }
            else
            {
                return type == "image_url"
                    ? (null, OpenAiError.Invalid("Images are not judged here: send the text parts alone.", $"input[{at}]", "unsupported_input_type"))
                    : (null, OpenAiError.Invalid("A part is {\"type\": \"text\", \"text\": \"…\"}; a list holds either texts or parts.", $"input[{at}]", "invalid_type"));
            }

            at++;
        }

        return (new([string.Join('\n', texts)]), null);
    }

    private static (ModerationRequest?, OpenAiError?) Wrong(string message, string code) => (null, OpenAiError.Invalid(message, "input", code));
}
