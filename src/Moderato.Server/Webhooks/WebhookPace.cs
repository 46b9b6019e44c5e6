namespace Moderato.Server.Webhooks;

/// <summary>
/// How much a receiver is given at once: more while it takes all, less when it does not, and while nothing gets through one at a
/// time, at most a minute apart, however much waits. Not thread-safe: a webhook's lane alone uses it.
/// </summary>
public sealed class WebhookPace
{
    public const int MostAtOnce = 128;

    private const int Beginning = 16;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>A receiver may ask for more patience, though not for a webhook that stands still.</summary>
    private static readonly TimeSpan LongestAsked = TimeSpan.FromHours(1);

    private int failures;

    public int AtOnce { get; private set; } = Beginning;

    public DateTimeOffset NotBefore { get; private set; }

    public void Note(IReadOnlyCollection<SendOutcome> outcomes, DateTimeOffset now)
    {
        int delivered = outcomes.Count(outcome => outcome is SendOutcome.Delivered);
        if (delivered == outcomes.Count)
        {
            (failures, AtOnce) = (0, Math.Min(MostAtOnce, AtOnce * 2));
            return;
        }

        AtOnce = Math.Clamp(delivered, 1, MostAtOnce);
        failures = delivered > 0 ? 0 : failures + 1;
        var pause = failures == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, failures - 1)));
        var asked = outcomes.OfType<SendOutcome.Failed>().Max(failed => failed.RetryAfter) ?? TimeSpan.Zero;
        asked = asked < LongestAsked ? asked : LongestAsked;
        NotBefore = now + (asked > pause ? asked : pause);
    }
}
