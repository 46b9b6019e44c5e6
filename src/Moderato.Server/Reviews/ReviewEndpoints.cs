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
        reviews.MapPost("/{id}", Resolve).Needs(Scopes.Review).WithSummary("Decide what waits: {\"verdict\", \"categories\"?, \"reason\"?}; violating needs its categories");
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

        var caller = http.Caller();
        if (DecisionId.Parse(id) is not { } sequence
            || !await reviews.ResolveAsync(caller.Workspace, sequence, (Verdict)Array.IndexOf(Verdicts, verdict), categories, caller.Name, reason, time.GetUtcNow(), http.RequestAborted))
        {
            return Problems.NotFound("review that waits");
        }

        await bound.FollowAsync(http.RequestAborted);
        return TypedResults.NoContent();
    }
}
