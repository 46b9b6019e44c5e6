using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Moderato.Server.Decisions;
using Npgsql;

namespace Moderato.Server.Storage;

/// <summary>A PostgreSQL database that several nodes share. A commit is durable as the server's own settings make it; by default it is.</summary>
public sealed class PostgresStore : Store
{
    private readonly NpgsqlDataSource source;
    private readonly DbContextOptions<PostgresState> stateOptions;

    public PostgresStore(string connectionString)
    {
        source = new NpgsqlDataSourceBuilder(connectionString).Build();
        stateOptions = new DbContextOptionsBuilder<PostgresState>().UseNpgsql(source).Options;
    }

    /// <summary>For what only PostgreSQL can: LISTEN and NOTIFY, COPY.</summary>
    public NpgsqlDataSource Source => source;

    public override async Task<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken cancel) =>
        await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);

    public override StateContext State() => new PostgresState(stateOptions);

    public override async Task<DbConnection> OpenAsync(CancellationToken cancel) => await source.OpenConnectionAsync(cancel);

    /// <summary>Dead rows go with the next vacuum; its write-ahead log and backups are its operator's.</summary>
    public override Task ForgetDeletedAsync(CancellationToken cancel) => Task.CompletedTask;

    public override DecisionLog CreateLog() => new PostgresDecisionLog(source);

    public override ValueTask DisposeAsync() => source.DisposeAsync();
}
