using System.Data.Common;
using System.Text.Json;
using Moderato.Decisions;
using Moderato.Server.Decisions;
using Moderato.Server.Hosting;
using Moderato.Server.Keys;
using Moderato.Server.Storage;
using Moderato.Server.Webhooks;

namespace Moderato.Server.Reviews;

/// <summary>What becomes of review items: a person resolves them, or they expire. Each change is one transaction with its event.</summary>
public sealed class ReviewQueries(Store store, Outbox outbox)
{
    internal const short Waiting = 0;

    private const short Resolved = 1, Expired = 2, Superseded = 3;

    private const int AtOnce = 500;

    /// <summary>What a log says with a further decision on a content: nobody has to look at the one before any more.</summary>
    internal static string Supersede { get; } =
        $"UPDATE review_items SET state = {Superseded} WHERE state = {Waiting} AND sequence IN (SELECT sequence FROM decisions WHERE";

    /// <summary>What a person decides, on the item and on all that wait with the same text. Whoever has a lease decides, also after it has run out, unless somebody else has one since; an item without one is anybody's.</summary>
    public async Task<ReviewOutcome> ResolveAsync(
        Caller by, long sequence, Verdict verdict, IReadOnlyList<string> categories, string? reason, DateTimeOffset now, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (await Execute(
            connection, transaction, cancel,
            """
            UPDATE review_items SET state = @resolved
            WHERE workspace = @workspace AND sequence = @sequence AND state IN (@waiting, @expired) AND (lease_by = @key OR lease_until <= @now)
            """,
            ("resolved", Resolved), ("workspace", by.Workspace), ("sequence", sequence), ("waiting", Waiting), ("expired", Expired), ("key", by.KeyId), ("now", now.ToUnixTimeMilliseconds())) == 0)
        {
            return await HasAnothersLeaseAsync(connection, transaction, by, sequence, cancel) ? ReviewOutcome.LeasePassedOn : ReviewOutcome.NotWaiting;
        }

        // A decision whose text was not told has no fingerprint: it binds nothing, and no other is closed with it.
        await Execute(
            connection, transaction, cancel,
            """
            INSERT INTO person_verdicts (workspace, exact, policy, sequence, verdict, category, reviewer, reason, time)
            SELECT workspace, exact, policy, sequence, @verdict, @category, @by, @reason, @now FROM decisions
            WHERE workspace = @workspace AND sequence = @sequence AND exact <> @none
            """,
            ("verdict", (short)verdict), ("category", categories.FirstOrDefault()), ("by", by.Name), ("reason", reason), ("now", now.ToUnixTimeMilliseconds()),
            ("workspace", by.Workspace), ("sequence", sequence), ("none", new byte[16]));
        foreach (long closed in await CloseAsync(connection, transaction, sequence, cancel))
        {
            var decided = new ReviewDecided(DecisionId.Of(closed), DecisionAnswer.VerdictName(verdict), categories);
            await Execute(
                connection, transaction, cancel, "UPDATE review_items SET decided_by = @by, decided = @decided WHERE sequence = @sequence",
                ("by", sequence), ("decided", JsonSerializer.Serialize(decided, ServerJson.Default.ReviewDecided)), ("sequence", closed));
            await ReviewLabels.AddAsync(connection, transaction, by, closed, sequence, verdict, categories, now, cancel);
            await outbox.AddAsync(connection, transaction, closed, new(EventKind.ReviewDecided, new() { Review = decided }), now, cancel);
        }

        await transaction.CommitAsync(cancel);
        return ReviewOutcome.Done;
    }

    /// <summary>
    /// Takes a person's verdict back: what it closed waits again, for as long as at first; its labels count no more; the text is
    /// bound by the verdict that a person gave on it before, if one did. What was decided meanwhile stays decided.
    /// </summary>
    /// <returns>False where no item of that number was decided.</returns>
    public async Task<bool> UndoAsync(Caller by, long sequence, string? reason, DateTimeOffset now, CancellationToken cancel)
    {
        long at = now.ToUnixTimeMilliseconds();
        await using var connection = await store.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var reopened = await ReopenAsync(connection, transaction, by.Workspace, sequence, at, cancel);
        if (reopened.Count == 0)
        {
            return false;
        }

        await Execute(
            connection, transaction, cancel,
            $"""
            INSERT INTO person_verdicts (workspace, exact, policy, sequence, verdict, category, reviewer, reason, time)
            SELECT workspace, exact, policy, sequence, {PersonVerdicts.Withdrawn}, NULL, @by, @reason, @now FROM decisions
            WHERE workspace = @workspace AND sequence = @sequence AND exact <> @none
            """,
            ("by", by.Name), ("reason", reason), ("now", at), ("workspace", by.Workspace), ("sequence", sequence), ("none", new byte[16]));
        await Execute(
            connection, transaction, cancel,
            $"""
            INSERT INTO person_verdicts (workspace, exact, policy, sequence, verdict, category, reviewer, reason, time)
            SELECT p.workspace, p.exact, p.policy, p.sequence, p.verdict, p.category, p.reviewer, p.reason, p.time
            FROM decisions own JOIN person_verdicts p ON p.workspace = own.workspace AND p.exact = own.exact AND p.policy = own.policy
            WHERE own.sequence = @sequence AND {PersonVerdicts.Stands} ORDER BY p.id DESC LIMIT 1
            """,
            ("sequence", sequence));
        await Execute(
            connection, transaction, cancel,
            """UPDATE "Labels" SET "Withdrawn" = @now WHERE "Workspace" = @workspace AND "Review" = @sequence AND "Withdrawn" IS NULL""",
            ("now", at), ("workspace", by.Workspace), ("sequence", sequence));
        await Execute(
            connection, transaction, cancel,
            """INSERT INTO "AuditEntries" ("Workspace", "Time", "Actor", "Action", "Subject", "Why") VALUES (@workspace, @now, @by, 'review.undo', @subject, @why)""",
            ("workspace", by.Workspace), ("now", at), ("by", by.Name), ("subject", $"review {DecisionId.Of(sequence)}"), ("why", reason));
        foreach (var (item, undone) in reopened)
        {
            await outbox.AddAsync(connection, transaction, item, new(EventKind.ReviewUndone, new() { Review = undone, Why = reason }), now, cancel);
        }

        await transaction.CommitAsync(cancel);
        return true;
    }

