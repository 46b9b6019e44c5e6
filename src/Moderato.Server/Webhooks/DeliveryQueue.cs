using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using Moderato.Server.Decisions;
using Moderato.Server.Hosting;
using Moderato.Server.Storage;

namespace Moderato.Server.Webhooks;

/// <summary>
/// What waits to be delivered. A node takes deliveries under a lease, so that no two nodes send the same one at once, and takes none
/// of a content of which an earlier one still waits. A node that ends leaves its lease to run out, and another sends again.
/// </summary>
public sealed class DeliveryQueue(Store store)
{
    public const short Waiting = 0, Delivered = 1, Dead = 2;

    private const string IsDue =
        """
        d.webhook = @webhook AND d.state = 0 AND d.due <= @now AND d.lease_until <= @now AND NOT EXISTS (
          SELECT 1 FROM deliveries e WHERE e.webhook = d.webhook AND e.content_id = d.content_id AND e.state = 0 AND e.event < d.event)
        """;

    /// <summary>What may be sent now, at most one of a content.</summary>
    /// <param name="until">Others leave it alone until then.</param>
    public async Task<Claim> ClaimAsync(int webhook, int most, DateTimeOffset now, DateTimeOffset until, CancellationToken cancel)
    {
        var claim = new Claim(webhook, BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)), until, []);
        await using var connection = await store.OpenAsync(cancel);
        if (!await AnyDueAsync(connection, webhook, now, cancel))
        {
            return claim;
        }

        await using (var take = connection.CreateCommand())
        {
            take.CommandText =
                $"""
                WITH due AS MATERIALIZED (SELECT d.event FROM deliveries d WHERE {IsDue} ORDER BY d.due, d.event LIMIT @most {store.SkipLocked})
                UPDATE deliveries SET lease = @lease, lease_until = @until WHERE webhook = @webhook AND event IN (SELECT event FROM due)
                """;
            take.Add("webhook", webhook);
            take.Add("now", now.ToUnixTimeMilliseconds());
            take.Add("most", most);
            take.Add("lease", claim.Lease);
            take.Add("until", until.ToUnixTimeMilliseconds());
            await take.ExecuteNonQueryAsync(cancel);
        }

        return claim with { Deliveries = await ReadAsync(connection, claim, cancel) };
    }

    /// <summary>Writes down what became of them; what is not named is given back.</summary>
    public async Task SettleAsync(Claim claim, IReadOnlyList<Settled> settled, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        foreach (var one in settled)
        {
            await using var command = connection.CreateCommand();
            command.Transaction = transaction;

            // Where the lease was lost, another node has it: its word counts.
            command.CommandText =
                """
                UPDATE deliveries SET state = @state, attempts = @attempts, first_attempt = @first, due = @due, outcome = @outcome, lease = 0, lease_until = 0
                WHERE webhook = @webhook AND event = @event AND lease = @lease
                """;
            command.Add("state", one.State);
            command.Add("attempts", one.Delivery.Attempts + 1);
            command.Add("first", one.FirstAttempt.ToUnixTimeMilliseconds());
            command.Add("due", one.Due.ToUnixTimeMilliseconds());
            command.Add("outcome", one.Outcome);
            command.Add("webhook", claim.Webhook);
            command.Add("event", one.Delivery.Event);
            command.Add("lease", claim.Lease);
            await command.ExecuteNonQueryAsync(cancel);
        }

        await using (var release = connection.CreateCommand())
        {
            release.Transaction = transaction;
            release.CommandText = "UPDATE deliveries SET lease = 0, lease_until = 0 WHERE lease = @lease AND lease <> 0";
            release.Add("lease", claim.Lease);
            await release.ExecuteNonQueryAsync(cancel);
        }

        await transaction.CommitAsync(cancel);
    }

    /// <summary>Gives back what a process of ours that ended had taken. Only where no other process has the store open.</summary>
    public async Task ForgetLeasesAsync(CancellationToken cancel)
    {
        if (store.IsShared)
        {
            return;
        }

        await using var connection = await store.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "UPDATE deliveries SET lease = 0, lease_until = 0 WHERE lease <> 0";
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>A look that takes no lock: mostly there is nothing.</summary>
    private static async Task<bool> AnyDueAsync(DbConnection connection, int webhook, DateTimeOffset now, CancellationToken cancel)
    {
        await using var look = connection.CreateCommand();
        look.CommandText = $"SELECT d.event FROM deliveries d WHERE {IsDue} LIMIT 1";
        look.Add("webhook", webhook);
        look.Add("now", now.ToUnixTimeMilliseconds());
        return await look.ExecuteScalarAsync(cancel) is not null;
    }

    private static async Task<IReadOnlyList<Delivery>> ReadAsync(DbConnection connection, Claim claim, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"""
            SELECT {DecisionRow.Fields}, w.event, w.attempts, w.first_attempt, o.kind, o.payload, o.time
            FROM deliveries w JOIN outbox o ON o.id = w.event JOIN decisions d ON d.sequence = o.sequence LEFT JOIN review_items r ON r.sequence = d.sequence
            WHERE w.lease = @lease AND w.lease <> 0 ORDER BY w.due, w.event
            """;
        command.Add("lease", claim.Lease);
        var taken = new List<Delivery>();
        await using var row = await command.ExecuteReaderAsync(cancel);
        const int At = DecisionRow.FieldCount;
        while (await row.ReadAsync(cancel))
        {
            var detail = row.IsDBNull(At + 4) ? null : JsonSerializer.Deserialize(row.GetString(At + 4), ServerJson.Default.EventDetail);
            var stored = DecisionRow.ReadStored(row);
            taken.Add(new(
                row.GetInt64(At), row.GetInt32(At + 1), row.IsDBNull(At + 2) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(At + 2)),
                new(
                    EventId.Of(row.GetInt64(At)), row.GetString(At + 3), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(At + 5)), stored.Decision.ContentId,
                    EventDecision.Of(stored), detail?.Previous, detail?.Review, detail?.Expired, detail?.Action, detail?.Why)));
        }

        return taken;
    }
}

/// <summary>Deliveries that one node has taken.</summary>
/// <param name="Lease">Tells its own from those that another took after the lease ran out.</param>
public sealed record Claim(int Webhook, long Lease, DateTimeOffset Until, IReadOnlyList<Delivery> Deliveries);

/// <summary>An event on its way to one webhook.</summary>
/// <param name="Attempts">Those made so far.</param>
public sealed record Delivery(long Event, int Attempts, DateTimeOffset? FirstAttempt, EventBody Body);

/// <summary>What an attempt came to.</summary>
/// <param name="State">One of <see cref="DeliveryQueue"/>'s.</param>
/// <param name="Due">When it is tried again; when it ended, where it is not.</param>
public sealed record Settled(Delivery Delivery, short State, DateTimeOffset FirstAttempt, DateTimeOffset Due, string Outcome);
