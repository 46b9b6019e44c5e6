using Microsoft.AspNetCore.Http.HttpResults;
using Moderato.Server.Hosting;
using Moderato.Server.Keys;

namespace Moderato.Server.Decisions;

/// <summary><c>/v1/actions</c>: what the platform did with a verdict, and the views until then.</summary>
public static class ActionEndpoints
{
    private const int MostActions = 1_000;

    private static readonly string[] Fields = ["contentId", "action", "time", "views"];

    public static void MapActions(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/actions", Add).Needs(Scopes.Decide).WithTags("Decisions")
            .WithSummary("Tell what was done with a content: {\"actions\": [{\"contentId\", \"action\", \"time\"?, \"views\"?}]}");

    private static async Task<Results<Ok<ActionsAnswer>, Problem>> Add(HttpContext http, ContentActions actions, TimeProvider time)
    {
        var (document, problem) = await RequestBody.ReadAsync(http.Request, http.RequestAborted);
        if (document is null)
        {
            return problem!;
        }

        using var _ = document;
        var items = ItemsOf.Request(document.RootElement, "actions", MostActions, out problem);
        if (items is null)
        {
            return problem!;
        }

        var now = time.GetUtcNow();
        var failures = new List<ContentFailure>();
        var right = new List<(int Index, string ContentId, ContentAction Action)>();
        foreach (var (item, index) in items.Select((item, index) => (item, index)))
        {
            var read = new FieldReader(item);
            if (Read(read, now) is { } one && read.Errors.Count == 0)
            {
                right.Add((index, one.ContentId, one.Action));
            }
            else
            {
                failures.Add(new(index, null, StatusCodes.Status400BadRequest, "The action is not right", null, read.Errors));
            }
        }

        var known = await actions.AddAsync(http.Caller().Workspace, [.. right.Select(one => (one.ContentId, one.Action))], now, http.RequestAborted);
        failures.AddRange(right.Where((_, i) => !known[i]).Select(one => new ContentFailure(
            one.Index, one.ContentId, StatusCodes.Status404NotFound, "There is no decision on this content", "Have it decided or recorded first.", null)));
        return TypedResults.Ok(new ActionsAnswer(known.Count(one => one), failures.Count == 0 ? null : [.. failures.OrderBy(failure => failure.Index)]));
    }

    private static (string ContentId, ContentAction Action)? Read(FieldReader read, DateTimeOffset now) =>
        read.IsObject("an action such as {\"contentId\": \"c1\", \"action\": \"removed\"}", Fields)
            && read.Required("contentId") is { } id && read.OneOf("action", ContentAction.Known, required: true) is { } action
            ? (id, new(action, read.Time("time") ?? now, read.Whole("views")))
            : null;
}

/// <summary>How many actions were kept, and which were not and why.</summary>
public sealed record ActionsAnswer(int Kept, IReadOnlyList<ContentFailure>? Errors);
