using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Moderato.Classification;
using Moderato.Decisions;
using Moderato.Releases;
using Moderato.Server.Hosting;
using Moderato.Server.Keys;

namespace Moderato.Server.Releases;

/// <summary><c>/v1/releases</c>: what there is, what decides, and how that is changed and taken back.</summary>
public static class ReleaseEndpoints
{
    public const int MostReasonChars = 2_000;

    public static void MapReleases(this IEndpointRouteBuilder routes)
    {
        var releases = routes.MapGroup("/v1/releases").WithTags("Releases");
        releases.MapGet("", List).Needs(Scopes.Read).WithSummary("All releases, which of them decide, and what was live when");
        releases.MapGet("/{id}", Get).Needs(Scopes.Read).WithSummary("One release with its policy, calibration and thresholds");
        releases.MapGet("/{id}/diff", Diff).Needs(Scopes.Read)
            .WithSummary("What would change: stored contents decided under it and under ?against= (the live one), by language, surface and category; from, to, sample; a key with the scope admin has later tiers asked about at most laterTiers of them (200; 0: none), drawn by seed");
        releases.MapGet("/{id}/shadow", GetShadow).Needs(Scopes.Read).WithSummary("What it said as a shadow, against what was answered");
        releases.MapPost("", Create).Needs(Scopes.Admin)
            .WithSummary("A new release: {\"release\", \"files\"} or {\"from\"?, \"thresholds\"?, \"calibration\"?, \"policy\"?, \"overrides\"?}, {\"reason\"?}; it decides nothing yet");
        releases.MapPost("/{id}/shadow", Shadow).Needs(Scopes.Admin).WithSummary("Let it decide beside the live one, answering nobody: {\"end\"?: true, \"reason\"?}");
        releases.MapPost("/{id}/canary", Canary).Needs(Scopes.Admin).WithSummary("Let it decide for a share of the authors: {\"percent\": 5, \"reason\"?}; 0 ends it");
        releases.MapPost("/{id}/promote", Promote).Needs(Scopes.Admin).WithSummary("Make it live: {\"until\"?, \"reason\"?}; with until it ends by itself and the one before is live again");
        releases.MapPost("/rollback", RollBack).Needs(Scopes.Admin).WithSummary("Make the release live that was so before: {\"to\"?, \"reason\"?}");
    }

    private static async Task<Ok<ReleasesAnswer>> List(HttpContext http, ReleaseStore releases, TimeProvider time)
    {
        var (workspace, cancel) = (http.Caller().Workspace, http.RequestAborted);
        var pointer = await releases.PointerAsync(workspace, cancel);
        return TypedResults.Ok(ReleasesAnswer.Of(
            await releases.ListAsync(workspace, cancel), pointer?.Roles.At(time.GetUtcNow()), await releases.HistoryAsync(workspace, cancel)));
    }

    private static async Task<Results<Ok<ReleaseAnswer>, Problem>> Get(string id, HttpContext http, ReleaseStore releases, TimeProvider time)
    {
        var (workspace, cancel) = (http.Caller().Workspace, http.RequestAborted);
        var pointer = await releases.PointerAsync(workspace, cancel);
        return await releases.FindAsync(workspace, id, cancel) is { } found
            ? TypedResults.Ok(ReleaseAnswer.Of(found, pointer?.Roles.At(time.GetUtcNow()), whole: true))
            : Problems.NotFound("release");
    }

    private static async Task<Results<Created<ReleaseAnswer>, Ok<ReleaseAnswer>, Problem>> Create(HttpContext http, ReleaseStore releases, TimeProvider time)
    {
        var (read, problem) = await RequestBody.OptionalAsync(http, [.. ReleaseDraft.Fields]);
        if (read is null)
        {
            return problem!;
        }

        var caller = http.Caller();
        string? reason = ReasonOf(read);
        try
        {
            if (await DraftAsync(read, caller.Workspace, releases, time.GetUtcNow(), http.RequestAborted) is not { } draft || read.Errors.Count > 0)
            {
                return Problems.Invalid("The release is not right", read.Errors);
            }

            var pointer = await releases.PointerAsync(caller.Workspace, http.RequestAborted);
            return await releases.AddAsync(caller.Workspace, draft, caller.Name, reason, http.RequestAborted) switch
            {
                (var added, true) => TypedResults.Created($"/v1/releases/{added.Id}", ReleaseAnswer.Of(added, pointer?.Roles)),
                (var known, _) => TypedResults.Ok(ReleaseAnswer.Of(known, pointer?.Roles)),
                null => Problems.Refused("The id belongs to another release", "Releases never change: give this one an id of its own."),
            };
        }
        catch (UnusableFileException wrong)
        {
            return Unusable(wrong);
        }
    }

    private static async Task<ReleaseDraft?> DraftAsync(FieldReader read, int workspace, ReleaseStore releases, DateTimeOffset now, CancellationToken cancel)
    {
        if (read.Has("release", out var release) && release.ValueKind == JsonValueKind.Object)
        {
            return ReleaseDraft.Bundle(read.Json, read.Errors);
        }

        string? from = read.Text("from") ?? (await releases.PointerAsync(workspace, cancel))?.Roles.At(now).Live;
        if (from is not null && await releases.FindAsync(workspace, from, cancel) is { } stored)
        {
            return ReleaseDraft.Derived(stored, read.Json, now, read.Errors);
        }

        read.Errors.Add(new("from", from is null ? "nothing" : $"\"{from}\"", "name a release of GET /v1/releases, or give a whole \"release\""));
        return null;
    }

