using Moderato.Decisions;
using Moderato.Decisions.Counting;

namespace Moderato.Server.Decisions;

/// <summary>Commits decisions to one kind of store. Not thread-safe: <see cref="DecisionWriter"/> alone calls it.</summary>
public abstract class DecisionLog : IDisposable
{
    /// <summary>How many commits' counts are added up at a time, so that no commit waits long for it.</summary>
    protected const int MostPendingAtOnce = 1_000;

    /// <summary>All of them in one transaction, or none. It has reached the disk when this returns.</summary>
    /// <returns>An outcome for each, in their order.</returns>
    public abstract WriteOutcome[] Commit(IReadOnlyList<EncodedWrite> writes);

    /// <summary>
    /// Adds the counts that commits left (<c>rollup_pending</c>, one row each) to <c>rollups</c> and <c>histograms</c>, in one
    /// transaction. Readers add both, so it changes no figure. Of each workspace the first surfaces that are added up have a name.
    /// </summary>
    /// <returns>How many decisions were added up under <see cref="NamedSurfaces.Other"/>.</returns>
    public abstract long AddUpCounts();

    public abstract void Dispose();

    /// <summary>What the requests are called that these came with.</summary>
    protected static IReadOnlySet<IdempotencyKey> KeysOf(IReadOnlyList<EncodedWrite> writes)
    {
        var keys = new HashSet<IdempotencyKey>();
        foreach (var write in writes)
        {
            if (write.Write.Key is { } key)
            {
                keys.Add(key);
            }
        }

        return keys;
    }

    protected static bool IsSameContent(Decision known, Decision asked) => known.Fingerprint.Exact == asked.Fingerprint.Exact;

    /// <summary>A provisional decision is not counted; the final one that follows is.</summary>
    protected static byte[] PackedCountsOf(IEnumerable<Decision> written)
    {
        var counts = new DecisionCounts();
        foreach (var decision in written.Where(decision => decision.Origin != DecisionOrigin.Provisional))
        {
            counts.Add(decision);
        }

        return PackedCounts.Pack(counts);
    }
}
