using Moderato.Decisions;

namespace Moderato.Server.Decisions;

/// <summary>Commits decisions to one kind of store. Not thread-safe: <see cref="DecisionWriter"/> alone calls it.</summary>
public abstract class DecisionLog : IDisposable
{
    /// <summary>All of them in one transaction, or none. It has reached the disk when this returns.</summary>
    /// <returns>An outcome for each, in their order.</returns>
    public abstract IReadOnlyList<WriteOutcome> Commit(IReadOnlyList<DecisionWrite> writes);

    public abstract void Dispose();

    protected static bool IsSameContent(Decision known, Decision asked) => known.Fingerprint.Exact == asked.Fingerprint.Exact;
}
