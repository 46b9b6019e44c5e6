using Microsoft.EntityFrameworkCore;
using Moderato.Server.Keys;
using Moderato.Server.Storage;
using Moderato.Webhooks;

namespace Moderato.Server.Webhooks;

/// <summary>Makes, changes over, pauses and deletes webhooks, each with its line in the audit log.</summary>
public sealed class WebhookStore(Store store, Subscriptions subscriptions, TimeProvider time)
{
    /// <summary>Every event is written down once for each that wants it.</summary>
    public const int MostWebhooks = 20;

    public async Task<IReadOnlyList<Webhook>> ListAsync(int workspace, CancellationToken cancel)
    {
        await using var state = store.State();
        return await state.Webhooks.AsNoTracking().Where(webhook => webhook.Workspace == workspace).OrderBy(webhook => webhook.Id).ToListAsync(cancel);
    }

    public async Task<Webhook?> FindAsync(int workspace, int id, CancellationToken cancel)
    {
        await using var state = store.State();
        return await state.Webhooks.AsNoTracking().SingleOrDefaultAsync(webhook => webhook.Id == id && webhook.Workspace == workspace, cancel);
    }

    /// <returns>Null where there are <see cref="MostWebhooks"/> already.</returns>
    public async Task<Webhook?> CreateAsync(Caller by, string url, EventFilter filter, CancellationToken cancel)
    {
        await using var state = store.State();
        if (await state.Webhooks.CountAsync(webhook => webhook.Workspace == by.Workspace, cancel) >= MostWebhooks)
        {
            return null;
        }

        var webhook = new Webhook
        {
            Workspace = by.Workspace,
            Url = url,
            Events = [.. filter.Kinds],
            Verdicts = filter.Verdicts?.ToArray(),
            Categories = filter.Categories?.ToArray(),
            Secret = Webhook.NewSecret(),
            Created = time.GetUtcNow(),
        };
        state.Webhooks.Add(webhook);
        await SaveAsync(state, by.Workspace, by.Name, "webhook.create", webhook, null, cancel);
        return webhook;
    }

    /// <summary>A new secret in place of the other, which signs as well for <paramref name="grace"/>.</summary>
    /// <returns>Null where there is no such webhook.</returns>
    public Task<Webhook?> RotateAsync(Caller by, int id, TimeSpan grace, CancellationToken cancel) =>
        ChangeAsync(
            by.Workspace, id, by.Name, "webhook.rotate", null,
            webhook => (webhook.PreviousSecret, webhook.PreviousUntil, webhook.Secret) = (webhook.Secret, time.GetUtcNow() + grace, Webhook.NewSecret()), cancel);

    /// <summary>Nothing is sent until it is resumed; what happens meanwhile waits.</summary>
    /// <returns>Null where there is no such webhook.</returns>
    public Task<Webhook?> PauseAsync(int workspace, int id, string by, string? why, CancellationToken cancel) =>
        ChangeAsync(
            workspace, id, by, "webhook.pause", why,
            webhook => (webhook.Paused, webhook.PausedBecause) = (webhook.Paused ?? time.GetUtcNow(), why ?? "paused by " + by), cancel);

    /// <returns>Null where there is no such webhook.</returns>
    public Task<Webhook?> ResumeAsync(Caller by, int id, CancellationToken cancel) =>
        ChangeAsync(by.Workspace, id, by.Name, "webhook.resume", null, webhook => (webhook.Paused, webhook.PausedBecause) = (null, null), cancel);

    /// <summary>What waited for it is cleared away with what is old.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> DeleteAsync(Caller by, int id, CancellationToken cancel)
    {
        await using var state = store.State();
        if (await state.Webhooks.SingleOrDefaultAsync(one => one.Id == id && one.Workspace == by.Workspace, cancel) is not { } webhook)
        {
            return false;
        }

        state.Webhooks.Remove(webhook);
        await SaveAsync(state, by.Workspace, by.Name, "webhook.delete", webhook, null, cancel);
        return true;
    }

    /// <returns>Whether there is such a webhook, whose events may then be sent again.</returns>
    public async Task<bool> NoteReplayAsync(Caller by, int id, CancellationToken cancel) =>
        await ChangeAsync(by.Workspace, id, by.Name, "webhook.replay", null, _ => { }, cancel) is not null;

    private async Task<Webhook?> ChangeAsync(int workspace, int id, string by, string action, string? why, Action<Webhook> change, CancellationToken cancel)
    {
        await using var state = store.State();
        if (await state.Webhooks.SingleOrDefaultAsync(one => one.Id == id && one.Workspace == workspace, cancel) is not { } webhook)
        {
            return null;
        }

        change(webhook);
        await SaveAsync(state, workspace, by, action, webhook, why, cancel);
        return webhook;
    }

    private async Task SaveAsync(StateContext state, int workspace, string by, string action, Webhook webhook, string? why, CancellationToken cancel)
    {
        // The host alone: a path may be a password.
        state.AuditEntries.Add(new() { Workspace = workspace, Time = time.GetUtcNow(), Actor = by, Action = action, Subject = new Uri(webhook.Url).Authority, Why = why });
        await state.SaveChangesAsync(cancel);
        await subscriptions.ReloadAsync(cancel);
    }
}
