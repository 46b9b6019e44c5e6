namespace Moderato.Releases;

/// <summary>How many reversals may go out: at most a minute's number in a minute, a second's and one more at once, and nothing saved up while nobody asks.</summary>
public sealed class ReversalPace(double perMinute)
{
    private DateTimeOffset? last;
    private double allowed;

    /// <summary>Whole reversals that may go out now.</summary>
    public int Allowed(DateTimeOffset now)
    {
        double passed = last is { } before && now > before ? (now - before).TotalMinutes : 0;
        allowed = Math.Min(allowed + (passed * perMinute), 1 + (perMinute / 60));
        last = now;
        return (int)allowed;
    }

    public void Took(int reversals) => allowed -= reversals;
}
