using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Moderato.Decisions;
using Moderato.Server.Keys;
using Moderato.Server.Storage;

namespace Moderato.Server.Hosting;

/// <summary><c>/v1/audit</c>: who changed what and why. It can be read, and nothing else.</summary>
public static class AuditEndpoints
{
    private const int DefaultLimit = 100;
    private const int MostLimit = 1_000;

    public static void MapAudit(this IEndpointRouteBuilder routes) => routes.MapGet("/v1/audit", List).Needs(Scopes.Admin).WithTags("Audit")
        .WithSummary("Who changed what and why, newest first, by action (release.promote) and actor; a page at a time: before, limit");

    private static async Task<Results<Ok<AuditPage>, Problem>> List(HttpContext http, Store store)
    {
        var query = http.Request.Query;
        var errors = new List<FieldError>();
        long before = Whole(query, "before", long.MaxValue, long.MaxValue, errors);
        int limit = (int)Whole(query, "limit", DefaultLimit, MostLimit, errors);
        if (errors.Count > 0)
        {
            return Problems.Invalid("The search is not right", errors);
        }

        var (workspace, action, actor) = (http.Caller().Workspace, (string?)query["action"], (string?)query["actor"]);
        await using var state = store.State();
        var entries = await state.AuditEntries.AsNoTracking()
            .Where(entry => entry.Workspace == workspace && entry.Id < before && (action == null || entry.Action == action) && (actor == null || entry.Actor == actor))
            .OrderByDescending(entry => entry.Id).Take(limit + 1).ToListAsync(http.RequestAborted);
        var page = entries.Take(limit).ToList();
        return TypedResults.Ok(new AuditPage(
            [.. page.Select(entry => new AuditAnswer(entry.Id, entry.Time, entry.Actor, entry.Action, entry.Subject, entry.Why))],
            entries.Count > limit ? page[^1].Id : null));
    }

    private static long Whole(IQueryCollection query, string name, long missing, long most, List<FieldError> errors)
    {
        string? value = query[name];
        if (value is null)
        {
            return missing;
        }

        if (long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number > 0 && number <= most)
        {
            return number;
        }

        errors.Add(new(name, $"\"{value}\"", name == "before" ? "give the \"next\" of the page before" : FormattableString.Invariant($"give a whole number from 1 to {most}")));
        return missing;
    }
}

/// <param name="Next">What <c>before</c> is on the next page; null on the last.</param>
public sealed record AuditPage(IReadOnlyList<AuditAnswer> Entries, long? Next);

/// <param name="Actor">The key's or the person's name.</param>
/// <param name="Action">As in <c>release.promote</c>.</param>
public sealed record AuditAnswer(long Id, DateTimeOffset Time, string Actor, string Action, string Subject, string? Why);
