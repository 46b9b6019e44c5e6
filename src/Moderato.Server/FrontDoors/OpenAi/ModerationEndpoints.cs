using Microsoft.AspNetCore.Mvc;
using Moderato.Decisions;
using Moderato.Server.Decisions;
using Moderato.Server.Hosting;
using Moderato.Server.Keys;
using Moderato.Server.Releases;

namespace Moderato.Server.FrontDoors.OpenAi;

/// <summary>OpenAI's wire format: <c>POST /v1/moderations</c>.</summary>
public static class ModerationEndpoints
{
    public static void MapModerations(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/moderations", ModerateAsync).Needs(Scopes.Decide)
            .WithMetadata(new ProblemShape(Shaped))
            .WithTags("OpenAI").WithSummary("Moderate texts, as OpenAI's endpoint does");

    private static async Task<IResult> ModerateAsync(
        HttpContext http, DecisionMaker maker, LiveReleases releases, TimeProvider time, [FromHeader(Name = IdempotencyKey.Header)] string? idempotencyKey = null)
    {
        var caller = http.Caller();
        var (document, problem) = await RequestBody.ReadAsync(http.Request, http.RequestAborted);
        if (document is null)
        {
            return problem!;
        }

        using var _ = document;
        (var key, problem) = IdempotencyKey.Read(http, idempotencyKey, document.RootElement, time.GetUtcNow());
        if (problem is not null)
        {
            return problem;
        }

        var (request, error) = ModerationRequest.Of(document.RootElement);
        if (request is null)
        {
            return Answer(error!, StatusCodes.Status400BadRequest);
        }

        var contents = request.Texts.Select((text, index) => new Content { Id = ContentIds.Fresh(caller, idempotencyKey, index), Text = text }).ToList();
        if (contents.Select(ContentErrors.Of).FirstOrDefault(errors => errors.Count > 0) is { } wrong)
        {
            return Answer(OpenAiError.Invalid($"A text has {wrong[0].Found}: {wrong[0].Remedy}.", "input"), StatusCodes.Status400BadRequest);
        }

        var outcomes = await maker.DecideAsync(caller.Workspace, contents, key: key);
        if (outcomes.OfType<WriteOutcome.KeyReused>().Any())
        {
            return Problems.KeyReused();
        }

        var texts = outcomes.Select(ModeratedText.Of).ToList();
        return texts.OfType<ModeratedText.Decided>().Any()
            ? Results.Json(ModerationResponse.Of(texts, id => releases.ThatDecided(caller.Workspace, id)), ServerJson.Default.ModerationResponse)
            : texts.OfType<ModeratedText.NotDecided>().First().Problem;
    }

    private static IResult Answer(OpenAiError error, int status) => Results.Json(error, ServerJson.Default.OpenAiError, statusCode: status);

    private static IResult Shaped(Problem problem) => Answer(
        problem.Status switch
        {
            StatusCodes.Status401Unauthorized => OpenAiError.Invalid(problem.Detail ?? problem.Title, code: "invalid_api_key"),
            StatusCodes.Status403Forbidden => OpenAiError.Of(problem.Detail ?? problem.Title, "insufficient_permissions", "insufficient_permissions"),
            StatusCodes.Status429TooManyRequests => OpenAiError.Of(problem.Detail ?? problem.Title, "requests", "rate_limit_exceeded"),
            >= StatusCodes.Status500InternalServerError => OpenAiError.Of(problem.Detail ?? problem.Title, "server_error", null),
            _ => OpenAiError.Invalid(problem.Detail ?? problem.Title),
        },
        problem.Status);
}
