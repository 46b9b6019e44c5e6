using Microsoft.Data.Sqlite;
using Moderato.Decisions.Counting;

namespace Moderato.Server.Decisions;

/// <summary>Adds counts to the tables in SQLite.</summary>
internal sealed class SqliteCountTables(SqliteConnection connection, int mostSurfaces) : IDisposable
{
    private readonly PreparedQuery selectPending = new(connection, "SELECT id, delta FROM rollup_pending ORDER BY id LIMIT @p0");
    private readonly PreparedStatement deletePending = new(connection, "DELETE FROM rollup_pending WHERE id <= @p0");

    private readonly PreparedQuery selectSurfaces = new(connection, "SELECT workspace, surface FROM surfaces");
    private readonly PreparedStatement insertSurface = new(connection, "INSERT INTO surfaces (workspace, surface) VALUES (@p0, @p1)");

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

    /// <returns>How many decisions were added up under <see cref="NamedSurfaces.Other"/>.</returns>
    public long AddUp(SqliteTransaction transaction, int mostPending)
    {
        var counts = new DecisionCounts();
        var surfaces = Surfaces(transaction);
        long last = 0;
        using (var rows = selectPending.Rows(transaction, mostPending))
        {
            while (rows.Read())
            {
                last = rows.GetInt64(0);
                PackedCounts.AddTo(counts, rows.GetFieldValue<byte[]>(1), surfaces);
            }
        }

        if (last == 0)
        {
            return 0;
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

        foreach (var (workspace, surface) in surfaces.Added)
        {
            insertSurface.In(transaction).Add(workspace).Add(surface).Execute();
        }

        deletePending.In(transaction).Add(last).Execute();
        return counts.OnOtherSurfaces;
    }

    public void Dispose()
    {
        deletePending.Dispose();
        insertSurface.Dispose();
        upsertCell.Dispose();
        upsertHistogram.Dispose();
    }

    private NamedSurfaces Surfaces(SqliteTransaction transaction)
    {
        var surfaces = new NamedSurfaces(mostSurfaces);
        using var rows = selectSurfaces.Rows(transaction);
        while (rows.Read())
        {
            surfaces.Keep(rows.GetInt32(0), rows.GetString(1));
        }

        return surfaces;
    }

    private BinCounts Stored(SqliteTransaction transaction, HistogramKey key)
    {
        using var row = selectHistogram.Rows(transaction, key.Workspace, key.Day, key.Release, key.Category);
        return row.Read() ? BinCounts.Unpack(row.GetFieldValue<byte[]>(0)) : new();
    }
}
