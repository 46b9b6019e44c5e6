using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Moderato.Classification.Llm;

/// <summary>A provider's envelope, opened: the answer in it and what it cost, or what is wrong.</summary>
/// <param name="Answer">Null when there is a fault.</param>
/// <param name="InputTokens">0 where the provider does not say.</param>
public sealed record LlmReply(ModelAnswer? Answer, ProviderFault? Fault, long InputTokens, long OutputTokens)
{
    public static LlmReply Read(LlmEndpoint endpoint, ReadOnlySpan<byte> body)
    {
        if (body.IndexOfAnyExcept(" \r\n\t"u8) < 0)
        {
            return Of(ProviderFault.EmptyBody);
        }

        if (!Utf8.IsValid(body))
        {
            return Of(ProviderFault.InvalidUtf8);
        }

        if (body[body.IndexOfAnyExcept(" \r\n\t"u8)] != (byte)'{')
        {
            return Of(ProviderFault.NotJson);
        }

        // The moderation endpoint has no envelope: the answer is the body.
        if (endpoint == LlmEndpoint.Moderations)
        {
            return new(new ModelAnswer(Encoding.UTF8.GetString(body), []), null, 0, 0);
        }

        var reader = new Utf8JsonReader(body, isFinalBlock: false, state: default);
        JsonDocument? document;
        try
        {
            if (!JsonDocument.TryParseValue(ref reader, out document))
            {
                return Of(ProviderFault.TruncatedJson);
            }
        }
        catch (JsonException)
        {
            return Of(body.IndexOf("NaN"u8) >= 0 ? ProviderFault.UnusableNumber : ProviderFault.NotJson);
        }

        using (document)
        {
            return Open(endpoint, document.RootElement);
        }
    }

    private static LlmReply Of(ProviderFault fault) => new(null, fault, 0, 0);

    private static LlmReply Open(LlmEndpoint endpoint, JsonElement root)
    {
        var usage = Member(root, "usage", JsonValueKind.Object);
        long input = Count(usage, "prompt_tokens"), output = Count(usage, "completion_tokens");
        if (Member(root, "choices", JsonValueKind.Array) is not { } choices || choices.GetArrayLength() == 0)
        {
            return new(null, ProviderFault.WrongSchema, input, output);
        }

        if (choices.GetArrayLength() > 1)
        {
            return new(null, ProviderFault.TwoVerdicts, input, output);
        }

        var choice = choices[0];
        string? finish = Text(choice, "finish_reason");
        var answer = endpoint == LlmEndpoint.Completions
            ? Text(choice, "text") is { } text ? new ModelAnswer(text, Tokens(Member(choice, "logprobs", JsonValueKind.Object)), finish) : null
            : Member(choice, "message", JsonValueKind.Object) is { } message
                ? new ModelAnswer(Text(message, "content") ?? "", ChatTokens(Member(choice, "logprobs", JsonValueKind.Object)), finish, Text(message, "refusal"))
                : null;
        return answer is null ? new(null, ProviderFault.WrongSchema, input, output) : new(answer, null, input, output);
    }

    private static List<AnswerToken> ChatTokens(JsonElement? logprobs)
    {
        var tokens = new List<AnswerToken>();
        foreach (var token in Elements(logprobs, "content"))
        {
            tokens.Add(new(
                Text(token, "token") ?? "", Number(token, "logprob"),
                [.. Elements(token, "top_logprobs").Select(other => new TokenChance(Text(other, "token") ?? "", Number(other, "logprob")))]));
        }

        return tokens;
    }

    /// <summary>The older form: lists side by side.</summary>
    private static List<AnswerToken> Tokens(JsonElement? logprobs)
    {
        var texts = Elements(logprobs, "tokens").ToList();
        var values = Elements(logprobs, "token_logprobs").ToList();
        var tops = Elements(logprobs, "top_logprobs").ToList();
        return texts.Count != values.Count ? [] : [.. texts.Select((text, i) => new AnswerToken(
            text.GetString() ?? "", values[i].ValueKind == JsonValueKind.Number ? values[i].GetDouble() : double.NaN,
            i < tops.Count && tops[i].ValueKind == JsonValueKind.Object
                ? [.. tops[i].EnumerateObject().Select(other => new TokenChance(other.Name, Number(tops[i], other.Name)))]
                : []))];
    }

    private static IEnumerable<JsonElement> Elements(JsonElement? owner, string name) =>
        owner is { } element && Member(element, name, JsonValueKind.Array) is { } list ? list.EnumerateArray() : [];

    private static JsonElement? Member(JsonElement owner, string name, JsonValueKind kind) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var member) && member.ValueKind == kind ? member : null;

    private static string? Text(JsonElement owner, string name) => Member(owner, name, JsonValueKind.String)?.GetString();

    private static double Number(JsonElement owner, string name) =>
        Member(owner, name, JsonValueKind.Number) is { } number && double.TryParse(number.GetRawText(), CultureInfo.InvariantCulture, out double value) ? value : double.NaN;

    private static long Count(JsonElement? usage, string name) =>
        usage is { } own && Member(own, name, JsonValueKind.Number) is { } number && number.TryGetInt64(out long count) ? Math.Max(0, count) : 0;
}
