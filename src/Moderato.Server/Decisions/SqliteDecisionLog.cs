using Microsoft.Data.Sqlite;
using Moderato.Decisions;
using Moderato.Server.Reviews;
using Moderato.Server.Webhooks;

namespace Moderato.Server.Decisions;

/// <summary>The log in SQLite: one connection, prepared statements, one transaction a commit.</summary>
public sealed class SqliteDecisionLog : DecisionLog
{
    private readonly SqliteConnection connection;
    private readonly PreparedStatement insertDecision;
    private readonly PreparedStatement insertContent;
    private readonly PreparedStatement insertReview;
    private readonly PreparedStatement supersedeReview;
    private readonly PreparedStatement insertEvent;
    private readonly PreparedStatement insertDelivery;
    private readonly PreparedStatement insertAction;
    private readonly PreparedStatement insertCounts;
    private readonly PreparedQuery selectKnown;
    private readonly SqliteCountTables counts;
    private readonly SqliteIdempotencyKeys keys;
    private long sequence;

    public SqliteDecisionLog(SqliteConnection connection, int mostSurfaces)
    {
        this.connection = connection;
        insertDecision = new(connection, $"INSERT INTO decisions ({DecisionRow.Columns}) VALUES ({PreparedStatement.Places(20)}) ON CONFLICT DO NOTHING");
        insertContent = new(connection, $"INSERT INTO contents (sequence, workspace, stored, author, text, context, written) VALUES ({PreparedStatement.Places(7)})");
        insertReview = new(
            connection,
            $"INSERT INTO review_items (sequence, workspace, content_id, time, category, language, while_waiting, expires, at_expiry, restricted, exact, state) VALUES ({PreparedStatement.Places(11)}, 0)");
        supersedeReview = new(connection, $"{ReviewQueries.Supersede} workspace = @p0 AND content_id = @p1 AND revision < @p2)");
        insertEvent = new(connection, $"{Outbox.InsertEvent} VALUES ({PreparedStatement.Places(6)})");
        insertDelivery = new(connection, $"{Outbox.InsertDelivery} VALUES (@p0, last_insert_rowid(), @p1, @p2, 0, 0, @p2, 0, 0)");
        insertAction = new(connection, $"{ContentActions.Insert} VALUES ({PreparedStatement.Places(6)}) {ContentActions.Again}");
        insertCounts = new(connection, "INSERT INTO rollup_pending (delta) VALUES (@p0)");
        counts = new(connection, mostSurfaces);
        keys = new(connection);
        selectKnown = new(
            connection,
            $"{DecisionRow.Select} WHERE d.workspace = @p0 AND d.content_id = @p1 ORDER BY d.revision DESC LIMIT 1");
        using var last = connection.CreateCommand();
        last.CommandText = "SELECT coalesce(max(sequence), 0) FROM decisions";
        sequence = (long)last.ExecuteScalar()!;
    }

    public override WriteOutcome[] Commit(IReadOnlyList<EncodedWrite> writes)
    {
        long before = sequence;
        using var transaction = connection.BeginTransaction(deferred: false);
        try
        {
            var reused = keys.Reused(KeysOf(writes), transaction);
            var outcomes = new WriteOutcome[writes.Count];
            for (int i = 0; i < writes.Count; i++)
            {
                outcomes[i] = writes[i].Write.Key is { } key && reused.Contains(key) ? new WriteOutcome.KeyReused() : Write(writes[i], transaction);
            }

            if (sequence > before)
            {
                insertCounts.In(transaction).Add(PackedCountsOf(outcomes.OfType<WriteOutcome.Written>().Select(written => written.Stored.Decision))).Execute();
            }

            transaction.Commit();
            return outcomes;
        }
        catch
        {
            sequence = before;
            throw;
        }
    }

    public override long AddUpCounts()
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        long unnamed = counts.AddUp(transaction, MostPendingAtOnce);
        transaction.Commit();
        return unnamed;
    }

    public override void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<PreparedStatement>)[insertDecision, insertContent, insertReview, supersedeReview, insertEvent, insertDelivery, insertAction, insertCounts])
        {
            statement.Dispose();
        }

        counts.Dispose();
        keys.Dispose();
        connection.Dispose();
    }

    private WriteOutcome Write(EncodedWrite encoded, SqliteTransaction transaction)
    {
        var write = encoded.Write;
        var decision = write.Decision with { Sequence = sequence + 1 };
        long time = decision.Time.ToUnixTimeMilliseconds();
        int inserted = insertDecision.In(transaction)
            .Add(decision.Sequence).Add(decision.Workspace).Add(decision.ContentId).Add(decision.Revision).Add(time).Add((int)decision.Verdict)
            .Add(decision.Category).Add(encoded.Scores).Add(decision.Tier).Add(decision.Release).Add(decision.Policy).Add((int)decision.Origin)
            .Add(decision.Language).Add(decision.Surface).Add(decision.Author).Add(encoded.Exact).Add(decision.Fingerprint.Cluster)
            .Add(decision.LatencyMicroseconds).Add(decision.CostMicros).Add(decision.TierDetail)
            .Execute();
        if (inserted == 0)
        {
            var known = Known(decision, transaction);
            return IsSameContent(known.Decision, decision) ? new WriteOutcome.Known(known) : new WriteOutcome.Conflict(decision.ContentId);
        }

        sequence++;
        if (write.Content is { } content)
        {
            insertContent.In(transaction)
                .Add(decision.Sequence).Add(decision.Workspace).Add(time).Add(content.Author).Add(encoded.Text).Add(encoded.Context)
                .Add(content.Time?.ToUnixTimeMilliseconds())
                .Execute();
        }

        if (decision.Revision > 0)
        {
            supersedeReview.In(transaction).Add(decision.Workspace).Add(decision.ContentId).Add(decision.Revision).Execute();
        }

        if (write.Review is { } review)
        {
            insertReview.In(transaction)
                .Add(decision.Sequence).Add(decision.Workspace).Add(decision.ContentId).Add(time).Add(decision.Category).Add(decision.Language)
                .Add((int)review.WhileWaiting).Add(review.Expires?.ToUnixTimeMilliseconds()).Add((int)review.AtExpiry).Add(review.IsRestricted ? 1 : 0).Add(encoded.Exact)
                .Execute();
        }

        foreach (var outgoing in write.Events)
        {
            insertEvent.In(transaction)
                .Add(decision.Workspace).Add(decision.ContentId).Add(outgoing.Kind).Add(decision.Sequence).Add(outgoing.Payload).Add(time)
                .Execute();

            // Without rowids of its own, the table of deliveries leaves the event's as the last.
            foreach (int webhook in outgoing.To)
            {
                insertDelivery.In(transaction).Add(webhook).Add(decision.ContentId).Add(time).Execute();
            }
        }

        if (write.Action is { } action)
        {
            insertAction.In(transaction)
                .Add(decision.Workspace).Add(decision.ContentId).Add(action.Action).Add(action.Time.ToUnixTimeMilliseconds()).Add(action.Views).Add(time)
                .Execute();
        }

        return new WriteOutcome.Written(new(decision, write.Review));
    }

    private StoredDecision Known(Decision decision, SqliteTransaction transaction)
    {
        using var row = selectKnown.Rows(transaction, decision.Workspace, decision.ContentId);
        row.Read();
        return DecisionRow.ReadStored(row);
    }
}
