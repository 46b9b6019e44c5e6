using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Moderato.Decisions;
using Moderato.Server.Reviews;
using Moderato.Server.Storage;
using Moderato.Server.Tests.Hosting;
using Npgsql;
using SQLitePCL;

namespace Moderato.Server.Tests.Storage;

public sealed class StoreOutageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(raw.SQLITE_BUSY, true)]
    [InlineData(raw.SQLITE_LOCKED, true)]
    [InlineData(raw.SQLITE_FULL, true)]
    [InlineData(raw.SQLITE_IOERR, true)]
    [InlineData(raw.SQLITE_CANTOPEN, true)]
    [InlineData(raw.SQLITE_READONLY, true)]
    [InlineData(raw.SQLITE_ERROR, false)]
    [InlineData(raw.SQLITE_CONSTRAINT, false)]
    [InlineData(raw.SQLITE_CORRUPT, false)]
    public void Of_SQLite_it_is_what_its_code_says(int code, bool outage) => AssertIs(outage, new SqliteException("", code));

    [Theory]
    [InlineData(PostgresErrorCodes.AdminShutdown, true)]
    [InlineData(PostgresErrorCodes.CrashShutdown, true)]
    [InlineData(PostgresErrorCodes.CannotConnectNow, true)]
    [InlineData(PostgresErrorCodes.TooManyConnections, true)]
    [InlineData(PostgresErrorCodes.DiskFull, true)]
    [InlineData(PostgresErrorCodes.UniqueViolation, false)]
    [InlineData(PostgresErrorCodes.UndefinedTable, false)]
    [InlineData(PostgresErrorCodes.InsufficientPrivilege, false)]
    public void Of_PostgreSQL_it_is_what_its_state_says(string state, bool outage) => AssertIs(outage, new PostgresException("", "FATAL", "FATAL", state));

    [Fact]
    public void A_connection_that_breaks_or_cannot_be_made_is_one()
    {
        AssertIs(true, new NpgsqlException("", new IOException()));
        AssertIs(true, new NpgsqlException("", new SocketException((int)SocketError.ConnectionRefused)));
        AssertIs(true, new NpgsqlException("", new TimeoutException()));
        AssertIs(false, new NpgsqlException(""));
    }

    [Fact]
    public void Its_code_is_the_stores_own_however_deep_it_lies()
    {
        Assert.Equal("SQLite 10", StoreOutage.CodeOf(new DbUpdateException("", new SqliteException("words of somebody", raw.SQLITE_IOERR))));
        Assert.Equal("SQLSTATE 57P01", StoreOutage.CodeOf(new InvalidOperationException("", new DbUpdateException("", new PostgresException("words of somebody", "FATAL", "FATAL", "57P01")))));
        Assert.Null(StoreOutage.CodeOf(new NpgsqlException("words of somebody", new IOException())));
    }

    [Fact]
    public void What_holds_none_is_none()
    {
        foreach (var defect in (Exception[])[new InvalidOperationException(), new DbUpdateException(), new IOException(), new TimeoutException(), new OperationCanceledException(), new NullReferenceException()])
        {
            AssertIs(false, defect);
        }
    }

    [Fact]
    public async Task SQLite_that_another_one_writes_to_is_one_where_state_is_saved()
    {
        string folder = Directory.CreateTempSubdirectory("moderato-outage-").FullName;
        string file = Path.Combine(folder, SqliteStore.FileName);
        await using (var store = new SqliteStore(file))
        {
            await store.MigrateAsync(Cancel);
            await using var other = new SqliteConnection($"Data Source={file};Pooling=False");
            await other.OpenAsync(Cancel);
            await using var write = other.CreateCommand();
            write.CommandText = "BEGIN IMMEDIATE";
            await write.ExecuteNonQueryAsync(Cancel);
            await using var state = store.State();
            AddLabel(state);
            var wrapped = await Assert.ThrowsAsync<DbUpdateException>(() => state.SaveChangesAsync(Cancel));
            Assert.True(StoreOutage.Is(wrapped));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task PostgreSQL_that_stops_is_one_while_state_is_read_saved_and_opened()
    {
        RunningServer.SkipUnlessInstalled(StoreKind.Postgres);
        using var cluster = new PostgresCluster();
        await using var store = new PostgresStore(cluster.CreateDatabase());
        await store.MigrateAsync(Cancel);
        await using var reading = store.State();
        await using var saving = store.State();
        await using var idle = store.State();
        await reading.Database.OpenConnectionAsync(Cancel);
        await idle.Database.OpenConnectionAsync(Cancel);
        await saving.Database.OpenConnectionAsync(Cancel);
        var sleeping = reading.Database.ExecuteSqlRawAsync("SELECT pg_sleep(60)", Cancel);
        await Task.Delay(200, Cancel);
        cluster.Crash();

        // What runs is told so; what comes after finds no connection.
        var told = await Assert.ThrowsAnyAsync<Exception>(() => sleeping);
        AddLabel(saving);
        var saved = await Assert.ThrowsAnyAsync<Exception>(() => saving.SaveChangesAsync(Cancel));
        var read = await Assert.ThrowsAnyAsync<Exception>(() => idle.Labels.CountAsync(Cancel));
        var opened = await Assert.ThrowsAnyAsync<Exception>(() => store.State().Labels.CountAsync(Cancel));
        var bare = await Assert.ThrowsAnyAsync<Exception>(() => store.OpenAsync(Cancel));
        string Chain(Exception failure) => failure.InnerException is { } inner ? $"{failure.GetType().Name} < {Chain(inner)}" : failure.GetType().Name;
        foreach (var (when, failure) in (IEnumerable<(string, Exception)>)[(nameof(told), told), (nameof(saved), saved), (nameof(read), read), (nameof(opened), opened), (nameof(bare), bare)])
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{when}: {Chain(failure)}");
            Assert.True(StoreOutage.Is(failure), $"{when}: {Chain(failure)}");
        }

        // As EF Core wraps them; a version that does so no more makes the branches idle.
        Assert.IsType<NpgsqlException>(Assert.IsType<DbUpdateException>(Assert.IsType<InvalidOperationException>(saved).InnerException).InnerException);
        Assert.IsType<NpgsqlException>(Assert.IsType<InvalidOperationException>(opened).InnerException);
        cluster.Start();
        Assert.Equal(0, await store.State().Labels.CountAsync(Cancel));
    }

    /// <summary>Bare, and in all that EF Core puts around it.</summary>
    private static void AssertIs(bool outage, Exception failure)
    {
        Assert.Equal(outage, StoreOutage.Is(failure));
        Assert.Equal(outage, StoreOutage.Is(new DbUpdateException("", failure)));
        Assert.Equal(outage, StoreOutage.Is(new InvalidOperationException("", failure)));
        Assert.Equal(outage, StoreOutage.Is(new InvalidOperationException("", new DbUpdateException("", failure))));
        Assert.False(StoreOutage.Is(new NotSupportedException("", failure)));
    }

    private static void AddLabel(StateContext state) => state.Labels.Add(new Label
    {
        Workspace = 1,
        ContentId = "c1",
        Category = "hate",
        Value = true,
        Source = LabelSource.Queue,
        Time = DateTimeOffset.UnixEpoch,
    });
}
