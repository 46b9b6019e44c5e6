using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Moderato.Decisions;
using Moderato.Server.Hosting;
using Moderato.Server.Keys;

namespace Moderato.Server.Decisions;

/// <summary><c>/v1/decisions</c>: content in, verdicts out, each committed before it is answered.</summary>
public static class DecisionEndpoints
{
    public static void MapDecisions(this IEndpointRouteBuilder routes)
    {
        var decisions = routes.MapGroup("/v1/decisions").WithTags("Decisions");
        var deciding = new Deciding(routes.ServiceProvider.GetRequiredService<DecisionMaker>(), routes.ServiceProvider.GetRequiredService<TimeProvider>());
        decisions.MapPost("", deciding.DecideAsync).Needs(Scopes.Decide)
            .WithSummary("Decide one content, or up to 1,000");
        decisions.MapGet("", Search).Needs(Scopes.Read)
            .WithSummary("Decisions, newest first, by verdict, category, author, release, contentId, from, to; a page at a time: after, limit");
        decisions.MapGet("/{id}", Get).Needs(Scopes.Read)
            .WithSummary("One decision");
    }

    private static async Task<Results<Ok<DecisionAnswer>, Problem>> Get(string id, HttpContext http, DecisionQueries queries)
    {
        var caller = http.Caller();
        return DecisionId.Parse(id) is { } sequence && await queries.FindAsync(caller.Workspace, sequence, http.RequestAborted) is { } found
            ? TypedResults.Ok(DecisionAnswer.Of(found))
            : Problems.NotFound("decision");
    }

    private static async Task<Results<Ok<DecisionPage>, Problem>> Search(HttpContext http, DecisionQueries queries)
    {
        var errors = new List<FieldError>();
        var search = DecisionSearch.Read(http.Request.Query, errors);
        if (errors.Count > 0)
        {
            return Problems.Invalid("The search is not right", errors);
        }

        var (page, next) = await queries.SearchAsync(http.Caller().Workspace, search, http.RequestAborted);
        return TypedResults.Ok(new DecisionPage([.. page.Select(DecisionAnswer.Of)], next?.ToString()));
    }

    /// <summary>What it needs is handed over when routes are made: to ask the container at each request begins a scope there.</summary>
    private sealed class Deciding(DecisionMaker maker, TimeProvider time)
    {
        public async Task<Results<OfDecisions, Problem>> DecideAsync(HttpContext http, [FromHeader(Name = IdempotencyKey.Header)] string? idempotencyKey = null)
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

            (var request, problem) = DecisionRequest.Read(document.RootElement, index => ContentIds.Fresh(caller, idempotencyKey, index));
            if (request is null)
            {
                return problem!;
            }

            var outcomes = await maker.DecideAsync(caller.Workspace, [.. request.Contents.OfType<ReadContent.Right>().Select(right => right.Content)], request.Deadline, key: key);
            return DecisionReply.Of(request, outcomes) switch
            {
                DecisionReply.Refused(var why) => why,
                DecisionReply.Answered(var answer) => new OfDecisions(answer),
                _ => throw new InvalidOperationException("A reply is one of the two."),
            };
        }
    }
}
