using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Moderato.Server.Decisions;
using SQLitePCL;

namespace Moderato.Server.Storage;

/// <summary>One file, <c>moderato.db</c>, in WAL mode: readers never wait for the writer. A commit is on disk before it is answered (<c>synchronous = FULL</c>).</summary>
public sealed class SqliteStore : Store
{
    public const string FileName = "moderato.db";

    private const int BusySeconds = 10;
    private readonly string connectionString;
    private readonly DbContextOptions<SqliteState> stateOptions;

    /// <summary>
    /// A connection is used by one thread at a time, so that SQLite need not lock its own at every call, and nobody asks how much memory
    /// it has. It can only be told before it is first used: where it was, in tests, it goes on as before.
    /// </summary>
    static SqliteStore()
    {
        Batteries_V2.Init();
        raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
        raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    public SqliteStore(string file)
    {
        connectionString = new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = BusySeconds, Cache = SqliteCacheMode.Private }.ToString();
        stateOptions = new DbContextOptionsBuilder<SqliteState>().UseSqlite(connectionString).AddInterceptors(new OnOpen()).Options;
    }

    public override bool IsShared => false;

    /// <summary>
    /// The index of authors begins anew every 1,024 decisions (<c>sqlite.authors.sql</c>), so it is asked block by block. Without the
    /// plus the planner may walk through the workspace's decisions by time instead.
    /// </summary>
    public override string WrittenBy(string decisions) =>
        $"""
        +{decisions}.workspace = @workspace AND {decisions}.sequence IN (
          WITH RECURSIVE blocks (block) AS (SELECT max(sequence) >> 10 FROM decisions UNION ALL SELECT block - 1 FROM blocks WHERE block > 0)
          SELECT own.sequence FROM blocks CROSS JOIN decisions own
          WHERE own.sequence >> 10 = blocks.block AND own.author IS NOT NULL AND own.author = @author)
        """;

    /// <summary>Deferred: it takes no lock, and reads what was committed when it first read.</summary>
    public override Task<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken cancel) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: true));

    public override StateContext State() => new SqliteState(stateOptions);

    public override async Task<DbConnection> OpenAsync(CancellationToken cancel) => await OpenSqliteAsync(cancel);

    /// <summary>Deleted bytes are overwritten (<c>secure_delete</c>); what the write-ahead log still has of them goes with it.</summary>
    public override async Task ForgetDeletedAsync(CancellationToken cancel)
    {
        await using var connection = await OpenSqliteAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE);";
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Nobody else is there to wait for (<see cref="OneServer"/>).</summary>
    public override Task<IAsyncDisposable> EnterAsync(CancellationToken cancel) => Task.FromResult<IAsyncDisposable>(new SqliteConnection());

    /// <summary>
    /// The writer keeps the upper parts of its indexes in memory, and lets the write-ahead log grow to 16 MB before it is copied into
    /// the file: by SQLite's own settings (2 MB, 4 MB) it reads pages again and copies at nearly every commit.
    /// </summary>
    public override DecisionLog CreateLog(int mostSurfaces)
    {
        var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 4096;";
        command.ExecuteNonQuery();
        return new SqliteDecisionLog(connection, mostSurfaces);
    }

    public override async Task MigrateAsync(CancellationToken cancel)
    {
        await using (var connection = await OpenSqliteAsync(cancel))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = WAL;";
            await command.ExecuteNonQueryAsync(cancel);
        }

        await base.MigrateAsync(cancel);
    }

    public override ValueTask DisposeAsync()
    {
        SqliteConnection.ClearPool(new SqliteConnection(connectionString));
        return ValueTask.CompletedTask;
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        Configure(connection);
        return connection;
    }

    private async Task<SqliteConnection> OpenSqliteAsync(CancellationToken cancel)
    {
        var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancel);
        Configure(connection);
        return connection;
    }

    private static void Configure(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = FormattableString.Invariant($"PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA busy_timeout = {BusySeconds * 1_000};");
        command.ExecuteNonQuery();
    }

    private sealed class OnOpen : Microsoft.EntityFrameworkCore.Diagnostics.DbConnectionInterceptor
    {
        public override void ConnectionOpened(DbConnection connection, Microsoft.EntityFrameworkCore.Diagnostics.ConnectionEndEventData eventData) => Configure(connection);

        public override Task ConnectionOpenedAsync(
            DbConnection connection, Microsoft.EntityFrameworkCore.Diagnostics.ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Configure(connection);
            return Task.CompletedTask;
        }
    }
}
