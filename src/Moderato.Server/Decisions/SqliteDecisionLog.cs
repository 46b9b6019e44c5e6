using Microsoft.Data.Sqlite;
using Moderato.Decisions;
using Moderato.Server.Webhooks;

namespace Moderato.Server.Decisions;

/// <summary>The log in SQLite: one connection, prepared statements, one transaction a commit.</summary>
public sealed class SqliteDecisionLog : DecisionLog
{
    private readonly SqliteConnection connection;
    private readonly PreparedStatement insertDecision;
    private readonly PreparedStatement insertContent;
    private readonly PreparedStatement insertReview;
    private readonly PreparedStatement insertEvent;
    private readonly PreparedStatement insertDelivery;
    private readonly PreparedStatement insertAction;
    private readonly PreparedStatement insertCounts;
    private readonly PreparedQuery selectKnown;
    private readonly SqliteCountTables counts;
    private long sequence;

    public SqliteDecisionLog(SqliteConnection connection)
    {
        this.connection = connection;
        insertDecision = new(connection, $"INSERT INTO decisions ({DecisionRow.Columns}) VALUES ({PreparedStatement.Places(20)}) ON CONFLICT DO NOTHING");
        insertContent = new(connection, $"INSERT INTO contents (sequence, workspace, stored, author, text, context, written) VALUES ({PreparedStatement.Places(7)})");
        insertReview = new(
            connection,
            $"INSERT INTO review_items (sequence, workspace, content_id, time, category, language, while_waiting, expires, at_expiry, state) VALUES ({PreparedStatement.Places(9)}, 0)");
        insertEvent = new(connection, $"{Outbox.InsertEvent} VALUES ({PreparedStatement.Places(6)})");
        insertDelivery = new(connection, $"{Outbox.InsertDelivery} VALUES (@p0, last_insert_rowid(), @p1, @p2, 0, 0, @p2, 0, 0)");
        insertAction = new(connection, $"{ContentActions.Insert} VALUES ({PreparedStatement.Places(6)}) {ContentActions.Again}");
        insertCounts = new(connection, "INSERT INTO rollup_pending (delta) VALUES (@p0)");
        counts = new(connection);
        selectKnown = new(
            connection,
            $"{DecisionRow.Select} WHERE d.workspace = @p0 AND d.content_id = @p1 ORDER BY d.revision DESC LIMIT 1");
        using var last = connection.CreateCommand();
        last.CommandText = "SELECT coalesce(max(sequence), 0) FROM decisions";
        sequence = (long)last.ExecuteScalar()!;
    }

    public override IReadOnlyList<WriteOutcome> Commit(IReadOnlyList<DecisionWrite> writes)
    {
        long before = sequence;
        using var transaction = connection.BeginTransaction(deferred: false);
        try
        {
            var outcomes = new WriteOutcome[writes.Count];
            for (int i = 0; i < writes.Count; i++)
            {
                outcomes[i] = Write(writes[i], transaction);
            }

            if (sequence > before)
            {
                insertCounts.Execute(transaction, PackedCountsOf(outcomes.OfType<WriteOutcome.Written>().Select(written => written.Stored.Decision)));
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

    public override void AddUpCounts()
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        counts.AddUp(transaction, MostPendingAtOnce);
        transaction.Commit();
    }

    public override void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<PreparedStatement>)[insertDecision, insertContent, insertReview, insertEvent, insertAction, insertCounts])
        {
            statement.Dispose();
        }

        counts.Dispose();
        connection.Dispose();
    }

    private WriteOutcome Write(DecisionWrite write, SqliteTransaction transaction)
    {
        var decision = write.Decision with { Sequence = sequence + 1 };
        int inserted = insertDecision.Execute(
            transaction,
            decision.Sequence, decision.Workspace, decision.ContentId, decision.Revision, decision.Time.ToUnixTimeMilliseconds(), (int)decision.Verdict,
            decision.Category, PackedScores.Pack(decision.Scores), decision.Tier, decision.Release, decision.Policy, (int)decision.Origin, decision.Language,
            decision.Surface, decision.Author, DecisionRow.Exact(decision), decision.Fingerprint.Cluster, decision.LatencyMicroseconds, decision.CostMicros,
            decision.TierDetail);
        if (inserted == 0)
        {
            var known = Known(decision, transaction);
            return IsSameContent(known.Decision, decision) ? new WriteOutcome.Known(known) : new WriteOutcome.Conflict(decision.ContentId);
        }

        sequence++;
        if (write.Content is { } content)
        {
            insertContent.Execute(
                transaction,
                decision.Sequence, decision.Workspace, decision.Time.ToUnixTimeMilliseconds(), content.Author, DecisionRow.Text(content), DecisionRow.Context(content),
                content.Time?.ToUnixTimeMilliseconds());
        }

        if (write.Review is { } review)
        {
            insertReview.Execute(
                transaction,
                decision.Sequence, decision.Workspace, decision.ContentId, decision.Time.ToUnixTimeMilliseconds(), decision.Category, decision.Language,
                (int)review.WhileWaiting, review.Expires?.ToUnixTimeMilliseconds(), (int)review.AtExpiry);
        }

        foreach (var outgoing in write.Events)
        {
            insertEvent.Execute(
                transaction,
                decision.Workspace, decision.ContentId, outgoing.Kind, decision.Sequence, outgoing.Payload, decision.Time.ToUnixTimeMilliseconds());

            // Without rowids of its own, the table of deliveries leaves the event's as the last.
            foreach (int webhook in outgoing.To)
            {
                insertDelivery.Execute(transaction, webhook, decision.ContentId, decision.Time.ToUnixTimeMilliseconds());
            }
        }

        if (write.Action is { } action)
        {
            insertAction.Execute(
                transaction,
                decision.Workspace, decision.ContentId, action.Action, action.Time.ToUnixTimeMilliseconds(), action.Views, decision.Time.ToUnixTimeMilliseconds());
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
