using System.Data.Common;
using Moderato.Decisions.Counting;
using Moderato.Server.Hosting;
using Moderato.Server.Storage;

namespace Moderato.Server.Decisions;

/// <summary>Reads counts of decisions: what was added up, and what the last commits still left to be, as it would be added up now.</summary>
public sealed class CountQueries(Store store, ServerSettings settings)
{
    /// <summary>The cells from one hour up to, not including, another.</summary>
    public async Task<IReadOnlyDictionary<CountCell, CellCounts>> CellsAsync(int workspace, int fromHour, int toHour, CancellationToken cancel)
    {
        var counts = new DecisionCounts();
        await ReadAsync(
            "SELECT hour, release, category, language, surface, tier, bin, scored, safe, borderline, violating FROM rollups WHERE workspace = @workspace AND hour >= @from AND hour < @to",
            workspace, fromHour, toHour, counts,
            row => counts.Add(
                new(workspace, row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetInt16(6)),
                new(row.GetInt64(7), row.GetInt64(8), row.GetInt64(9), row.GetInt64(10))),
            cancel);
        return counts.Cells.Where(one => one.Key.Workspace == workspace && one.Key.Hour >= fromHour && one.Key.Hour < toHour).ToDictionary();
    }

    /// <summary>The histograms from one day up to, not including, another.</summary>
    public async Task<IReadOnlyDictionary<HistogramKey, BinCounts>> HistogramsAsync(int workspace, int fromDay, int toDay, CancellationToken cancel)
    {
        var counts = new DecisionCounts();
        await ReadAsync(
            "SELECT day, release, category, counts FROM histograms WHERE workspace = @workspace AND day >= @from AND day < @to",
            workspace, fromDay, toDay, counts,
            row => counts.Histogram(new(workspace, row.GetInt32(0), row.GetString(1), row.GetString(2))).Add(BinCounts.Unpack(row.GetFieldValue<byte[]>(3))),
            cancel);
        return counts.Histograms.Where(one => one.Key.Workspace == workspace && one.Key.Day >= fromDay && one.Key.Day < toDay).ToDictionary();
    }

    /// <summary>All tables in one snapshot: between them a count would be seen twice, or not at all.</summary>
    private async Task ReadAsync(string select, int workspace, int from, int to, DecisionCounts counts, Action<DbDataReader> take, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        await using var snapshot = await store.BeginSnapshotAsync(connection, cancel);
        await using (var command = connection.CreateCommand())
        {
            command.Transaction = snapshot;
            command.CommandText = select;
            command.Add("workspace", workspace);
            command.Add("from", from);
            command.Add("to", to);
            await using var rows = await command.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel))
            {
                take(rows);
            }
        }

        var surfaces = new NamedSurfaces(settings.MostSurfaces);
        await using (var named = connection.CreateCommand())
        {
            named.Transaction = snapshot;
            named.CommandText = "SELECT surface FROM surfaces WHERE workspace = @workspace";
            named.Add("workspace", workspace);
            await using var rows = await named.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel))
            {
                surfaces.Keep(workspace, rows.GetString(0));
            }
        }

        await using var pending = connection.CreateCommand();
        pending.Transaction = snapshot;
        pending.CommandText = "SELECT delta FROM rollup_pending ORDER BY id";
        await using var deltas = await pending.ExecuteReaderAsync(cancel);
        while (await deltas.ReadAsync(cancel))
        {
            PackedCounts.AddTo(counts, deltas.GetFieldValue<byte[]>(0), surfaces);
        }
    }
}
