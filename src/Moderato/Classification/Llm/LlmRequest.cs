using System.Text.Json;

namespace Moderato.Classification.Llm;

/// <summary>The body of a request in OpenAI's wire format.</summary>
public static class LlmRequest
{
    /// <summary>As many alternatives as OpenAI's interface gives for a token; older completions give five.</summary>
    private const int Alternatives = 5;

    public static byte[] Body(Adapter adapter, LlmTier tier, Prompt prompt)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("model", tier.Model);
            if (adapter.Endpoint == LlmEndpoint.Completions)
            {
                json.WriteString("prompt", prompt.Messages[0].Text);
                json.WriteNumber("logprobs", Alternatives);
            }
            else
            {
                WriteMessages(json, prompt);
                json.WriteBoolean("logprobs", true);
                json.WriteNumber("top_logprobs", Alternatives);
            }

            json.WriteNumber("temperature", tier.Temperature);
            json.WriteNumber("max_tokens", adapter.MaxTokens);
            if (adapter.Answer is CategoryObjectFormat format)
            {
                WriteSchema(json, format, prompt.Categories);
            }

            WriteFurther(json, adapter);
            json.WriteEndObject();
        }

        return body.ToArray();
    }

    /// <summary>For the endpoint that takes content as it is.</summary>
    public static byte[] ModerationBody(Adapter adapter, LlmTier tier, PromptContent content)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("model", tier.Model);
            json.WriteString("input", content.Text);
            WriteFurther(json, adapter);
            json.WriteEndObject();
        }

        return body.ToArray();
    }

    private static void WriteMessages(Utf8JsonWriter json, Prompt prompt)
    {
        json.WriteStartArray("messages");
        foreach (var (role, text) in prompt.Messages)
        {
            json.WriteStartObject();
            json.WriteString("role", role);
            json.WriteString("content", text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>In OpenAI's strict form: every member required, none besides.</summary>
    private static void WriteSchema(Utf8JsonWriter json, CategoryObjectFormat format, IReadOnlyList<string> categories)
    {
        json.WriteStartObject("response_format");
        json.WriteString("type", "json_schema");
        json.WriteStartObject("json_schema");
        json.WriteString("name", "verdicts");
        json.WriteBoolean("strict", true);
        json.WriteStartObject("schema");
        WriteObject(json, categories, category =>
        {
            json.WriteStartObject(category);
            string[] members = format.Confidence is { } confidence ? [format.Violates, confidence] : [format.Violates];
            WriteObject(json, members, member =>
            {
                json.WriteStartObject(member);
                json.WriteString("type", member == format.Violates ? "boolean" : "number");
                json.WriteEndObject();
            });
            json.WriteEndObject();
        });
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteObject(Utf8JsonWriter json, IReadOnlyList<string> members, Action<string> write)
    {
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        foreach (var member in members)
        {
            write(member);
        }

        json.WriteEndObject();
        json.WriteStartArray("required");
        foreach (var member in members)
        {
            json.WriteStringValue(member);
        }

        json.WriteEndArray();
        json.WriteBoolean("additionalProperties", false);
    }

    private static void WriteFurther(Utf8JsonWriter json, Adapter adapter)
    {
        foreach (var (name, value) in adapter.Request)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }
    }
}
