using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Moderato.Benchmarks.Serving;

/// <summary>What there is to reach: Kestrel that reads the request of a decision and writes an answer of its shape, and does nothing between.</summary>
internal static class EmptyEndpoint
{
    private static readonly Dictionary<string, double> Scores = new()
    {
        ["hate"] = .0123,
        ["harassment"] = .0456,
        ["toxicity"] = .0789,
        ["profanity"] = .0321,
        ["spam"] = .0054,
    };

    public static void Run(string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(url);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.ClearProviders();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, EmptyJson.Default));
        var app = builder.Build();
        app.MapGet("/health/ready", () => TypedResults.Ok());
        app.MapPost("/v1/decisions", (EmptyRequest request) =>
        {
            var contents = request.Contents ?? [request.Content!];
            return TypedResults.Ok(new EmptyAnswer([.. contents.Select(AnswerOf)]));
        });
        app.Run();
    }

    private static EmptyDecision AnswerOf(EmptyContent content) => new(
        "d1", content.Id, "safe", "toxicity", Scores, "ngram", "ngram-00000000", "1", "en", DateTimeOffset.UnixEpoch, .031, content.Surface);
}

internal sealed record EmptyContent(string Id, string Text, string? Author = null, string? Surface = null);

internal sealed record EmptyRequest(EmptyContent? Content = null, EmptyContent[]? Contents = null);

internal sealed record EmptyDecision(
    string Id, string ContentId, string Verdict, string Category, Dictionary<string, double> Scores, string Tier, string Release, string Policy, string Language,
    DateTimeOffset Time, double LatencyMs, string? Surface);

internal sealed record EmptyAnswer(EmptyDecision[] Decisions);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EmptyRequest))]
[JsonSerializable(typeof(EmptyAnswer))]
internal sealed partial class EmptyJson : JsonSerializerContext;
