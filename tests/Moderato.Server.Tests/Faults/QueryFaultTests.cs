using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Moderato.Server.Decisions;
using Moderato.Server.Storage;
using Moderato.Server.Tests.Hosting;
using Moderato.Server.Tests.Storage;

namespace Moderato.Server.Tests.Faults;

/// <summary>Whoever asks while the store is gone is told so, and what to do; and is answered when it is back, without a restart.</summary>
public sealed class QueryFaultTests
{
    /// <summary>What asks the store nothing: they answer what the process itself knows.</summary>
    private static readonly string[] WithoutStore = ["/health/live", "/metrics", "/$discovery/rest"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_SQLite_file_that_cannot_be_opened_is_answered_503_by_every_query()
    {
        await using var server = await RunningServer.StartAsync(StoreKind.Sqlite, adjust: Quiet);
        string away = server.Folder + "-away";
        await AssertQueries(server, () =>
        {
            // What is open stays so in the pool.
            Directory.Move(server.Folder, away);
            SqliteConnection.ClearAllPools();
        }, () => Directory.Move(away, server.Folder));
    }

    [Fact]
    public async Task A_PostgreSQL_that_is_gone_is_answered_503_by_every_query()
    {
        RunningServer.SkipUnlessInstalled(StoreKind.Postgres);
        using var cluster = new PostgresCluster();
        await using var server = await RunningServer.StartAsync(StoreKind.Postgres, with: settings => settings with { Storage = cluster.CreateDatabase() }, adjust: Quiet);
        await AssertQueries(server, cluster.Crash, cluster.Start);
    }

    [Fact]
    public async Task State_that_another_process_locks_is_answered_503_where_it_is_changed()
    {
        await using var server = await RunningServer.StartAsync(StoreKind.Sqlite, adjust: Quiet);
        await using var other = new SqliteConnection($"Data Source={Path.Combine(server.Folder, "moderato.db")};Pooling=False");
        await other.OpenAsync(Cancel);
        await using var write = other.CreateCommand();
        write.CommandText = "BEGIN IMMEDIATE";
        await write.ExecuteNonQueryAsync(Cancel);
        const string Key = """{"name": "k", "scopes": ["read"]}""";
        var problem = await server.Client.PostJson("/v1/keys", Key).Body(HttpStatusCode.ServiceUnavailable);
        Assert.Equal("urn:moderato:problem:store-unavailable", problem.Text("type"));
        write.CommandText = "ROLLBACK";
        await write.ExecuteNonQueryAsync(Cancel);
        await server.Client.PostJson("/v1/keys", Key).Body(HttpStatusCode.Created);
    }

    [Fact]
    public async Task An_outage_is_one_short_line_of_the_log_a_request_with_the_stores_code_and_no_message()
    {
        using var log = new MemoryLog();
        await using var server = await RunningServer.StartAsync(StoreKind.Sqlite, adjust: builder => builder.Logging.AddProvider(log));
        string away = server.Folder + "-away";
        Directory.Move(server.Folder, away);
        SqliteConnection.ClearAllPools();
        try
        {
            await server.Client.GetAsync("/v1/keys", Cancel).Body(HttpStatusCode.ServiceUnavailable);
        }
        finally
        {
            Directory.Move(away, server.Folder);
        }

        var (_, line) = Assert.Single(log.Lines, line => line.Text.StartsWith("The store cannot be used", StringComparison.Ordinal));
        Assert.Equal("The store cannot be used (SqliteException, SQLite 14).", line);
    }

    /// <summary>Each failure would be written out.</summary>
    private static void Quiet(WebApplicationBuilder builder) => builder.Logging.SetMinimumLevel(LogLevel.None);

    private static async Task AssertQueries(RunningServer server, Action goes, Action comes)
    {
        var queries = await QueriesOf(server);
        foreach (string query in queries)
        {
            using var answer = await server.Client.GetAsync(query, Cancel);
            Assert.True(answer.IsSuccessStatusCode, $"{query}: {(int)answer.StatusCode} before the store went");
        }

        goes();
        try
        {
            // Twice: the first may find connections that are still open and break, the second finds none.
            foreach (string query in queries.Concat(queries))
            {
                using var answer = await server.Client.GetAsync(query, Cancel);
                string body = await answer.Content.ReadAsStringAsync(Cancel);
                Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable, $"{query}: {(int)answer.StatusCode} {body}");
                Assert.Equal("5", answer.Headers.GetValues("Retry-After").Single());
                var problem = JsonDocument.Parse(body).RootElement;
                Assert.Equal("urn:moderato:problem:store-unavailable", problem.Text("type"));
                Assert.StartsWith("Ask again", problem.Text("detail"), StringComparison.Ordinal);
            }

            // Counts have no endpoint of their own yet.
            Assert.True(StoreOutage.Is(await Assert.ThrowsAnyAsync<Exception>(() => server.App.Services.GetRequiredService<CountQueries>().CellsAsync(1, 0, 1_000_000, Cancel))));
        }
        finally
        {
            comes();
        }

        foreach (string query in queries)
        {
            // One that was broken may lie in the pool until somebody takes it.
            HttpStatusCode status;
            do
            {
                using var answer = await server.Client.GetAsync(query, Cancel);
                status = answer.StatusCode;
                Assert.Contains(status, (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable]);
            }
            while (status != HttpStatusCode.OK);
        }
    }

    /// <summary>Every GET endpoint there is, with ids of what is there.</summary>
    private static async Task<IReadOnlyList<string>> QueriesOf(RunningServer server)
    {
        var decided = await server.Client.PostJson("/v1/decisions", """{"content": {"id": "c1", "text": "see you tomorrow", "author": "a1"}}""").Body();
        string decision = decided.GetProperty("decisions")[0].Text("id");
        string release = (await server.Client.PostJson("/v1/releases", """{"thresholds": {"toxicity": {"cuts": {"reviewFrom": 0, "blockFrom": 0}}}}""").Body(HttpStatusCode.Created)).Text("id");
        await server.Client.PostJson($"/v1/releases/{release}/shadow", "{}").Body();
        int webhook = (await server.Client.PostJson("/v1/webhooks", """{"url": "http://127.0.0.1:9/hook"}""").Body(HttpStatusCode.Created)).GetProperty("id").GetInt32();
        var patterns = server.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.Trim('/'))
            .Where(pattern => !WithoutStore.Contains(pattern) && !pattern.StartsWith("/openapi", StringComparison.Ordinal))
            .Select(pattern => pattern
                .Replace("/v1/decisions/{id}", $"/v1/decisions/{decision}", StringComparison.Ordinal)
                .Replace("/v1/releases/{id}", $"/v1/releases/{release}", StringComparison.Ordinal)
                .Replace("/v1/releases/{release}", $"/v1/releases/{release}", StringComparison.Ordinal)
                .Replace("/v1/webhooks/{id:int}", FormattableString.Invariant($"/v1/webhooks/{webhook}"), StringComparison.Ordinal))
            .ToList();
        Assert.Contains("/v1/keys", patterns);
        Assert.DoesNotContain(patterns, pattern => pattern.Contains('{', StringComparison.Ordinal));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', patterns));
        return [.. patterns, "/v1/decisions?author=a1&verdict=safe"];
    }
}
