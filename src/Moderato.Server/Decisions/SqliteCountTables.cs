using Microsoft.Data.Sqlite;
using Moderato.Decisions.Counting;

namespace Moderato.Server.Decisions;

/// <summary>Adds counts to the tables in SQLite.</summary>
internal sealed class SqliteCountTables(SqliteConnection connection) : IDisposable
{
    private readonly PreparedQuery selectPending = new(connection, "SELECT id, delta FROM rollup_pending ORDER BY id LIMIT @p0");
    private readonly PreparedStatement deletePending = new(connection, "DELETE FROM rollup_pending WHERE id <= @p0");

    private readonly PreparedStatement upsertCell = new(
        connection,
        $"""
        INSERT INTO rollups (workspace, hour, release, category, language, surface, tier, bin, scored, safe, borderline, violating)
        VALUES ({PreparedStatement.Places(12)})
        ON CONFLICT DO UPDATE SET scored = scored + excluded.scored, safe = safe + excluded.safe,
          borderline = borderline + excluded.borderline, violating = violating + excluded.violating
        """);

    private readonly PreparedQuery selectHistogram = new(
        connection, "SELECT counts FROM histograms WHERE workspace = @p0 AND day = @p1 AND release = @p2 AND category = @p3");

    private readonly PreparedStatement upsertHistogram = new(
        connection, $"INSERT INTO histograms (workspace, day, release, category, counts) VALUES ({PreparedStatement.Places(5)}) ON CONFLICT DO UPDATE SET counts = excluded.counts");

    public void AddUp(SqliteTransaction transaction, int mostPending)
    {
        var counts = new DecisionCounts();
        long last = 0;
        using (var rows = selectPending.Rows(transaction, mostPending))
        {
            while (rows.Read())
            {
                last = rows.GetInt64(0);
                PackedCounts.AddTo(counts, rows.GetFieldValue<byte[]>(1));
            }
        }

        if (last == 0)
        {
            return;
        }

        foreach (var (cell, count) in counts.Cells)
        {
            upsertCell.In(transaction)
                .Add(cell.Workspace).Add(cell.Hour).Add(cell.Release).Add(cell.Category).Add(cell.Language).Add(cell.Surface).Add(cell.Tier).Add(cell.Bin)
                .Add(count.Scored).Add(count.Safe).Add(count.Borderline).Add(count.Violating)
                .Execute();
        }

        foreach (var (key, added) in counts.Histograms)
        {
            added.Add(Stored(transaction, key));
            upsertHistogram.In(transaction).Add(key.Workspace).Add(key.Day).Add(key.Release).Add(key.Category).Add(added.Pack()).Execute();
        }

        deletePending.In(transaction).Add(last).Execute();
    }

    public void Dispose()
    {
        deletePending.Dispose();
        upsertCell.Dispose();
        upsertHistogram.Dispose();
    }

    private BinCounts Stored(SqliteTransaction transaction, HistogramKey key)
    {
        using var row = selectHistogram.Rows(transaction, key.Workspace, key.Day, key.Release, key.Category);
        return row.Read() ? BinCounts.Unpack(row.GetFieldValue<byte[]>(0)) : new();
    }
}
