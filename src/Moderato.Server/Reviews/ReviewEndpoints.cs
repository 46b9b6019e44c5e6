using Microsoft.AspNetCore.Http.HttpResults;
using Moderato.Decisions;
using Moderato.Server.Decisions;
using Moderato.Server.Hosting;
using Moderato.Server.Keys;

namespace Moderato.Server.Reviews;

/// <summary><c>/v1/reviews</c>: what a person decides on a content binds the same text under the same policy version.</summary>
public static class ReviewEndpoints
{
    private static readonly string[] Verdicts = ["safe", "borderline", "violating"];

    public static void MapReviews(this IEndpointRouteBuilder routes)
    {
        var reviews = routes.MapGroup("/v1/reviews").WithTags("Reviews");
        reviews.MapPost("/next", Next).Needs(Scopes.Review)
            .WithSummary("The oldest item that waits and that nobody works on, under a lease: {\"category\"?, \"language\"?, \"restricted\"?: true}; 204 where there is none")
            .Produces<NextReviewAnswer>().Produces(StatusCodes.Status204NoContent);
        reviews.MapPost("/{id}", Resolve).Needs(Scopes.Review).WithSummary("Decide what waits: {\"verdict\", \"categories\"?, \"reason\"?}; violating needs its categories");
        reviews.MapPost("/{id}/undo", Undo).Needs(Scopes.Review).WithSummary("Take a verdict back: the item waits again, its labels and its binding are gone: {\"reason\"?}");
    }

    private static async Task<Results<Ok<NextReviewAnswer>, NoContent, Problem>> Next(HttpContext http, ReviewQueue queue, TimeProvider time)
    {
        var (read, problem) = await RequestBody.OptionalAsync(http, ["category", "language", "restricted"]);
        if (read is null)
        {
            return problem!;
        }

        var filter = new QueueFilter(read.OneOf("category", Policies.Category.All), read.Text("language"), read.Flag("restricted") ?? false);
        if (read.Errors.Count > 0)
        {
            return Problems.Invalid("The request is not right", read.Errors);
        }

        var caller = http.Caller();
        return await queue.NextAsync(caller.Workspace, caller.KeyId, filter, time.GetUtcNow(), http.RequestAborted) is { } item
            ? TypedResults.Ok(new NextReviewAnswer(item))
            : TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, Problem>> Resolve(string id, HttpContext http, ReviewQueries reviews, PersonVerdicts bound, TimeProvider time)
    {
        var (document, problem) = await RequestBody.ReadAsync(http.Request, http.RequestAborted);
        if (document is null)
        {
            return problem!;
        }

        using var _ = document;
        var read = new FieldReader(document.RootElement);
        string? verdict = null;
        string? reason = null;
        IReadOnlyList<string> categories = [];
        if (read.IsObject("{\"verdict\": \"violating\", \"categories\": [\"hate\"]}", ["verdict", "categories", "reason"]))
        {
            verdict = read.OneOf("verdict", Verdicts, required: true);
            categories = read.SomeOf("categories", Policies.Category.All);
            reason = read.Text("reason");
            if (verdict == "violating" && categories.Count == 0 && read.Errors.Count == 0)
            {
                read.Errors.Add(new("categories", "none", "say which categories are violated"));
            }
        }

        if (read.Errors.Count > 0)
        {
            return Problems.Invalid("The review is not right", read.Errors);
        }

        var outcome = DecisionId.Parse(id) is { } sequence
            ? await reviews.ResolveAsync(http.Caller(), sequence, (Verdict)Array.IndexOf(Verdicts, verdict), categories, reason, time.GetUtcNow(), http.RequestAborted)
            : ReviewOutcome.NotWaiting;
        if (outcome != ReviewOutcome.Done)
        {
            return outcome == ReviewOutcome.LeasePassedOn ? Problems.LeasePassedOn() : Problems.NotFound("review that waits");
        }

        await bound.FollowAsync(http.RequestAborted);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, Problem>> Undo(string id, HttpContext http, ReviewQueries reviews, PersonVerdicts bound, TimeProvider time)
    {
        var (read, problem) = await RequestBody.OptionalAsync(http, ["reason"]);
        if (read is null)
        {
            return problem!;
        }

        string? reason = read.Text("reason");
        if (read.Errors.Count > 0)
        {
            return Problems.Invalid("The undo is not right", read.Errors);
        }

        if (DecisionId.Parse(id) is not { } sequence || !await reviews.UndoAsync(http.Caller(), sequence, reason, time.GetUtcNow(), http.RequestAborted))
        {
            return Problems.NotFound("review that was decided");
        }

        await bound.FollowAsync(http.RequestAborted);
        return TypedResults.NoContent();
    }
}
