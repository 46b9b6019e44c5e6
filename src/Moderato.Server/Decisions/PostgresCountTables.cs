using Moderato.Decisions.Counting;
using Npgsql;
using NpgsqlTypes;

namespace Moderato.Server.Decisions;

/// <summary>Adds counts to the tables in PostgreSQL. One node at a time does; another that comes meanwhile leaves it to it.</summary>
internal static class PostgresCountTables
{
    /// <summary>Any number that nothing else in this database locks.</summary>
    private const long Lock = 0x6D6F645F636E74;

    /// <returns>How many decisions were added up under <see cref="NamedSurfaces.Other"/>.</returns>
    public static long AddUp(NpgsqlConnection connection, int mostPending, int mostSurfaces)
    {
        using var locking = new NpgsqlCommand("SELECT pg_try_advisory_xact_lock(@lock)", connection);
        locking.Parameters.AddWithValue("lock", Lock);
        if (!(bool)locking.ExecuteScalar()!)
        {
            return 0;
        }

        var surfaces = Surfaces(connection, mostSurfaces);
        var counts = Pending(connection, mostPending, surfaces);
        if (counts.IsEmpty)
        {
            return 0;
        }

        UpsertCells(connection, [.. counts.Cells]);
        foreach (var (key, stored) in Stored(connection, [.. counts.Histograms.Keys]))
        {
            counts.Histogram(key).Add(stored);
        }

        UpsertHistograms(connection, [.. counts.Histograms]);
        new ArrayInsert<(int Workspace, string Surface)>("surfaces", "", surfaces.Added)
            .With("workspace", NpgsqlDbType.Integer, one => one.Workspace)
            .With("surface", NpgsqlDbType.Text, one => one.Surface)
            .Execute(connection);
        return counts.OnOtherSurfaces;
    }

    private static NamedSurfaces Surfaces(NpgsqlConnection connection, int most)
    {
        using var command = new NpgsqlCommand("SELECT workspace, surface FROM surfaces", connection);
        using var rows = command.ExecuteReader();
        var surfaces = new NamedSurfaces(most);
        while (rows.Read())
        {
            surfaces.Keep(rows.GetInt32(0), rows.GetString(1));
        }

        return surfaces;
    }

    private static DecisionCounts Pending(NpgsqlConnection connection, int most, NamedSurfaces surfaces)
    {
        using var command = new NpgsqlCommand(
            "DELETE FROM rollup_pending WHERE id IN (SELECT id FROM rollup_pending ORDER BY id LIMIT @most) RETURNING id, delta", connection);
        command.Parameters.AddWithValue("most", most);
        using var rows = command.ExecuteReader();
        var deltas = new List<(long Id, byte[] Delta)>();
        while (rows.Read())
        {
            deltas.Add((rows.GetInt64(0), rows.GetFieldValue<byte[]>(1)));
        }

        var counts = new DecisionCounts();
        foreach (var (_, delta) in deltas.OrderBy(one => one.Id))
        {
            PackedCounts.AddTo(counts, delta, surfaces);
        }

        return counts;
    }

    private static void UpsertCells(NpgsqlConnection connection, List<KeyValuePair<CountCell, CellCounts>> cells) =>
        new ArrayInsert<KeyValuePair<CountCell, CellCounts>>(
            "rollups",
            """
            ON CONFLICT (workspace, hour, release, category, language, surface, tier, bin) DO UPDATE SET
              scored = rollups.scored + excluded.scored, safe = rollups.safe + excluded.safe,
              borderline = rollups.borderline + excluded.borderline, violating = rollups.violating + excluded.violating
            """,
            cells)
            .With("workspace", NpgsqlDbType.Integer, cell => cell.Key.Workspace)
            .With("hour", NpgsqlDbType.Integer, cell => cell.Key.Hour)
            .With("release", NpgsqlDbType.Text, cell => cell.Key.Release)
            .With("category", NpgsqlDbType.Text, cell => cell.Key.Category)
            .With("language", NpgsqlDbType.Text, cell => cell.Key.Language)
            .With("surface", NpgsqlDbType.Text, cell => cell.Key.Surface)
            .With("tier", NpgsqlDbType.Text, cell => cell.Key.Tier)
            .With("bin", NpgsqlDbType.Smallint, cell => (short)cell.Key.Bin)
            .With("scored", NpgsqlDbType.Bigint, cell => cell.Value.Scored)
            .With("safe", NpgsqlDbType.Bigint, cell => cell.Value.Safe)
            .With("borderline", NpgsqlDbType.Bigint, cell => cell.Value.Borderline)
            .With("violating", NpgsqlDbType.Bigint, cell => cell.Value.Violating)
            .Execute(connection);

    private static List<(HistogramKey Key, BinCounts Counts)> Stored(NpgsqlConnection connection, List<HistogramKey> keys)
    {
        using var command = new NpgsqlCommand(
            """
            SELECT workspace, day, release, category, counts FROM histograms
            WHERE (workspace, day, release, category) IN (SELECT * FROM unnest(@workspaces, @days, @releases, @categories))
            """,
            connection);
        command.Parameters.AddWithValue("workspaces", keys.ConvertAll(key => key.Workspace));
        command.Parameters.AddWithValue("days", keys.ConvertAll(key => key.Day));
        command.Parameters.AddWithValue("releases", keys.ConvertAll(key => key.Release));
        command.Parameters.AddWithValue("categories", keys.ConvertAll(key => key.Category));
        using var rows = command.ExecuteReader();
        var stored = new List<(HistogramKey, BinCounts)>();
        while (rows.Read())
        {
            stored.Add((new(rows.GetInt32(0), rows.GetInt32(1), rows.GetString(2), rows.GetString(3)), BinCounts.Unpack(rows.GetFieldValue<byte[]>(4))));
        }

        return stored;
    }

    private static void UpsertHistograms(NpgsqlConnection connection, List<KeyValuePair<HistogramKey, BinCounts>> histograms) =>
        new ArrayInsert<KeyValuePair<HistogramKey, BinCounts>>("histograms", "ON CONFLICT (workspace, day, release, category) DO UPDATE SET counts = excluded.counts", histograms)
            .With("workspace", NpgsqlDbType.Integer, one => one.Key.Workspace)
            .With("day", NpgsqlDbType.Integer, one => one.Key.Day)
            .With("release", NpgsqlDbType.Text, one => one.Key.Release)
            .With("category", NpgsqlDbType.Text, one => one.Key.Category)
            .With("counts", NpgsqlDbType.Bytea, one => one.Value.Pack())
            .Execute(connection);
}
