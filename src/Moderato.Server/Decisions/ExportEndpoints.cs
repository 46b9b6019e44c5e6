using Moderato.Decisions;
using Moderato.Server.Hosting;
using Moderato.Server.Keys;

namespace Moderato.Server.Decisions;

/// <summary><c>/v1/decisions/export</c>: the log as JSON lines, streamed.</summary>
public static class ExportEndpoints
{
    public static void MapExport(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/decisions/export", Export).Needs(Scopes.Admin).WithTags("Decisions")
            .WithSummary("All decisions with their texts as a decision file (JSON lines), oldest first, restricted contents without theirs: from, to");

    private static async Task<IResult> Export(HttpContext http, DecisionExport export)
    {
        var errors = new List<FieldError>();
        var search = DecisionSearch.Read(http.Request.Query, errors);
        if (errors.Count > 0)
        {
            return Problems.Invalid("The export is not right", errors);
        }

        http.Response.ContentType = "application/jsonl; charset=utf-8";
        await export.WriteAsync(http.Response.Body, http.Caller().Workspace, search.From, search.To, http.RequestAborted);
        return TypedResults.Empty;
    }
}
