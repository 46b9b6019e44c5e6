using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Moderato.Server.Tests.Hosting;
using Moderato.Server.Tests.Storage;

namespace Moderato.Server.Tests.Faults;

/// <summary>The store is full, locked or gone for a while: an error or a wait, and nothing that was answered is lost.</summary>
public sealed class StoreFaultTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_is_answered_503_until_there_is_room_again()
    {
        using var disk = SmallDisk.Mount();
        var sender = new Sender("full");
        using var server = await ServerProcess.StartAsync(Path.Combine(disk.Folder, "data"));
        for (int i = 0; i < 50; i++)
        {
            Assert.True(await sender.SendAsync(server.Client));
        }

        disk.Fill();
        for (int i = 0; sender.Refused < 20; i++)
        {
            Assert.True(i < 5_000, "The disk does not fill up.");
            await sender.SendAsync(server.Client);
        }

        disk.Empty();
        Assert.True(await sender.SendAsync(server.Client));
        await sender.AssertNothingLostAsync(server.Client);
        server.Kill();
        using var again = await ServerProcess.StartAsync(Path.Combine(disk.Folder, "data"));
        await sender.AssertNothingLostAsync(again.Client);
    }

    [Fact]
    public async Task A_store_that_another_process_locks_makes_wait_and_then_is_answered_503()
    {
        await using var server = await RunningServer.StartAsync(StoreKind.Sqlite);
        var sender = new Sender("locked");
        Assert.True(await sender.SendAsync(server.Client));
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(server.Folder, "moderato.db")};Pooling=False"))
        {
            await other.OpenAsync(Cancel);
            Execute(other, "BEGIN IMMEDIATE");
            var waiting = sender.SendAsync(server.Client);
            await Task.Delay(TimeSpan.FromMilliseconds(500), Cancel);
            Assert.False(waiting.IsCompleted);
            Execute(other, "ROLLBACK");
            Assert.True(await waiting);

            Execute(other, "BEGIN IMMEDIATE");
            long began = Stopwatch.GetTimestamp();
            Assert.False(await sender.SendAsync(server.Client));
            Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(60));
            Execute(other, "ROLLBACK");
        }

        Assert.True(await sender.SendAsync(server.Client));
        await sender.AssertNothingLostAsync(server.Client);
    }

    [Fact]
    public async Task A_PostgreSQL_that_crashes_and_comes_back_is_answered_503_in_between()
    {
        RunningServer.SkipUnlessInstalled(StoreKind.Postgres);
        string folder = Directory.CreateTempSubdirectory("moderato-fault-").FullName;
        using var cluster = new PostgresCluster();
        using var server = await ServerProcess.StartAsync(folder, cluster.CreateDatabase());
        var sender = new Sender("gone");
        for (int crash = 0; crash < 2; crash++)
        {
            bool back = false;
            int before = sender.Answered;
            var sending = Enumerable.Range(0, 6).Select(_ => sender.SendUntilAsync(server.Client, () => back && sender.Answered > before + 400)).ToList();
            while (sender.Answered < before + 100)
            {
                await Task.Delay(5, Cancel);
            }

            int refused = sender.Refused;
            cluster.Crash();
            while (sender.Refused < refused + 20)
            {
                await Task.Delay(5, Cancel);
            }

            cluster.Start();
            back = true;
            await Task.WhenAll(sending);
        }

        await sender.AssertNothingLostAsync(server.Client);
        Assert.Equal(0, await server.StopAsync());
        Directory.Delete(folder, recursive: true);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
