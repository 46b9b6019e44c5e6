using Moderato.Server.Hosting;
using Moderato.Server.Storage;

namespace Moderato.Server.Decisions;

/// <summary>Deletes the names of requests once nobody compares with them any more, every hour.</summary>
public sealed class IdempotencyRetention(Store store, TimeProvider time, ILogger<IdempotencyRetention> logger)
    : RecurringWork(TimeSpan.FromHours(1), FirstTurn.Later, time, logger)
{
    /// <summary>In one transaction, so that no commit waits long for it.</summary>
    private const int AtOnce = 5_000;

    protected internal override async Task RunAsync(CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"DELETE FROM idempotency_keys WHERE name IN (SELECT name FROM idempotency_keys WHERE sent <= @before ORDER BY sent LIMIT {AtOnce} {store.SkipLocked})";
        command.Add("before", (Time.GetUtcNow() - IdempotencyKey.Kept).ToUnixTimeMilliseconds());
        while (await command.ExecuteNonQueryAsync(cancel) == AtOnce)
        {
        }
    }
}
