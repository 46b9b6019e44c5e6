using System.Collections.Concurrent;
using Moderato.Webhooks;

namespace Moderato.Server.Webhooks;

/// <summary>
/// Delivers what waits in the outbox, each webhook in a lane of its own: contents side by side, the events of one content one after
/// the other. It only reads what decisions left; no decision waits for it.
/// </summary>
public sealed partial class WebhookDelivery(
    Subscriptions subscriptions, DeliveryQueue queue, WebhookSender sender, WebhookStore webhooks, WebhookMeter meter, TimeProvider time, ILogger<WebhookDelivery> logger) : BackgroundService
{
    private const int MostRequests = 32;

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    /// <summary>Longer than a full claim takes where every request times out: 128 in four turns of 32.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<int, Lane> lanes = [];

    /// <summary>Sends what is due now, until nothing is or the receiver needs a pause.</summary>
    internal async Task DeliverDueAsync(Webhook webhook, CancellationToken cancel)
    {
        var lane = lanes.GetOrAdd(webhook.Id, _ => new());
        await lane.Turn.WaitAsync(cancel);
        try
        {
            while (webhook.Paused is null && time.GetUtcNow() is var now && now >= lane.Pace.NotBefore)
            {
                var claim = await queue.ClaimAsync(webhook.Id, lane.Pace.AtOnce, now, now + Lease, cancel);
                if (claim.Deliveries.Count == 0)
                {
                    return;
                }

                var sent = await SendAsync(webhook, claim, cancel);
                var after = time.GetUtcNow();
                await queue.SettleAsync(claim, [.. sent.Select(one => SettledOf(webhook.Id, one, after))], CancellationToken.None);
                lane.Pace.Note([.. sent.Select(one => one.Outcome)], after);
                meter.Attempted(webhook.Id, sent.Select(one => one.Outcome));
                if (sent.Any(one => one.Outcome is SendOutcome.Gone))
                {
                    LogGone(webhook.Id);
                    await webhooks.PauseAsync(webhook.Workspace, webhook.Id, "the receiver", "it answered 410 Gone", cancel);
                    return;
                }

                cancel.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            lane.Turn.Release();
        }
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await queue.ForgetLeasesAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var webhook in subscriptions.All.Where(webhook => webhook.Paused is null))
                {
                    var lane = lanes.GetOrAdd(webhook.Id, _ => new());
                    if (lane.Running.IsCompleted)
                    {
                        lane.Running = RunAsync(webhook, stoppingToken);
                    }
                }
            }
        }
        finally
        {
            await Task.WhenAll(lanes.Values.Select(lane => lane.Running));
        }
    }

    private async Task RunAsync(Webhook webhook, CancellationToken stopping)
    {
        try
        {
            await DeliverDueAsync(webhook, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // What was sent and not written down is sent again when the lease has run out.
            LogLater(webhook.Id, failure.GetType().Name);
        }
    }

    /// <summary>Those that were sent; the others are given back.</summary>
    private async Task<IReadOnlyList<Sent>> SendAsync(Webhook webhook, Claim claim, CancellationToken cancel)
    {
        var sent = new ConcurrentBag<Sent>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = MostRequests, CancellationToken = cancel };
        try
        {
            await Parallel.ForEachAsync(claim.Deliveries, parallel, async (delivery, stopping) =>
            {
                var began = time.GetUtcNow();

                // A machine that slept has lost its lease: another node may be sending it.
                if (began + WebhookSender.Timeout < claim.Until)
                {
                    sent.Add(new(delivery, began, await sender.SendAsync(webhook, delivery.Body, stopping)));
                }
            });
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
        }

        return [.. sent];
    }

    private Settled SettledOf(int webhook, Sent sent, DateTimeOffset now)
    {
        var first = sent.Delivery.FirstAttempt ?? sent.Began;
        switch (sent.Outcome)
        {
            case SendOutcome.Delivered(var status):
                return new(sent.Delivery, DeliveryQueue.Delivered, first, now, status);
            case SendOutcome.Failed(var why, var retryAfter):
                if (RetrySchedule.Next(((long)webhook << 32) ^ sent.Delivery.Event, sent.Delivery.Attempts + 1, first, now, retryAfter) is { } next)
                {
                    return new(sent.Delivery, DeliveryQueue.Waiting, first, next, why);
                }

                LogDead(sent.Delivery.Body.Id, webhook, sent.Delivery.Attempts + 1, why);
                return new(sent.Delivery, DeliveryQueue.Dead, first, now, why);
            default:
                return new(sent.Delivery, DeliveryQueue.Waiting, first, now, "410");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Event {Event} was not delivered to webhook {Webhook} in {Attempts} attempts over a day, the last: {Why}. It can be replayed.")]
    private partial void LogDead(string @event, int webhook, int attempts, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhook {Webhook} answered 410 Gone and is paused.")]
    private partial void LogGone(int webhook);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Deliveries to webhook {Webhook} wait ({Failure}).")]
    private partial void LogLater(int webhook, string failure);

    private sealed record Sent(Delivery Delivery, DateTimeOffset Began, SendOutcome Outcome);

    private sealed class Lane
    {
        /// <summary>One at a time: what is due is taken once.</summary>
        public SemaphoreSlim Turn { get; } = new(1);

        public WebhookPace Pace { get; } = new();

        public Task Running { get; set; } = Task.CompletedTask;
    }
}
