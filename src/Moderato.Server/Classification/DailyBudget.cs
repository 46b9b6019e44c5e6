namespace Moderato.Server.Classification;

/// <summary>What an endpoint may cost a day. A call reserves the most it can cost before it is made and pays what it did cost after, so that many at once do not pass the ceiling together.</summary>
/// <param name="ceilingMicros">Null: none.</param>
/// <param name="spentMicros">What this day has cost already, before a restart.</param>
public sealed class DailyBudget(long? ceilingMicros, TimeProvider time, long spentMicros = 0)
{
    private readonly Lock gate = new();
    private DateOnly day = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
    private long spent = spentMicros;
    private long reserved;

    public long SpentMicros
    {
        get
        {
            lock (gate)
            {
                Turn();
                return spent;
            }
        }
    }

    /// <returns>Whether there is so much left; then it is kept until <see cref="Settle"/>.</returns>
    public bool TryReserve(long micros)
    {
        lock (gate)
        {
            Turn();
            if (ceilingMicros is { } ceiling && spent + reserved + micros > ceiling)
            {
                return false;
            }

            reserved += micros;
            return true;
        }
    }

    /// <param name="actual">What the call did cost; 0 for one that failed before anything was charged.</param>
    public void Settle(long reservedMicros, long actual)
    {
        lock (gate)
        {
            Turn();
            reserved -= reservedMicros;
            spent += actual;
        }
    }

    private void Turn()
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

        // A clock that is set back does not give the day's money a second time.
        if (today > day)
        {
            (day, spent) = (today, 0);
        }
    }
}
