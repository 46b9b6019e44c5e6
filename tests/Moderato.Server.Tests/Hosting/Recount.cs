using Microsoft.Extensions.DependencyInjection;
using Moderato.Decisions.Counting;
using Moderato.Server.Decisions;
using Moderato.Server.Hosting;
using Moderato.Server.Storage;

namespace Moderato.Server.Tests.Hosting;

/// <summary>Counts the whole log again and compares with what the tables of counts say.</summary>
public static class Recount
{
    private const int FirstHour = -100_000;

    private const int LastHour = 1_000_000;

    /// <returns>How many decisions there are.</returns>
    public static async Task<long> AssertEqual(IServiceProvider services)
    {
        var cancel = TestContext.Current.CancellationToken;
        var recounted = await OfLog(services.GetRequiredService<Store>(), services.GetRequiredService<ServerSettings>().MostSurfaces);
        var queries = services.GetRequiredService<CountQueries>();
        var cells = await queries.CellsAsync(1, FirstHour, LastHour, cancel);
        Assert.Equal(recounted.Cells.OrderBy(one => one.Key.ToString()), cells.OrderBy(one => one.Key.ToString()));
        var histograms = await queries.HistogramsAsync(1, FirstHour, LastHour, cancel);
        Assert.Equal(
            recounted.Histograms.Select(one => $"{one.Key} {string.Join(' ', one.Value.Bins)}").Order(),
            histograms.Select(one => $"{one.Key} {string.Join(' ', one.Value.Bins)}").Order());
        return cells.Values.Sum(counts => counts.Safe + counts.Borderline + counts.Violating);
    }

    public static async Task<long> RowsOf(Store store, string table)
    {
        await using var connection = await store.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM {table}";
        return Convert.ToInt64(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<DecisionCounts> OfLog(Store store, int mostSurfaces)
    {
        await using var connection = await store.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {DecisionRow.Columns} FROM decisions ORDER BY sequence";
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var counts = new DecisionCounts();
        var surfaces = new NamedSurfaces(mostSurfaces);
        while (await rows.ReadAsync(TestContext.Current.CancellationToken))
        {
            var decision = DecisionRow.Read(rows);
            counts.Add(decision with { Surface = surfaces.Of(decision.Workspace, decision.Surface ?? "") });
        }

        return counts;
    }
}