    /// <summary>Ends the wait of items that nobody decided in time; the event says what the policy does with them then.</summary>
    /// <returns>How many.</returns>
    public async Task<int> ExpireAsync(DateTimeOffset now, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var due = new List<(long Sequence, short AtExpiry)>();
        await using (var command = connection.CreateCommand())
        {
            command.Transaction = transaction;
            command.CommandText = "SELECT sequence, at_expiry FROM review_items WHERE state = 0 AND expires <= @now ORDER BY expires LIMIT @most";
            command.Add("now", now.ToUnixTimeMilliseconds());
            command.Add("most", AtOnce);
            await using var rows = await command.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel))
            {
                due.Add((rows.GetInt64(0), rows.GetInt16(1)));
            }
        }

        int expired = 0;
        foreach (var (sequence, atExpiry) in due)
        {
            // Another node may have been first.
            if (await Execute(
                connection, transaction, cancel, "UPDATE review_items SET state = @expired WHERE sequence = @sequence AND state = @waiting",
                ("expired", Expired), ("sequence", sequence), ("waiting", Waiting)) == 1)
            {
                var ended = new ReviewExpired(DecisionId.Of(sequence), (Policies.WaitingAction)atExpiry);
                await outbox.AddAsync(connection, transaction, sequence, new(EventKind.ReviewExpired, new() { Expired = ended }), now, cancel);
                expired++;
            }
        }

        await transaction.CommitAsync(cancel);
        return expired;
    }

    /// <summary>Closes the other items that wait with the same text under the same policy version; one that somebody decides at this moment is theirs.</summary>
    /// <returns>All that the verdict decides, the item itself first.</returns>
    private async Task<IReadOnlyList<long>> CloseAsync(DbConnection connection, DbTransaction transaction, long sequence, CancellationToken cancel)
    {
        var closed = new List<long> { sequence };
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;

        // The literal names the index of what waits, which a bound value does not.
        command.CommandText =
            $"""
            UPDATE review_items SET state = {Resolved} WHERE sequence IN (
              SELECT r.sequence FROM decisions own
              JOIN review_items r ON r.workspace = own.workspace AND r.exact = own.exact AND r.state = {Waiting}
              JOIN decisions d ON d.sequence = r.sequence AND d.policy = own.policy
              WHERE own.sequence = @sequence AND own.exact <> @none {store.SkipLocked})
            RETURNING sequence
            """;
        command.Add("sequence", sequence);
        command.Add("none", new byte[16]);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            closed.Add(rows.GetInt64(0));
        }

        return closed;
    }

    /// <returns>The items with what had been decided. One whose content was decided anew meanwhile stays closed.</returns>
    private static async Task<IReadOnlyList<(long Sequence, ReviewDecided Undone)>> ReopenAsync(
        DbConnection connection, DbTransaction transaction, int workspace, long sequence, long now, CancellationToken cancel)
    {
        var reopened = new List<(long, ReviewDecided)>();
        await using (var command = connection.CreateCommand())
        {
            command.Transaction = transaction;
            command.CommandText =
                $"""
                UPDATE review_items SET lease_by = 0, lease_until = 0, decided_by = NULL, expires = @now + (expires - time),
                  state = CASE WHEN EXISTS (
                    SELECT 1 FROM decisions d JOIN decisions l ON l.workspace = d.workspace AND l.content_id = d.content_id AND l.revision > d.revision
                    WHERE d.sequence = review_items.sequence) THEN {Superseded} ELSE {Waiting} END
                WHERE workspace = @workspace AND decided_by = @sequence AND state = {Resolved} RETURNING sequence, decided
                """;
            command.Add("now", now);
            command.Add("workspace", workspace);
            command.Add("sequence", sequence);
            await using var rows = await command.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel))
            {
                reopened.Add((rows.GetInt64(0), JsonSerializer.Deserialize(rows.GetString(1), ServerJson.Default.ReviewDecided)!));
            }
        }

        return reopened;
    }

    /// <summary>Somebody else works on it, or has decided it under a lease.</summary>
    private static async Task<bool> HasAnothersLeaseAsync(DbConnection connection, DbTransaction transaction, Caller by, long sequence, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText =
            "SELECT count(*) FROM review_items WHERE workspace = @workspace AND sequence = @sequence AND state <> @superseded AND lease_by NOT IN (0, @key)";
        command.Add("workspace", by.Workspace);
        command.Add("sequence", sequence);
        command.Add("superseded", Superseded);
        command.Add("key", by.KeyId);
        return (long)(await command.ExecuteScalarAsync(cancel))! > 0;
    }

    private static async Task<int> Execute(DbConnection connection, DbTransaction transaction, CancellationToken cancel, string sql, params (string Name, object? Value)[] values)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Add(name, value);
        }

        return await command.ExecuteNonQueryAsync(cancel);
    }
}

/// <summary>What became of a person's decision.</summary>
public enum ReviewOutcome
{
    Done,

    /// <summary>There is no such item, or it is decided or superseded.</summary>
    NotWaiting,

    /// <summary>Somebody else has the lease now, or decided under it.</summary>
    LeasePassedOn,
}
