using Microsoft.AspNetCore.Http.HttpResults;
using Moderato.Decisions;
using Moderato.Server.Hosting;
using Moderato.Server.Keys;

namespace Moderato.Server.Releases;

/// <summary><c>/v1/releases/{id}/redecide</c>: undoing what a bad release did.</summary>
public static class RedecisionEndpoints
{
    public static void MapRedecisions(this IEndpointRouteBuilder routes)
    {
        var redecisions = routes.MapGroup("/v1/releases/{release}/redecide").WithTags("Releases");
        redecisions.MapPost("", Redecide).Needs(Scopes.Admin)
            .WithSummary("Decide a window again under this release: {\"from\", \"to\"?, \"category\"?, \"preview\": true, \"reason\", \"perMinute\": 600, \"seed\"?, \"laterTiers\": 200}; a preview changes nothing, and asks later tiers about at most so many contents")
            .Produces<RedecisionPreview>().Produces<RedecisionAnswer>(StatusCodes.Status202Accepted);
        redecisions.MapGet("", List).Needs(Scopes.Read).WithSummary("How far its redecisions are, the newest first");
        redecisions.MapPost("/{id:int}/stop", Stop).Needs(Scopes.Admin).WithSummary("End one where it is: {\"reason\"?}; what was reversed stays reversed");
    }

    private static async Task<IResult> Redecide(
        string release, HttpContext http, ReleaseStore releases, Redecisions redecisions, TimeProvider time)
    {
        var caller = http.Caller();
        if (await releases.FindAsync(caller.Workspace, release, http.RequestAborted) is null)
        {
            return Problems.NotFound("release");
        }

        var (read, problem) = await RequestBody.OptionalAsync(http, RedecisionRequest.Fields);
        if (read is null)
        {
            return problem!;
        }

        if (RedecisionRequest.Read(read, time.GetUtcNow()) is not { } request)
        {
            return Problems.Invalid("The redecision is not right", read.Errors);
        }

        return request.Preview
            ? Results.Json(await redecisions.PreviewAsync(caller.Workspace, release, request, http.RequestAborted), ContractJson.Compact)
            : TypedResults.Accepted($"/v1/releases/{release}/redecide", RedecisionAnswer.Of(await redecisions.StartAsync(caller, release, request, http.RequestAborted)));
    }

    private static async Task<Results<Ok<RedecisionsAnswer>, Problem>> List(string release, HttpContext http, ReleaseStore releases, Redecisions redecisions) =>
        await releases.FindAsync(http.Caller().Workspace, release, http.RequestAborted) is null
            ? Problems.NotFound("release")
            : TypedResults.Ok(new RedecisionsAnswer([.. (await redecisions.ListAsync(http.Caller().Workspace, release, http.RequestAborted)).Select(RedecisionAnswer.Of)]));

    private static async Task<Results<Ok<RedecisionAnswer>, Problem>> Stop(string release, int id, HttpContext http, Redecisions redecisions)
    {
        var (read, problem) = await RequestBody.OptionalAsync(http, ["reason"]);
        if (read is null)
        {
            return problem!;
        }

        string? reason = ReleaseEndpoints.ReasonOf(read);
        if (read.Errors.Count > 0)
        {
            return Problems.Invalid("The request is not right", read.Errors);
        }

        return await redecisions.StopAsync(http.Caller(), release, id, reason, http.RequestAborted) is { } stopped
            ? TypedResults.Ok(RedecisionAnswer.Of(stopped))
            : Problems.NotFound("redecision that runs");
    }
}
