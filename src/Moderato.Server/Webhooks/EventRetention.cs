using Moderato.Server.Hosting;

namespace Moderato.Server.Webhooks;

/// <summary>Counts what webhooks are behind with every quarter of a minute, and deletes old events every hour.</summary>
public sealed partial class EventRetention(
    Subscriptions subscriptions, DeliveryHistory history, WebhookMeter meter, ServerSettings settings, TimeProvider time, ILogger<EventRetention> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan PruneEvery = TimeSpan.FromHours(1);

    private DateTimeOffset pruned;

    internal async Task RunAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (subscriptions.All.Count > 0 || meter.Backlogs.Count > 0)
        {
            var behind = await history.BacklogsAsync(cancel);
            meter.Backlogs = subscriptions.All.ToDictionary(webhook => webhook.Id, webhook => behind.GetValueOrDefault(webhook.Id, Backlog.None));
        }

        if (now - pruned >= PruneEvery)
        {
            pruned = now;
            int lost = await history.PruneAsync(now - TimeSpan.FromDays(settings.EventRetentionDays), cancel);
            if (lost > 0)
            {
                LogLost(lost, settings.EventRetentionDays);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (System.Data.Common.DbException failure)
            {
                LogLater(failure.GetType().Name);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} events older than {Days} days were deleted before they arrived.")]
    private partial void LogLost(int count, int days);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old events were not looked for ({Failure}); it is tried again.")]
    private partial void LogLater(string failure);
}
