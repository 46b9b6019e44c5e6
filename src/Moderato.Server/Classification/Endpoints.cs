using System.Collections.Concurrent;
using Moderato.Server.Hosting;
using Moderato.Server.Storage;

namespace Moderato.Server.Classification;

/// <summary>The endpoints of this installation, each with one connection and one budget, whichever releases use it.</summary>
public sealed class Endpoints(Store store, ServerSettings settings, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<(EndpointConnection Connection, DailyBudget Budget)>>> open = new();

    /// <returns>Null where the configuration names no such endpoint.</returns>
    public async Task<(EndpointConnection Connection, DailyBudget Budget)?> FindAsync(string name) =>
        settings.Endpoints.TryGetValue(name, out var endpoint)
            ? await open.GetOrAdd(name, _ => new(() => OpenAsync(endpoint))).Value
            : null;

    public void Dispose()
    {
        foreach (var one in open.Values.Where(one => one is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }))
        {
            one.Value.Result.Connection.Dispose();
        }
    }

    private async Task<(EndpointConnection, DailyBudget)> OpenAsync(EndpointSettings endpoint)
    {
        string? key = endpoint.KeyFile is { } file ? (await File.ReadAllTextAsync(file)).Trim()
            : endpoint.KeyVariable is { } variable ? Environment.GetEnvironmentVariable(variable)
            : null;
        long? ceiling = endpoint.DailyCeiling is { } most ? (long)(most * 1_000_000) : null;
        return (new EndpointConnection(endpoint, key, time), new DailyBudget(ceiling, time, ceiling is null ? 0 : await SpentTodayAsync()));
    }

    /// <summary>What all decisions of the day cost: after a restart no endpoint gets the day's money again, whichever of them it went to.</summary>
    private async Task<long> SpentTodayAsync()
    {
        await using var connection = await store.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT coalesce(sum(cost_micros), 0) FROM decisions WHERE workspace IN (SELECT DISTINCT workspace FROM decisions) AND time >= @midnight";
        command.Add("midnight", new DateTimeOffset(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).ToUnixTimeMilliseconds());
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
