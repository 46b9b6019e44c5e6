using System.Data.Common;
using Moderato.Decisions;
using Moderato.Server.Decisions;
using Moderato.Server.Storage;
using Moderato.Webhooks;

namespace Moderato.Server.Webhooks;

/// <summary>Adds events to transactions that are about a decision which is in the log already. A decision's own go with its <see cref="DecisionWrite"/>.</summary>
public sealed class Outbox(Subscriptions subscriptions)
{
    internal const string InsertEvent = "INSERT INTO outbox (workspace, content_id, kind, sequence, payload, time)";

    internal const string InsertDelivery = "INSERT INTO deliveries (webhook, event, content_id, time, state, attempts, due, lease, lease_until)";

    /// <summary>Of one decision. Nothing is written where nobody wants it.</summary>
    public Task AddAsync(DbConnection connection, DbTransaction transaction, long sequence, OutgoingEvent outgoing, DateTimeOffset now, CancellationToken cancel) =>
        AddAsync(connection, transaction, outgoing, now, cancel, "sequence = @sequence", ("sequence", sequence));

    /// <summary>Of the decision that stands on a content.</summary>
    public Task AddAsync(DbConnection connection, DbTransaction transaction, int workspace, string contentId, OutgoingEvent outgoing, DateTimeOffset now, CancellationToken cancel) =>
        AddAsync(
            connection, transaction, outgoing, now, cancel,
            "workspace = @workspace AND content_id = @content ORDER BY revision DESC LIMIT 1", ("workspace", workspace), ("content", contentId));

    private async Task AddAsync(
        DbConnection connection, DbTransaction transaction, OutgoingEvent outgoing, DateTimeOffset now, CancellationToken cancel, string which, params (string, object)[] bound)
    {
        if (!subscriptions.Want(outgoing.Kind) || await DecisionAsync(connection, transaction, which, bound, cancel) is not { } decision)
        {
            return;
        }

        var addressed = subscriptions.Address(decision.Workspace, outgoing, decision.Judged);
        if (addressed.To.Count == 0)
        {
            return;
        }

        long at = now.ToUnixTimeMilliseconds();
        await using var insert = Command(connection, transaction, $"{InsertEvent} VALUES (@workspace, @content, @kind, @sequence, @payload, @at) RETURNING id");
        insert.Add("workspace", decision.Workspace);
        insert.Add("content", decision.ContentId);
        insert.Add("kind", addressed.Kind);
        insert.Add("sequence", decision.Sequence);
        insert.Add("payload", addressed.Payload);
        insert.Add("at", at);
        long id = (long)(await insert.ExecuteScalarAsync(cancel))!;
        foreach (int webhook in addressed.To)
        {
            await using var deliver = Command(connection, transaction, $"{InsertDelivery} VALUES (@webhook, @event, @content, @at, 0, 0, @at, 0, 0)");
            deliver.Add("webhook", webhook);
            deliver.Add("event", id);
            deliver.Add("content", decision.ContentId);
            deliver.Add("at", at);
            await deliver.ExecuteNonQueryAsync(cancel);
        }
    }

    private static async Task<About?> DecisionAsync(DbConnection connection, DbTransaction transaction, string which, (string Name, object Value)[] bound, CancellationToken cancel)
    {
        await using var command = Command(connection, transaction, $"SELECT workspace, content_id, sequence, verdict, category FROM decisions WHERE {which}");
        foreach (var (name, value) in bound)
        {
            command.Add(name, value);
        }

        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel)
            ? new(
                row.GetInt32(0), row.GetString(1), row.GetInt64(2), new(DecisionAnswer.VerdictName((Verdict)row.GetInt16(3)), row.IsDBNull(4) ? null : row.GetString(4)))
            : null;
    }

    private static DbCommand Command(DbConnection connection, DbTransaction transaction, string sql)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        return command;
    }

    private sealed record About(int Workspace, string ContentId, long Sequence, Judged Judged);
}
