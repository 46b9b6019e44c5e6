using System.Data.Common;
using Moderato.Server.Storage;

namespace Moderato.Server.Webhooks;

/// <summary>What became of deliveries: pages of them, how many wait, and sending them again.</summary>
public sealed class DeliveryHistory(Store store)
{
    private const int AtOnce = 1_000;

    /// <summary>A page, newest first.</summary>
    /// <param name="state">One of <see cref="DeliveryQueue"/>'s; null: all.</param>
    /// <param name="after">The last of the page before.</param>
    public async Task<IReadOnlyList<DeliveryRow>> PageAsync(int webhook, short? state, long? after, int limit, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        await using var command = connection.CreateCommand();

        // A number in the text names the index of that state, which a bound value does not.
        string ofState = state switch
        {
            null => "",
            DeliveryQueue.Waiting => "AND d.state = 0",
            DeliveryQueue.Dead => "AND d.state = 2",
            _ => "AND d.state = 1",
        };
        command.CommandText =
            $"""
            SELECT d.event, o.kind, d.content_id, d.state, d.attempts, d.due, d.outcome, d.time FROM deliveries d JOIN outbox o ON o.id = d.event
            WHERE d.webhook = @webhook {ofState} AND d.event < @after ORDER BY d.event DESC LIMIT @limit
            """;
        command.Add("webhook", webhook);
        command.Add("after", after ?? long.MaxValue);
        command.Add("limit", limit);
        var page = new List<DeliveryRow>();
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            page.Add(new(
                row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt16(3), row.GetInt32(4), row.GetInt64(5), row.IsDBNull(6) ? null : row.GetString(6), row.GetInt64(7)));
        }

        return page;
    }

    /// <summary>By webhook: how many wait, since when the oldest does, and how many are dead.</summary>
    public async Task<IReadOnlyDictionary<int, Backlog>> BacklogsAsync(CancellationToken cancel)
    {
        var backlogs = new Dictionary<int, Backlog>();
        await using var connection = await store.OpenAsync(cancel);
        await ReadAsync("SELECT webhook, count(*), min(time) FROM deliveries WHERE state = 0 GROUP BY webhook", row =>
            backlogs[row.GetInt32(0)] = new(row.GetInt64(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)), 0));
        await ReadAsync("SELECT webhook, count(*) FROM deliveries WHERE state = 2 GROUP BY webhook", row =>
            backlogs[row.GetInt32(0)] = backlogs.GetValueOrDefault(row.GetInt32(0), Backlog.None) with { Dead = row.GetInt64(1) });
        return backlogs;

        async Task ReadAsync(string sql, Action<DbDataReader> take)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await using var rows = await command.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel))
            {
                take(rows);
            }
        }
    }

    /// <summary>Sends again what the webhook was to get, whatever became of it; in the order of its content, under the same event ids.</summary>
    /// <returns>How many events.</returns>
    public async Task<int> ReplayAsync(int webhook, Replay replay, DateTimeOffset now, CancellationToken cancel)
    {
        int replayed = 0;
        long after = 0;
        while (true)
        {
            // A part at a time: deciding writes to the same store.
            await using var connection = await store.OpenAsync(cancel);
            await using var command = connection.CreateCommand();
            command.CommandText =
                $"""
                UPDATE deliveries SET state = 0, attempts = 0, first_attempt = NULL, due = @now, lease = 0, lease_until = 0
                WHERE webhook = @webhook AND event IN (
                  SELECT event FROM deliveries WHERE webhook = @webhook AND event > @after {(replay.Event is null ? "" : "AND event = @event")} {(replay.OnlyDead ? "AND state = 2" : "AND state > 0")}
                    AND time >= @from AND time < @to ORDER BY event LIMIT @most)
                RETURNING event
                """;
            command.Add("webhook", webhook);
            command.Add("after", after);
            command.Add("from", replay.From?.ToUnixTimeMilliseconds() ?? long.MinValue);
            command.Add("to", replay.To?.ToUnixTimeMilliseconds() ?? long.MaxValue);
            command.Add("now", now.ToUnixTimeMilliseconds());
            command.Add("most", AtOnce);
            if (replay.Event is { } one)
            {
                command.Add("event", one);
            }

            int part = 0;
            await using var rows = await command.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel))
            {
                part++;
                after = Math.Max(after, rows.GetInt64(0));
            }

            replayed += part;
            if (part < AtOnce)
            {
                return replayed;
            }
        }
    }

    /// <summary>Deletes what is older, and what is for webhooks that are no more.</summary>
    /// <returns>How many of the deleted deliveries had not arrived.</returns>
    public async Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancel)
    {
        long time = before.ToUnixTimeMilliseconds();
        int lost = await DeleteAsync("deliveries", "webhook, event", "time < @before AND state <> 1", time, cancel);
        await DeleteAsync("deliveries", "webhook, event", "time < @before", time, cancel);
        await DeleteAsync("deliveries", "webhook, event", """webhook NOT IN (SELECT "Id" FROM "Webhooks")""", time, cancel);
        await DeleteAsync("outbox", "id", "time < @before AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.event = outbox.id)", time, cancel);
        return lost;
    }

    private async Task<int> DeleteAsync(string table, string key, string which, long before, CancellationToken cancel)
    {
        int all = 0;
        while (true)
        {
            await using var connection = await store.OpenAsync(cancel);
            await using var command = connection.CreateCommand();
            command.CommandText = $"DELETE FROM {table} WHERE ({key}) IN (SELECT {key} FROM {table} WHERE {which} LIMIT @most)";
            command.Add("before", before);
            command.Add("most", AtOnce);
            int deleted = await command.ExecuteNonQueryAsync(cancel);
            all += deleted;
            if (deleted < AtOnce)
            {
                return all;
            }
        }
    }
}

/// <summary>One delivery as it is written down. Times in milliseconds since 1970.</summary>
/// <param name="Due">When it is tried next, while it waits; when it ended, after.</param>
public sealed record DeliveryRow(long Event, string Kind, string ContentId, short State, int Attempts, long Due, string? Outcome, long Time);

/// <summary>What a webhook has not got.</summary>
/// <param name="Oldest">When the oldest that waits came to be.</param>
public sealed record Backlog(long Waiting, DateTimeOffset? Oldest, long Dead)
{
    public static readonly Backlog None = new(0, null, 0);
}

/// <summary>Which deliveries are sent again.</summary>
/// <param name="To">Not included.</param>
public sealed record Replay(long? Event, DateTimeOffset? From, DateTimeOffset? To, bool OnlyDead);