    private static async Task<IResult> Diff(
        string id, HttpContext http, ReleaseStore releases, ReleaseDiffs diffs, LiveReleases live, string? against = null)
    {
        var caller = http.Caller();
        var errors = new List<FieldError>();
        var window = DiffWindow.Read(http.Request.Query, errors);
        if (errors.Count > 0)
        {
            return Problems.Invalid("The comparison is not right", errors);
        }

        // To ask is paid for, and takes from the day's ceiling what decisions need: that is not for a key that only reads.
        if (!caller.May(Scopes.Admin))
        {
            if (window.LaterTiers > 0 && http.Request.Query.ContainsKey("laterTiers"))
            {
                return Problems.Forbidden(caller, new(Scopes.Admin));
            }

            window = window with { LaterTiers = 0 };
        }

        against ??= live.Of(caller.Workspace).Release.Id;
        foreach (string name in (string[])[id, against])
        {
            if (await releases.FindAsync(caller.Workspace, name, http.RequestAborted) is null)
            {
                return Problems.NotFound($"release \"{name}\"");
            }
        }

        var diff = await diffs.OfAsync(
            caller.Workspace, await live.LoadAsync(caller.Workspace, against, http.RequestAborted), await live.LoadAsync(caller.Workspace, id, http.RequestAborted),
            window, http.RequestAborted);
        return Results.Json(diff, ContractJson.Compact);
    }

    private static async Task<IResult> GetShadow(string id, HttpContext http, ReleaseStore releases, Shadows shadows) =>
        await releases.FindAsync(http.Caller().Workspace, id, http.RequestAborted) is null
            ? Problems.NotFound("release")
            : Results.Json(await shadows.SummaryAsync(http.Caller().Workspace, id, http.RequestAborted), ContractJson.Compact);

    private static Task<Results<Ok<RolesAnswer>, Problem>> Shadow(string id, HttpContext http, ReleaseStore releases) => Change(
        id, http, releases, ["end", "reason"],
        read => read.Flag("end") == true
            ? (ReleaseAction.ShadowEnds, roles => roles.EndShadow(id))
            : (ReleaseAction.Shadow, roles => roles.Follow(id)));

    private static Task<Results<Ok<RolesAnswer>, Problem>> Canary(string id, HttpContext http, ReleaseStore releases) => Change(
        id, http, releases, ["percent", "reason"],
        read =>
        {
            if (!read.Has("percent", out _))
            {
                read.Errors.Add(new("percent", "nothing", "give a number from 0 to 100; 0 ends the canary"));
            }

            double percent = read.Number("percent", 0, 100) ?? 0;
            return (percent == 0 ? ReleaseAction.CanaryEnds : ReleaseAction.Canary, roles => roles.TryOn(id, percent));
        });

    private static Task<Results<Ok<RolesAnswer>, Problem>> Promote(string id, HttpContext http, ReleaseStore releases, TimeProvider time) => Change(
        id, http, releases, ["until", "reason"],
        read =>
        {
            var until = read.Time("until");
            return (until is null ? ReleaseAction.Promote : ReleaseAction.Override, roles => roles.Promote(id, until?.ToUniversalTime(), time.GetUtcNow()));
        });

    private static async Task<Results<Ok<RolesAnswer>, Problem>> RollBack(HttpContext http, ReleaseStore releases)
    {
        var (read, problem) = await RequestBody.OptionalAsync(http, ["to", "reason"]);
        if (read is null)
        {
            return problem!;
        }

        string? to = read.Text("to") ?? await releases.LiveBeforeAsync(http.Caller().Workspace, http.RequestAborted);
        return await Change(to, http, releases, read, _ => (ReleaseAction.Rollback, roles => roles.RollBack(to)));
    }

    private static async Task<Results<Ok<RolesAnswer>, Problem>> Change(
        string id, HttpContext http, ReleaseStore releases, string[] fields, Func<FieldReader, (string Action, Func<ReleaseRoles, RoleChange> Move)> plan)
    {
        var (read, problem) = await RequestBody.OptionalAsync(http, fields);
        return read is null ? problem! : await Change(id, http, releases, read, plan);
    }

    private static async Task<Results<Ok<RolesAnswer>, Problem>> Change(
        string? id, HttpContext http, ReleaseStore releases, FieldReader read, Func<FieldReader, (string Action, Func<ReleaseRoles, RoleChange> Move)> plan)
    {
        var caller = http.Caller();
        if (id is not null && await releases.FindAsync(caller.Workspace, id, http.RequestAborted) is null)
        {
            return Problems.NotFound("release");
        }

        string? reason = ReasonOf(read);
        var (action, move) = plan(read);
        if (read.Errors.Count > 0)
        {
            return Problems.Invalid("The request is not right", read.Errors);
        }

        try
        {
            return await releases.MoveAsync(caller.Workspace, action, id ?? "", caller.Name, reason, move, http.RequestAborted) switch
            {
                RoleChange.Done(var roles) => TypedResults.Ok(RolesAnswer.Of(roles)),
                RoleChange.Refused(var why, var remedy) => Problems.Refused(why, $"{char.ToUpperInvariant(remedy[0])}{remedy[1..]}."),
                _ => throw new InvalidOperationException("A change is done or refused."),
            };
        }
        catch (UnusableFileException wrong)
        {
            return Unusable(wrong);
        }
    }

    internal static string? ReasonOf(FieldReader read)
    {
        string? reason = read.Text("reason");
        if (reason?.Length > MostReasonChars)
        {
            read.Errors.Add(new("reason", "a long text", FormattableString.Invariant($"give at most {MostReasonChars} characters")));
        }

        return reason;
    }

    private static Problem Unusable(UnusableFileException wrong) =>
        Problems.Invalid("The release cannot be used", [new(wrong.Place, wrong.Found, wrong.Remedy)]);
}
