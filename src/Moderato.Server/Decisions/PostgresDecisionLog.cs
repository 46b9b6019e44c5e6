using Moderato.Decisions;
using Moderato.Server.Reviews;
using Moderato.Server.Webhooks;
using Npgsql;
using NpgsqlTypes;

namespace Moderato.Server.Decisions;

/// <summary>The log in PostgreSQL: a column an array, so that a commit is a handful of statements however many decisions it holds.</summary>
public sealed class PostgresDecisionLog(NpgsqlDataSource source, int mostSurfaces) : DecisionLog
{
    /// <summary>Sequences are taken from the database in blocks of this many; <c>decision_sequence</c> counts by it.</summary>
    private const int Block = 1_000;

    private long next;
    private long end;

    public override WriteOutcome[] Commit(IReadOnlyList<EncodedWrite> writes)
    {
        using var connection = source.OpenConnection();
        using var transaction = connection.BeginTransaction();
        var numbered = writes.Select(write => write.Numbered(NextSequence(connection))).ToList();

        var reused = PostgresIdempotencyKeys.Reused(connection, KeysOf(writes));
        bool IsReused(EncodedWrite write) => write.Write.Key is { } key && reused.Contains(key);

        // In the order of their ids, so that two nodes that insert the same ones wait for each other only one way round.
        var ordered = numbered.Where(write => !IsReused(write)).OrderBy(write => write.Write.Decision.ContentId, StringComparer.Ordinal).ThenBy(write => write.Write.Decision.Sequence).ToList();
        var inserted = InsertDecisions(connection, ordered);
        var written = ordered.Where(write => inserted.Contains(write.Write.Decision.Sequence)).ToList();
        InsertContents(connection, [.. written.Where(write => write.Write.Content is not null)]);
        SupersedeReviews(connection, [.. written.Where(write => write.Write.Decision.Revision > 0)]);
        InsertReviews(connection, [.. written.Where(write => write.Write.Review is not null)]);
        InsertEvents(connection, written);
        InsertActions(connection, [.. written.Where(write => write.Write.Action is not null)]);
        InsertCounts(connection, written);
        var known = Known(connection, [.. ordered.Where(write => !inserted.Contains(write.Write.Decision.Sequence))]);
        transaction.Commit();
        return [.. numbered.Select(write => IsReused(write) ? new WriteOutcome.KeyReused() : Outcome(write, inserted, known))];
    }

    public override long AddUpCounts()
    {
        using var connection = source.OpenConnection();
        using var transaction = connection.BeginTransaction();
        long unnamed = PostgresCountTables.AddUp(connection, MostPendingAtOnce, mostSurfaces);
        transaction.Commit();
        return unnamed;
    }

    public override void Dispose()
    {
    }

    private static WriteOutcome Outcome(EncodedWrite write, HashSet<long> inserted, Dictionary<(int, string), StoredDecision> known)
    {
        var decision = write.Write.Decision;
        return inserted.Contains(decision.Sequence)
            ? new WriteOutcome.Written(new(decision, write.Write.Review))
            : known[(decision.Workspace, decision.ContentId)] is var earlier && IsSameContent(earlier.Decision, decision)
                ? new WriteOutcome.Known(earlier)
                : new WriteOutcome.Conflict(decision.ContentId);
    }

    private long NextSequence(NpgsqlConnection connection)
    {
        if (next == end)
        {
            using var command = new NpgsqlCommand("SELECT nextval('decision_sequence')", connection);
            next = (long)command.ExecuteScalar()!;
            end = next + Block;
        }

        return next++;
    }

