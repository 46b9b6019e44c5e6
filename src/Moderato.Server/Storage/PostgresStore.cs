using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Moderato.Server.Decisions;
using Npgsql;

namespace Moderato.Server.Storage;

/// <summary>A PostgreSQL database that several nodes share. A commit is durable as the server's own settings make it; by default it is.</summary>
public sealed class PostgresStore : Store
{
    private const string Channel = "moderato_releases";

    /// <summary>A number that nobody else locks: "mode" and "rato" in ASCII.</summary>
    private const long StartLock = 0x6d6f_6465_7261_746f;

    private readonly NpgsqlDataSource source;
    private readonly DbContextOptions<PostgresState> stateOptions;

    public PostgresStore(string connectionString)
    {
        source = new NpgsqlDataSourceBuilder(connectionString).Build();
        stateOptions = new DbContextOptionsBuilder<PostgresState>().UseNpgsql(source).Options;
    }

    /// <summary>For what only PostgreSQL can: LISTEN and NOTIFY, COPY.</summary>
    public NpgsqlDataSource Source => source;

    public override bool IsShared => true;

    public override async Task<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken cancel) =>
        await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);

    public override StateContext State() => new PostgresState(stateOptions);

    public override async Task<DbConnection> OpenAsync(CancellationToken cancel) => await source.OpenConnectionAsync(cancel);

    /// <summary>Dead rows go with the next vacuum; its write-ahead log and backups are its operator's.</summary>
    public override Task ForgetDeletedAsync(CancellationToken cancel) => Task.CompletedTask;

    public override Task AnnounceAsync(StateContext state, CancellationToken cancel) => state.Database.ExecuteSqlRawAsync($"NOTIFY {Channel}", cancel);

    public override async Task ListenAsync(Action heard, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        connection.Notification += (_, _) => heard();
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(cancel);
        }

        while (true)
        {
            await connection.WaitAsync(cancel);
        }
    }

    /// <summary>An advisory lock, held by its connection: it goes with the process that dies.</summary>
    public override async Task<IAsyncDisposable> EnterAsync(CancellationToken cancel)
    {
        var connection = await source.OpenConnectionAsync(cancel);
        await using var wait = new NpgsqlCommand("SELECT pg_advisory_lock(@key)", connection) { CommandTimeout = 0 };
        wait.Parameters.AddWithValue("key", StartLock);
        await wait.ExecuteNonQueryAsync(cancel);
        return connection;
    }

    public override DecisionLog CreateLog(int mostSurfaces) => new PostgresDecisionLog(source, mostSurfaces);

    public override ValueTask DisposeAsync() => source.DisposeAsync();
}
