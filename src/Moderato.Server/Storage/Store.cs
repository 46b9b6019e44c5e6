using System.Data.Common;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Moderato.Server.Decisions;

namespace Moderato.Server.Storage;

/// <summary>Where everything is kept: an SQLite file inside the process, or PostgreSQL when there is more than one node.</summary>
public abstract class Store : IAsyncDisposable
{
    /// <summary>State: changed by people, read and written through EF Core.</summary>
    public abstract StateContext State();

    /// <summary>An open connection for plain SQL on the decision log and what belongs to it.</summary>
    public abstract Task<DbConnection> OpenAsync(CancellationToken cancel);

    /// <summary>Whether further processes may have it open.</summary>
    public abstract bool IsShared { get; }

    /// <summary>What a query ends with that takes rows to work on: another process's are passed over, where there are others.</summary>
    public string SkipLocked => IsShared ? "FOR UPDATE SKIP LOCKED" : "";

    /// <summary>The condition that a decision is of <c>@workspace</c> and was written by <c>@author</c>.</summary>
    /// <param name="decisions">What the query calls the table.</param>
    public virtual string WrittenBy(string decisions) =>
        $"{decisions}.workspace = @workspace AND {decisions}.author IS NOT NULL AND {decisions}.author = @author";

    /// <summary>A transaction that reads all tables as they were at one moment, and keeps nobody waiting.</summary>
    public abstract Task<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken cancel);

    /// <summary>Sees to it that what was just deleted cannot be read from the store's files any more, as far as the store can.</summary>
    public abstract Task ForgetDeletedAsync(CancellationToken cancel);

    /// <summary>What commits decisions. One writer at a time uses it.</summary>
    /// <param name="mostSurfaces">How many surfaces of a workspace are counted by name.</param>
    public abstract DecisionLog CreateLog(int mostSurfaces);

    /// <summary>Tells the other nodes, once the transaction that <paramref name="state"/> is in has committed, that the releases in force have changed.</summary>
    public virtual Task AnnounceAsync(StateContext state, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Calls back whenever another node has announced a change, until it is cancelled. A store of one process has nobody to listen to.</summary>
    public virtual Task ListenAsync(Action heard, CancellationToken cancel) => Task.Delay(Timeout.Infinite, cancel);

    /// <summary>Lets one process at a time create the store or bring it up to date.</summary>
    public abstract Task<IAsyncDisposable> EnterAsync(CancellationToken cancel);

    /// <summary>Creates the store or brings it up to date.</summary>
    public virtual async Task MigrateAsync(CancellationToken cancel)
    {
        await using var state = State();
        await state.Database.MigrateAsync(cancel);
    }

    public abstract ValueTask DisposeAsync();

    /// <summary>The log's tables, for the migration that creates them.</summary>
    internal static string LogSchema(string store)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Moderato.Server.Storage.Log.{store}.sql")
            ?? throw new InvalidOperationException($"The schema of {store} is not in this build.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
