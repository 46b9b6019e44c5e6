namespace Moderato.Server.Webhooks;

public sealed record WebhooksAnswer(IReadOnlyList<WebhookAnswer> Webhooks);

/// <summary>A webhook, as its owner may see it.</summary>
/// <param name="Waiting">Events on their way.</param>
/// <param name="Oldest">When the oldest of them came to be.</param>
/// <param name="Dead">Events that were given up; they can be replayed.</param>
/// <param name="PreviousUntil">Until when the secret before this one signs too.</param>
/// <param name="Secret">Only in the answer that made it.</param>
public sealed record WebhookAnswer(
    int Id,
    string Url,
    IReadOnlyList<string> Events,
    IReadOnlyList<string>? Verdicts,
    IReadOnlyList<string>? Categories,
    DateTimeOffset Created,
    long Waiting,
    DateTimeOffset? Oldest,
    long Dead,
    DateTimeOffset? Paused,
    string? PausedBecause,
    DateTimeOffset? PreviousUntil,
    string? Secret)
{
    public static WebhookAnswer Of(Webhook webhook, Backlog behind, string? secret = null) => new(
        webhook.Id, webhook.Url, webhook.Events, webhook.Verdicts, webhook.Categories, webhook.Created, behind.Waiting, behind.Oldest, behind.Dead,
        webhook.Paused, webhook.PausedBecause, webhook.PreviousUntil, secret);
}

/// <summary>A page of deliveries.</summary>
/// <param name="Next">What <c>after</c> has to be for the next page; absent on the last.</param>
public sealed record DeliveryPage(IReadOnlyList<DeliveryAnswer> Deliveries, string? Next);

/// <param name="State"><c>waiting</c>, <c>delivered</c> or <c>dead</c>.</param>
/// <param name="Outcome">Of the last attempt: the status, or what kept it from being given.</param>
/// <param name="NextAttempt">While it waits.</param>
/// <param name="Ended">When it was delivered or given up.</param>
public sealed record DeliveryAnswer(
    string EventId, string Type, string ContentId, string State, int Attempts, string? Outcome, DateTimeOffset Time, DateTimeOffset? NextAttempt, DateTimeOffset? Ended)
{
    public static DeliveryAnswer Of(DeliveryRow row)
    {
        var due = DateTimeOffset.FromUnixTimeMilliseconds(row.Due);
        bool waits = row.State == DeliveryQueue.Waiting;
        return new(
            Webhooks.EventId.Of(row.Event), row.Kind, row.ContentId, DeliverySearch.States[row.State], row.Attempts, row.Outcome,
            DateTimeOffset.FromUnixTimeMilliseconds(row.Time), waits ? due : null, waits ? null : due);
    }
}

/// <summary>How many events are sent again.</summary>
public sealed record ReplayAnswer(int Events);