    private static HashSet<long> InsertDecisions(NpgsqlConnection connection, List<EncodedWrite> writes)
    {
        var insert = new ArrayInsert<EncodedWrite>("decisions", "ON CONFLICT DO NOTHING RETURNING sequence", writes)
            .With("sequence", NpgsqlDbType.Bigint, write => write.Write.Decision.Sequence)
            .With("workspace", NpgsqlDbType.Integer, write => write.Write.Decision.Workspace)
            .With("content_id", NpgsqlDbType.Text, write => write.Write.Decision.ContentId)
            .With("revision", NpgsqlDbType.Smallint, write => (short)write.Write.Decision.Revision)
            .With("time", NpgsqlDbType.Bigint, write => write.Write.Decision.Time.ToUnixTimeMilliseconds())
            .With("verdict", NpgsqlDbType.Smallint, write => (short)write.Write.Decision.Verdict)
            .With("category", NpgsqlDbType.Text, write => write.Write.Decision.Category)
            .With("scores", NpgsqlDbType.Bytea, write => write.Scores)
            .With("tier", NpgsqlDbType.Text, write => write.Write.Decision.Tier)
            .With("release", NpgsqlDbType.Text, write => write.Write.Decision.Release)
            .With("policy", NpgsqlDbType.Text, write => write.Write.Decision.Policy)
            .With("origin", NpgsqlDbType.Smallint, write => (short)write.Write.Decision.Origin)
            .With("language", NpgsqlDbType.Text, write => write.Write.Decision.Language)
            .With("surface", NpgsqlDbType.Text, write => write.Write.Decision.Surface)
            .With("author", NpgsqlDbType.Bigint, write => write.Write.Decision.Author)
            .With("exact", NpgsqlDbType.Bytea, write => write.Exact)
            .With("cluster", NpgsqlDbType.Bigint, write => write.Write.Decision.Fingerprint.Cluster)
            .With("latency_us", NpgsqlDbType.Bigint, write => write.Write.Decision.LatencyMicroseconds)
            .With("cost_micros", NpgsqlDbType.Bigint, write => write.Write.Decision.CostMicros)
            .With("tier_detail", NpgsqlDbType.Text, write => write.Write.Decision.TierDetail);
        using var command = insert.Command(connection);
        using var rows = command.ExecuteReader();
        var inserted = new HashSet<long>();
        while (rows.Read())
        {
            inserted.Add(rows.GetInt64(0));
        }

        return inserted;
    }

    private static void InsertContents(NpgsqlConnection connection, List<EncodedWrite> writes) =>
        new ArrayInsert<EncodedWrite>("contents", "", writes)
            .With("sequence", NpgsqlDbType.Bigint, write => write.Write.Decision.Sequence)
            .With("workspace", NpgsqlDbType.Integer, write => write.Write.Decision.Workspace)
            .With("stored", NpgsqlDbType.Bigint, write => write.Write.Decision.Time.ToUnixTimeMilliseconds())
            .With("author", NpgsqlDbType.Text, write => write.Write.Content!.Author)
            .With("text", NpgsqlDbType.Bytea, write => write.Text)
            .With("context", NpgsqlDbType.Bytea, write => write.Context)
            .With("written", NpgsqlDbType.Bigint, write => write.Write.Content!.Time?.ToUnixTimeMilliseconds())
            .Execute(connection);

    private static void SupersedeReviews(NpgsqlConnection connection, List<EncodedWrite> further)
    {
        foreach (var decision in further.Select(write => write.Write.Decision))
        {
            using var command = new NpgsqlCommand($"{ReviewQueries.Supersede} workspace = @workspace AND content_id = @content AND revision < @revision)", connection);
            command.Parameters.AddWithValue("workspace", decision.Workspace);
            command.Parameters.AddWithValue("content", decision.ContentId);
            command.Parameters.AddWithValue("revision", decision.Revision);
            command.ExecuteNonQuery();
        }
    }

    private static void InsertReviews(NpgsqlConnection connection, List<EncodedWrite> writes) =>
        new ArrayInsert<EncodedWrite>("review_items", "", writes)
            .With("sequence", NpgsqlDbType.Bigint, write => write.Write.Decision.Sequence)
            .With("workspace", NpgsqlDbType.Integer, write => write.Write.Decision.Workspace)
            .With("content_id", NpgsqlDbType.Text, write => write.Write.Decision.ContentId)
            .With("time", NpgsqlDbType.Bigint, write => write.Write.Decision.Time.ToUnixTimeMilliseconds())
            .With("category", NpgsqlDbType.Text, write => write.Write.Decision.Category)
            .With("language", NpgsqlDbType.Text, write => write.Write.Decision.Language)
            .With("while_waiting", NpgsqlDbType.Smallint, write => (short)write.Write.Review!.WhileWaiting)
            .With("expires", NpgsqlDbType.Bigint, write => write.Write.Review!.Expires?.ToUnixTimeMilliseconds())
            .With("at_expiry", NpgsqlDbType.Smallint, write => (short)write.Write.Review!.AtExpiry)
            .With("restricted", NpgsqlDbType.Smallint, write => (short)(write.Write.Review!.IsRestricted ? 1 : 0))
            .With("exact", NpgsqlDbType.Bytea, write => write.Exact)
            .With("state", NpgsqlDbType.Smallint, _ => (short)0)
            .Execute(connection);

