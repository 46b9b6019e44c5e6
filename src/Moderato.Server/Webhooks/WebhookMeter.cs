using System.Diagnostics.Metrics;
using System.Globalization;

namespace Moderato.Server.Webhooks;

/// <summary>What webhooks are behind with, and how attempts end. By webhook's number, never its address.</summary>
public sealed class WebhookMeter
{
    public const string Name = "Moderato.Webhooks";

    private readonly Counter<long> attempts;
    private readonly TimeProvider time;

    public WebhookMeter(IMeterFactory meters, TimeProvider time)
    {
        this.time = time;
        var meter = meters.Create(Name);
        attempts = meter.CreateCounter<long>("moderato.webhooks.attempts", "{attempt}", "Attempts to deliver an event, by webhook and outcome.");
        meter.CreateObservableGauge("moderato.webhooks.waiting", () => Each(backlog => backlog.Waiting), "{event}", "Events that wait to be delivered.");
        meter.CreateObservableGauge("moderato.webhooks.dead", () => Each(backlog => backlog.Dead), "{event}", "Events that were given up and can be replayed.");
        meter.CreateObservableGauge(
            "moderato.webhooks.oldest", () => Each(backlog => backlog.Oldest is { } since ? Math.Max(0, (this.time.GetUtcNow() - since).TotalSeconds) : 0), "s", "Age of the oldest event that waits.");
    }

    /// <summary>As they were last counted.</summary>
    public IReadOnlyDictionary<int, Backlog> Backlogs { get; set; } = new Dictionary<int, Backlog>();

    public void Attempted(int webhook, IEnumerable<SendOutcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            attempts.Add(1, Tag(webhook), new("outcome", outcome switch
            {
                SendOutcome.Delivered => "delivered",
                SendOutcome.Gone => "gone",
                SendOutcome.Failed(var why, _) => why,
                _ => throw new ArgumentOutOfRangeException(nameof(outcomes)),
            }));
        }
    }

    private List<Measurement<T>> Each<T>(Func<Backlog, T> of)
        where T : struct => [.. Backlogs.Select(one => new Measurement<T>(of(one.Value), Tag(one.Key)))];

    private static KeyValuePair<string, object?> Tag(int webhook) => new("webhook", webhook.ToString(CultureInfo.InvariantCulture));
}
