using System.Buffers;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Moderato.Server.Hosting;

namespace Moderato.Server.Decisions;

/// <summary>
/// 200 with decisions, the same bytes that the serializer writes (a test holds them together): it is the answer that is given
/// thousands of times a second, and field by field it costs a third.
/// </summary>
public sealed class OfDecisions(DecisionsAnswer answer) : IResult, IEndpointMetadataProvider
{
    private const string Json = "application/json";

    /// <summary>An answer to more decisions goes straight into the response: no buffer grows to its length.</summary>
    private const int MostBuffered = 64;

    /// <summary>A buffer that long answers of tiers have made large does not stay in memory.</summary>
    private const int MostKept = 64 * 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static readonly ThreadLocal<Buffer> Kept = new(() => new());

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(DecisionsAnswer), [Json]));

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = $"{Json}; charset=utf-8";
        if (answer.Decisions.Count > MostBuffered)
        {
            using var straight = new Utf8JsonWriter(httpContext.Response.BodyWriter, Options);
            Write(straight, answer);
            return Task.CompletedTask;
        }

        var (bytes, json) = (Kept.Value!.Bytes, Kept.Value.Json);
        try
        {
            Write(json, answer);
            json.Flush();
            httpContext.Response.ContentLength = bytes.WrittenCount;
            httpContext.Response.BodyWriter.Write(bytes.WrittenSpan);
        }
        finally
        {
            bytes.ResetWrittenCount();
            json.Reset();
            if (bytes.Capacity > MostKept)
            {
                Kept.Value = new();
            }
        }

        return Task.CompletedTask;
    }

    internal static void Write(Utf8JsonWriter json, DecisionsAnswer answer)
    {
        json.WriteStartObject();
        json.WriteStartArray("decisions"u8);
        foreach (var decision in answer.Decisions)
        {
            Write(json, decision);
        }

        json.WriteEndArray();
        if (answer.Errors is { } errors)
        {
            json.WritePropertyName("errors"u8);
            JsonSerializer.Serialize(json, errors, ServerJson.Default.IReadOnlyListContentFailure);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, DecisionAnswer decision)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, decision.Id);
        json.WriteString("contentId"u8, decision.ContentId);
        json.WriteString("verdict"u8, decision.Verdict);
        WriteText(json, "category"u8, decision.Category);
        json.WriteStartObject("scores"u8);
        foreach (var (category, score) in decision.Scores)
        {
            json.WriteNumber(category, score);
        }

        json.WriteEndObject();
        json.WriteString("tier"u8, decision.Tier);
        json.WriteString("release"u8, decision.Release);
        json.WriteString("policy"u8, decision.Policy);
        json.WriteString("language"u8, decision.Language);
        json.WriteString("time"u8, decision.Time);
        json.WriteNumber("latencyMs"u8, decision.LatencyMs);
        WriteText(json, "surface"u8, decision.Surface);
        if (decision.Review is { } review)
        {
            json.WritePropertyName("review"u8);
            JsonSerializer.Serialize(json, review, ServerJson.Default.ReviewAnswer);
        }

        if (decision.Tiers is { } tiers)
        {
            json.WritePropertyName("tiers"u8);
            JsonSerializer.Serialize(json, tiers, ServerJson.Default.IReadOnlyListTierDetail);
        }

        if (decision.Provisional is { } provisional)
        {
            json.WriteBoolean("provisional"u8, provisional);
        }

        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private sealed class Buffer
    {
        public Buffer() => Json = new(Bytes, Options);

        public ArrayBufferWriter<byte> Bytes { get; } = new();

        public Utf8JsonWriter Json { get; }
    }
}
