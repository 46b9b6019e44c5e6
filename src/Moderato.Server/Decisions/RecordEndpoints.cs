using Microsoft.AspNetCore.Http.HttpResults;
using Moderato.Server.Hosting;
using Moderato.Server.Keys;

namespace Moderato.Server.Decisions;

/// <summary><c>/v1/decisions/record</c>: observe mode, so that a team starts without rerouting anything.</summary>
public static class RecordEndpoints
{
    public static void MapRecord(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/decisions/record", Record).Needs(Scopes.Decide).WithTags("Decisions")
            .WithSummary("Keep verdicts that another system gave: {\"decisions\": [{\"id\", \"text\"?, \"verdict\", \"category\"?, \"score\"?, \"release\", \"action\"?, …}]}");

    private static async Task<Results<OfDecisions, Problem>> Record(HttpContext http, Decider decider, DecisionWriter writer, RecordedNames names, TimeProvider time)
    {
        var (document, problem) = await RequestBody.ReadAsync(http.Request, http.RequestAborted);
        if (document is null)
        {
            return problem!;
        }

        using var _ = document;
        var items = ItemsOf.Request(document.RootElement, "decisions", DecisionRequest.MostContents, out problem);
        if (items is null)
        {
            return problem!;
        }

        var now = time.GetUtcNow();
        var read = items.Select(item => RecordedDecision.Read(item, now)).ToList();
        for (int i = 0; i < read.Count; i++)
        {
            if (read[i].Recorded is { } recorded && await names.TakeAsync(http.Caller().Workspace, recorded, http.RequestAborted) is { Count: > 0 } refused)
            {
                read[i] = (null, read[i].Id, refused);
            }
        }

        var writes = read.Where(one => one.Recorded is not null).Select(one => decider.Record(http.Caller().Workspace, one.Recorded!)).ToList();
        var outcomes = writes.Count == 0 ? [] : await writer.WriteAsync(writes);
        return new OfDecisions(DecisionReply.Of(
            [.. read.Select(one => one.Recorded is { } recorded ? (ReadContent)new ReadContent.Right(recorded.Content) : new ReadContent.Wrong(one.Id, one.Errors))],
            outcomes));
    }
}