    private static void InsertEvents(NpgsqlConnection connection, List<EncodedWrite> writes)
    {
        var events = writes.SelectMany(write => write.Write.Events.Select(outgoing => (write.Write.Decision, Event: outgoing))).ToList();
        if (events.Count == 0)
        {
            return;
        }

        // Numbered here, so that the deliveries can name them.
        using var numbers = new NpgsqlCommand("SELECT nextval(pg_get_serial_sequence('outbox', 'id')) FROM generate_series(1, @count)", connection);
        numbers.Parameters.AddWithValue("count", events.Count);
        var numbered = new List<(long Id, Decision Decision, OutgoingEvent Event)>(events.Count);
        using (var rows = numbers.ExecuteReader())
        {
            while (rows.Read())
            {
                numbered.Add((rows.GetInt64(0), events[numbered.Count].Decision, events[numbered.Count].Event));
            }
        }

        new ArrayInsert<(long Id, Decision Decision, OutgoingEvent Event)>("outbox", "", numbered)
            .With("id", NpgsqlDbType.Bigint, one => one.Id)
            .With("workspace", NpgsqlDbType.Integer, one => one.Decision.Workspace)
            .With("content_id", NpgsqlDbType.Text, one => one.Decision.ContentId)
            .With("kind", NpgsqlDbType.Text, one => one.Event.Kind)
            .With("sequence", NpgsqlDbType.Bigint, one => one.Decision.Sequence)
            .With("payload", NpgsqlDbType.Text, one => one.Event.Payload)
            .With("time", NpgsqlDbType.Bigint, one => one.Decision.Time.ToUnixTimeMilliseconds())
            .Execute(connection);
        new ArrayInsert<(long Id, Decision Decision, int Webhook)>("deliveries", "", [.. numbered.SelectMany(one => one.Event.To.Select(webhook => (one.Id, one.Decision, webhook)))])
            .With("webhook", NpgsqlDbType.Integer, one => one.Webhook)
            .With("event", NpgsqlDbType.Bigint, one => one.Id)
            .With("content_id", NpgsqlDbType.Text, one => one.Decision.ContentId)
            .With("time", NpgsqlDbType.Bigint, one => one.Decision.Time.ToUnixTimeMilliseconds())
            .With("state", NpgsqlDbType.Smallint, _ => DeliveryQueue.Waiting)
            .With("attempts", NpgsqlDbType.Integer, _ => 0)
            .With("due", NpgsqlDbType.Bigint, one => one.Decision.Time.ToUnixTimeMilliseconds())
            .With("lease", NpgsqlDbType.Bigint, _ => 0L)
            .With("lease_until", NpgsqlDbType.Bigint, _ => 0L)
            .Execute(connection);
    }

    private static void InsertActions(NpgsqlConnection connection, List<EncodedWrite> writes) =>
        new ArrayInsert<EncodedWrite>("actions", ContentActions.Again, writes)
            .With("workspace", NpgsqlDbType.Integer, write => write.Write.Decision.Workspace)
            .With("content_id", NpgsqlDbType.Text, write => write.Write.Decision.ContentId)
            .With("action", NpgsqlDbType.Text, write => write.Write.Action!.Action)
            .With("time", NpgsqlDbType.Bigint, write => write.Write.Action!.Time.ToUnixTimeMilliseconds())
            .With("views", NpgsqlDbType.Bigint, write => write.Write.Action!.Views)
            .With("received", NpgsqlDbType.Bigint, write => write.Write.Decision.Time.ToUnixTimeMilliseconds())
            .Execute(connection);

    private static void InsertCounts(NpgsqlConnection connection, List<EncodedWrite> written)
    {
        if (written.Count > 0)
        {
            using var command = new NpgsqlCommand("INSERT INTO rollup_pending (delta) VALUES (@delta)", connection);

            // In the order of their numbers, as a recount has them: the first surfaces are the ones that are counted by name.
            command.Parameters.AddWithValue("delta", PackedCountsOf(written.Select(write => write.Write.Decision).OrderBy(decision => decision.Sequence)));
            command.ExecuteNonQuery();
        }
    }

    private static Dictionary<(int Workspace, string ContentId), StoredDecision> Known(NpgsqlConnection connection, List<EncodedWrite> writes)
    {
        var known = new Dictionary<(int, string), StoredDecision>();
        if (writes.Count == 0)
        {
            return known;
        }

        using var command = new NpgsqlCommand(
            $"""
            {DecisionRow.Select}
            WHERE (d.workspace, d.content_id) IN (SELECT * FROM unnest(@workspaces, @ids)) ORDER BY d.revision
            """,
            connection);
        command.Parameters.AddWithValue("workspaces", writes.ConvertAll(write => write.Write.Decision.Workspace));
        command.Parameters.AddWithValue("ids", writes.ConvertAll(write => write.Write.Decision.ContentId));
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            var stored = DecisionRow.ReadStored(rows);
            known[(stored.Decision.Workspace, stored.Decision.ContentId)] = stored;
        }

        return known;
    }
}
