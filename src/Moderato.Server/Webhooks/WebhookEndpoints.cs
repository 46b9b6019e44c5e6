using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Moderato.Decisions;
using Moderato.Server.Hosting;
using Moderato.Server.Keys;
using Moderato.Webhooks;

namespace Moderato.Server.Webhooks;

/// <summary><c>/v1/webhooks</c>: who is told what, and what became of it.</summary>
public static class WebhookEndpoints
{
    private const double DefaultGraceHours = 24;

    private static readonly string[] Verdicts = ["safe", "borderline", "violating"];

    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        var webhooks = routes.MapGroup("/v1/webhooks").Needs(Scopes.Admin).WithTags("Webhooks");
        webhooks.MapGet("", List).WithSummary("All webhooks, without their secrets");
        webhooks.MapPost("", Create).WithSummary("A new webhook, its secret shown once: {\"url\", \"events\"?, \"verdicts\"?, \"categories\"?}");
        webhooks.MapGet("/{id:int}", Get).WithSummary("One webhook");
        webhooks.MapDelete("/{id:int}", Delete).WithSummary("End a webhook; what waits for it is not sent");
        webhooks.MapPost("/{id:int}/rotate", Rotate).WithSummary("A new secret; the old one signs too for {\"graceHours\": 24}");
        webhooks.MapPost("/{id:int}/pause", Pause).WithSummary("Send nothing until it is resumed; events wait: {\"why\"?}");
        webhooks.MapPost("/{id:int}/resume", Resume).WithSummary("Send again, what waited first");
        webhooks.MapGet("/{id:int}/deliveries", Deliveries).WithSummary("What became of its events, newest first: state, after, limit");
        webhooks.MapPost("/{id:int}/replay", ReplayEvents).WithSummary("Send events again: {\"eventId\"} or {\"from\"?, \"to\"?}, {\"state\": \"dead\"?}");
    }

    private static async Task<Ok<WebhooksAnswer>> List(HttpContext http, WebhookStore webhooks, DeliveryHistory history)
    {
        var behind = await history.BacklogsAsync(http.RequestAborted);
        return TypedResults.Ok(new WebhooksAnswer(
            [.. (await webhooks.ListAsync(http.Caller().Workspace, http.RequestAborted)).Select(webhook => WebhookAnswer.Of(webhook, behind.GetValueOrDefault(webhook.Id, Backlog.None)))]));
    }

    private static async Task<Results<Ok<WebhookAnswer>, Problem>> Get(int id, HttpContext http, WebhookStore webhooks, DeliveryHistory history) =>
        await webhooks.FindAsync(http.Caller().Workspace, id, http.RequestAborted) is { } webhook
            ? TypedResults.Ok(WebhookAnswer.Of(webhook, (await history.BacklogsAsync(http.RequestAborted)).GetValueOrDefault(id, Backlog.None)))
            : Problems.NotFound("webhook");

    private static async Task<Results<Created<WebhookAnswer>, Problem>> Create(HttpContext http, WebhookStore webhooks, WebhookTargets targets)
    {
        var (document, problem) = await RequestBody.ReadAsync(http.Request, http.RequestAborted);
        if (document is null)
        {
            return problem!;
        }

        using var _ = document;
        var read = new FieldReader(document.RootElement);
        if (!read.IsObject("{\"url\": \"https://example.com/moderato\", \"events\": [\"decision.made\"]}", ["url", "events", "verdicts", "categories"]))
        {
            return Problems.Invalid("The webhook is not right", read.Errors);
        }

        string? url = read.Required("url");
        var filter = new EventFilter(Some(read, "events", EventKind.All) ?? EventKind.All, Some(read, "verdicts", Verdicts), Some(read, "categories", Policies.Category.All));
        if (url is { Length: > 0 } && targets.ErrorOf(url) is { } wrong)
        {
            read.Errors.Add(wrong);
        }

        if (read.Errors.Count > 0)
        {
            return Problems.Invalid("The webhook is not right", read.Errors);
        }

        return await webhooks.CreateAsync(http.Caller(), url!, filter, http.RequestAborted) is { } webhook
            ? TypedResults.Created(string.Create(CultureInfo.InvariantCulture, $"/v1/webhooks/{webhook.Id}"), WebhookAnswer.Of(webhook, Backlog.None, webhook.Secret))
            : Problems.Refused("There are too many webhooks", string.Create(CultureInfo.InvariantCulture, $"At most {WebhookStore.MostWebhooks}: delete one first."));
    }

    private static async Task<Results<NoContent, Problem>> Delete(int id, HttpContext http, WebhookStore webhooks) =>
        await webhooks.DeleteAsync(http.Caller(), id, http.RequestAborted) ? TypedResults.NoContent() : Problems.NotFound("webhook");

    private static async Task<Results<Ok<WebhookAnswer>, Problem>> Rotate(int id, HttpContext http, WebhookStore webhooks)
    {
        var (read, problem) = await RequestBody.OptionalAsync(http, ["graceHours"]);
        if (read is null)
        {
            return problem!;
        }

        double grace = read.Number("graceHours", 0, 24 * 30) ?? DefaultGraceHours;
        if (read.Errors.Count > 0)
        {
            return Problems.Invalid("The rotation is not right", read.Errors);
        }

        return await webhooks.RotateAsync(http.Caller(), id, TimeSpan.FromHours(grace), http.RequestAborted) is { } webhook
            ? TypedResults.Ok(WebhookAnswer.Of(webhook, Backlog.None, webhook.Secret))
            : Problems.NotFound("webhook");
    }

    private static async Task<Results<NoContent, Problem>> Pause(int id, HttpContext http, WebhookStore webhooks)
    {
        var (read, problem) = await RequestBody.OptionalAsync(http, ["why"]);
        if (read is null)
        {
            return problem!;
        }

        string? why = read.Text("why");
        if (why?.Length > 200)
        {
            read.Errors.Add(new("why", "a long text", "give at most 200 characters"));
        }

        if (read.Errors.Count > 0)
        {
            return Problems.Invalid("The pause is not right", read.Errors);
        }

        return await webhooks.PauseAsync(http.Caller().Workspace, id, http.Caller().Name, why, http.RequestAborted) is not null ? TypedResults.NoContent() : Problems.NotFound("webhook");
    }

    private static async Task<Results<NoContent, Problem>> Resume(int id, HttpContext http, WebhookStore webhooks) =>
        await webhooks.ResumeAsync(http.Caller(), id, http.RequestAborted) is not null ? TypedResults.NoContent() : Problems.NotFound("webhook");

    private static async Task<Results<Ok<DeliveryPage>, Problem>> Deliveries(int id, HttpContext http, WebhookStore webhooks, DeliveryHistory history)
    {
        var errors = new List<FieldError>();
        var search = DeliverySearch.Read(http.Request.Query, errors);
        if (errors.Count > 0)
        {
            return Problems.Invalid("The search is not right", errors);
        }

        if (await webhooks.FindAsync(http.Caller().Workspace, id, http.RequestAborted) is null)
        {
            return Problems.NotFound("webhook");
        }

        var page = await history.PageAsync(id, search.State, search.After, search.Limit, http.RequestAborted);
        return TypedResults.Ok(new DeliveryPage([.. page.Select(DeliveryAnswer.Of)], page.Count < search.Limit ? null : EventId.Of(page[^1].Event)));
    }

    private static async Task<Results<Accepted<ReplayAnswer>, Problem>> ReplayEvents(int id, HttpContext http, WebhookStore webhooks, DeliveryHistory history, TimeProvider time)
    {
        var (document, problem) = await RequestBody.ReadAsync(http.Request, http.RequestAborted);
        if (document is null)
        {
            return problem!;
        }

        using var _ = document;
        var read = new FieldReader(document.RootElement);
        if (!read.IsObject("{\"eventId\": \"e1\"} or {\"from\": \"2026-03-01T00:00:00Z\", \"to\": \"2026-03-02T00:00:00Z\"}", ["eventId", "from", "to", "state"]))
        {
            return Problems.Invalid("The replay is not right", read.Errors);
        }

        string? eventId = read.Text("eventId");
        long? number = eventId is null ? null : EventId.Parse(eventId);
        var (from, to) = (read.Time("from"), read.Time("to"));
        bool onlyDead = read.OneOf("state", ["dead"]) is not null;
        if (eventId is not null && number is null)
        {
            read.Errors.Add(new("eventId", "no event's id", "give one such as \"e17\", from the header Moderato-Event-Id"));
        }
        else if (eventId is null && from is null && to is null && !onlyDead && read.Errors.Count == 0)
        {
            read.Errors.Add(new("eventId", "nothing that says which events", "give eventId, from, to, or \"state\": \"dead\""));
        }

        if (read.Errors.Count > 0)
        {
            return Problems.Invalid("The replay is not right", read.Errors);
        }

        return await webhooks.NoteReplayAsync(http.Caller(), id, http.RequestAborted)
            ? TypedResults.Accepted((string?)null, new ReplayAnswer(await history.ReplayAsync(id, new(number, from, to, onlyDead), time.GetUtcNow(), http.RequestAborted)))
            : Problems.NotFound("webhook");
    }

    /// <returns>Null where the field is not there.</returns>
    private static IReadOnlyList<string>? Some(FieldReader read, string name, IReadOnlyList<string> known)
    {
        if (!read.Has(name, out var given))
        {
            return null;
        }

        var some = read.SomeOf(name, known);
        if (given.ValueKind == JsonValueKind.Array && given.GetArrayLength() == 0)
        {
            read.Errors.Add(new(name, "none", $"give some of {string.Join(", ", known)}, or leave it out for all"));
        }

        return some;
    }
}
