using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Moderato.Server.Hosting;
using Moderato.Server.Keys;
using Moderato.Server.Storage;

namespace Moderato.Server.Contents;

/// <summary><c>/v1/erasures</c>: forget what somebody wrote, because they or the law ask for it.</summary>
public static class ErasureEndpoints
{
    public static void MapErasures(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/erasures", Erase).Needs(Scopes.Admin).WithTags("Contents")
            .WithSummary("Erase one content's text, or all that an author wrote: {\"contentId\"} or {\"author\"}, {\"why\"?}; decisions and counts stay");

    private static async Task<Results<Ok<ErasureAnswer>, Problem>> Erase(HttpContext http, ContentQueries contents, Store store, Workspaces workspaces, TimeProvider time)
    {
        var (document, problem) = await RequestBody.ReadAsync(http.Request, http.RequestAborted);
        if (document is null)
        {
            return problem!;
        }

        using var _ = document;
        var read = new FieldReader(document.RootElement);
        string? content = null;
        string? author = null;
        string? why = null;
        if (read.IsObject("{\"contentId\": \"c1\"} or {\"author\": \"a1\"}", ["contentId", "author", "why"]))
        {
            (content, author, why) = (read.Text("contentId"), read.Text("author"), read.Text("why"));
            if ((content is null) == (author is null) && read.Errors.Count == 0)
            {
                read.Errors.Add(new("contentId", content is null ? "neither contentId nor author" : "both contentId and author", "give one of them"));
            }
        }

        if (read.Errors.Count > 0)
        {
            return Problems.Invalid("The erasure is not right", read.Errors);
        }

        var caller = http.Caller();
        string subject = content is not null ? $"content {content}" : string.Create(CultureInfo.InvariantCulture, $"author #{workspaces.AuthorOf(caller.Workspace, author)}");
        int erased = content is not null
            ? await contents.EraseContentAsync(caller.Workspace, content, http.RequestAborted)
            : await contents.EraseAuthorAsync(caller.Workspace, author!, http.RequestAborted);
        await using var state = store.State();
        state.AuditEntries.Add(new() { Workspace = caller.Workspace, Time = time.GetUtcNow(), Actor = caller.Name, Action = "content.erase", Subject = subject, Why = why });
        await state.SaveChangesAsync(http.RequestAborted);
        return TypedResults.Ok(new ErasureAnswer(erased));
    }
}

/// <summary>How many texts were erased.</summary>
public sealed record ErasureAnswer(int Erased);
