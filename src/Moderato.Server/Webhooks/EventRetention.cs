using Moderato.Server.Hosting;

namespace Moderato.Server.Webhooks;

/// <summary>Counts what webhooks are behind with every quarter of a minute, and deletes old events every hour.</summary>
public sealed partial class EventRetention(
    Subscriptions subscriptions, DeliveryHistory history, WebhookMeter meter, ServerSettings settings, TimeProvider time, ILogger<EventRetention> logger)
    : RecurringWork(TimeSpan.FromSeconds(15), FirstTurn.Later, time, logger)
{
    private static readonly TimeSpan PruneEvery = TimeSpan.FromHours(1);

    private readonly ILogger logger = logger;
    private DateTimeOffset pruned;

    protected internal override async Task RunAsync(CancellationToken cancel)
    {
        var now = Time.GetUtcNow();
        if (subscriptions.All.Count > 0 || meter.Backlogs.Count > 0)
        {
            var behind = await history.BacklogsAsync(cancel);
            meter.Backlogs = subscriptions.All.ToDictionary(webhook => webhook.Id, webhook => behind.GetValueOrDefault(webhook.Id, Backlog.None));
        }

        if (now - pruned >= PruneEvery)
        {
            int lost = await history.PruneAsync(now - TimeSpan.FromDays(settings.EventRetentionDays), cancel);
            pruned = now;
            if (lost > 0)
            {
                LogLost(lost, settings.EventRetentionDays);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} events older than {Days} days were deleted before they arrived.")]
    private partial void LogLost(int count, int days);
}
