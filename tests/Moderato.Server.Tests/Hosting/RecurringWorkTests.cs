using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Moderato.Server.Hosting;
using Npgsql;
using SQLitePCL;

namespace Moderato.Server.Tests.Hosting;

public sealed class RecurringWorkTests
{
    private const string Secret = "the-very-secret-text";

    private readonly FakeTimeProvider time = new();
    private readonly MemoryLog log = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<Exception, LogLevel> Failures => new()
    {
        { new NotSupportedException(Secret), LogLevel.Error },
        { new InvalidOperationException(Secret), LogLevel.Error },
        { new SqliteException(Secret, raw.SQLITE_CONSTRAINT), LogLevel.Error },
        { new DbUpdateException(Secret), LogLevel.Error },
        { new TaskCanceledException(Secret), LogLevel.Error },
        { new SqliteException(Secret, raw.SQLITE_BUSY), LogLevel.Warning },
        { new DbUpdateException(Secret, new SqliteException(Secret, raw.SQLITE_FULL)), LogLevel.Warning },
        { new InvalidOperationException(Secret, new NpgsqlException(Secret, new IOException(Secret))), LogLevel.Warning },
        { new InvalidOperationException(Secret, new DbUpdateException(Secret, new NpgsqlException(Secret, new IOException(Secret)))), LogLevel.Warning },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_turn_that_fails_is_in_the_log_without_what_it_was_about_and_the_next_one_runs(Exception failure, LogLevel level)
    {
        using var work = new Work(FirstTurn.AtOnce, time, log, (turn, _) => turn < 2 ? throw failure : Task.CompletedTask);
        await work.StartAsync(Cancel);
        for (int turn = 0; turn < 4; turn++)
        {
            Assert.Equal(turn, await work.Turns.ReadAsync(Cancel));
            time.Advance(Work.Every);
        }

        Assert.False(work.ExecuteTask!.IsCompleted);
        await work.StopAsync(Cancel);
        Assert.Equal([level, level], log.Lines.Select(line => line.Level));
        Assert.All(log.Lines, line =>
        {
            Assert.StartsWith(nameof(Work), line.Text, StringComparison.Ordinal);
            Assert.Contains(failure.GetBaseException().GetType().Name, line.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, line.Text, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Its_end_breaks_a_turn_off_and_says_nothing(bool otherwise)
    {
        using var work = new Work(FirstTurn.AtOnce, time, log, async (_, stopping) =>
        {
            try
            {
                await Task.Delay(Timeout.Infinite, stopping);
            }
            catch (OperationCanceledException) when (otherwise)
            {
                throw new SqliteException("interrupted", raw.SQLITE_INTERRUPT);
            }
        });
        await work.StartAsync(Cancel);
        await work.Turns.ReadAsync(Cancel);
        await work.StopAsync(Cancel);
        Assert.True(work.ExecuteTask!.IsCompletedSuccessfully);
        Assert.Empty(log.Lines);
    }

    [Fact]
    public async Task Its_end_between_two_turns_says_nothing()
    {
        using var work = new Work(FirstTurn.AtOnce, time, log, (_, _) => Task.CompletedTask);
        await work.StartAsync(Cancel);
        await work.Turns.ReadAsync(Cancel);
        await work.StopAsync(Cancel);
        time.Advance(10 * Work.Every);
        Assert.True(work.ExecuteTask!.IsCompletedSuccessfully);
        Assert.False(work.Turns.TryRead(out _));
        Assert.Empty(log.Lines);
    }

    [Fact]
    public async Task What_the_server_does_not_start_without_is_done_before_it_starts_and_its_failure_ends_the_start()
    {
        bool fails = true;
        using var work = new Work(FirstTurn.BeforeStart, time, log, (_, _) => fails ? throw new NotSupportedException() : Task.CompletedTask);
        await Assert.ThrowsAsync<NotSupportedException>(() => work.StartAsync(Cancel));
        Assert.Null(work.ExecuteTask);
        fails = false;
        await work.StartAsync(Cancel);
        Assert.True(work.Turns.TryRead(out _) && work.Turns.TryRead(out _));
        await AdvanceUntilATurn(work);
        await work.StopAsync(Cancel);
    }

    [Fact]
    public async Task Later_waits_for_the_first_period_to_end()
    {
        using var work = new Work(FirstTurn.Later, time, log, (_, _) => Task.CompletedTask);
        await work.StartAsync(Cancel);
        await Task.Delay(50, Cancel);
        Assert.False(work.Turns.TryRead(out _));
        await AdvanceUntilATurn(work);
        await work.StopAsync(Cancel);
    }

    [Fact]
    public void Every_recurring_work_of_the_server_is_written_so()
    {
        // Those that have another shape: they wait for what they are given, or for each other's lanes.
        string[] others = ["RecurringWork", "RedecisionWork", "ReleaseFollower", "ShadowWork", "WebhookDelivery"];
        Assert.Equal(others, typeof(RecurringWork).Assembly.GetTypes().Where(type => type.BaseType == typeof(BackgroundService)).Select(type => type.Name).Order(StringComparer.Ordinal));
    }

    /// <summary>The timer is made on another thread: it may not be there when the clock is first put forward.</summary>
    private async Task AdvanceUntilATurn(Work work)
    {
        while (!work.Turns.TryRead(out _))
        {
            time.Advance(Work.Every);
            await Task.Delay(5, Cancel);
        }
    }

    private sealed class Work(FirstTurn first, TimeProvider time, ILogger logger, Func<int, CancellationToken, Task> turn) : RecurringWork(Every, first, time, logger)
    {
        public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

        private readonly Channel<int> turns = Channel.CreateUnbounded<int>();
        private int next;

        /// <summary>A number for each turn that has begun.</summary>
        public ChannelReader<int> Turns => turns.Reader;

        protected internal override Task RunAsync(CancellationToken cancel)
        {
            turns.Writer.TryWrite(next);
            return turn(next++, cancel);
        }
    }
}
