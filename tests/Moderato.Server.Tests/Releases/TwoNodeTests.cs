using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Moderato.Server.Tests.Hosting;
using Moderato.Server.Tests.Storage;

namespace Moderato.Server.Tests.Releases;

/// <summary>Two server processes on one PostgreSQL, started at once, under load while the release changes.</summary>
public sealed class TwoNodeTests
{
    private const int ClientsPerNode = 4;

    private static readonly TimeSpan Within = TimeSpan.FromSeconds(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_a_second_no_node_decides_under_the_old_release_and_no_decision_is_lost_or_without_one()
    {
        RunningServer.SkipUnlessInstalled(StoreKind.Postgres);
        string storage = PostgresCluster.NewDatabase();
        string[] folders = [Directory.CreateTempSubdirectory("moderato-node-").FullName, Directory.CreateTempSubdirectory("moderato-node-").FullName];

        // Both find an empty database: one makes the store and the key, the other waits for it.
        string[] keys = [.. folders.Select(folder => Path.Combine(folder, "admin.key"))];
        var starting = folders.Select(folder => Task.Run(() => ServerProcess.StartAsync(folder, storage, keys), Cancel)).ToList();
        using var first = await starting[0];
        using var second = await starting[1];
        Assert.Single(keys, File.Exists);
        string old = (await first.Client.GetAsync("/v1/releases", Cancel).Body()).Text("live");
        string next = (await first.Client.PostJson("/v1/releases", """{"thresholds": {"toxicity": {"cuts": {"reviewFrom": 0, "blockFrom": 0}}}}""").Body(HttpStatusCode.Created)).Text("id");

        var answers = new ConcurrentBag<Answer>();
        using var stop = new CancellationTokenSource();
        var clients = ((ServerProcess[])[first, second]).SelectMany((node, index) => Enumerable.Range(0, ClientsPerNode)
            .Select(client => Send(node.Client, $"n{index}c{client}-", answers, stop.Token))).ToList();
        var late = Lateness(stop.Token);
        await UntilAnswered(answers, since: 0, 100);
        var changes = new List<(long Sent, long Done, string Release)>();
        foreach (var (node, release) in ((ServerProcess, string)[])[(first, next), (second, old), (first, next)])
        {
            long sent = Stopwatch.GetTimestamp();
            await node.Client.PostJson($"/v1/releases/{release}/promote", "{}").Body();
            changes.Add((sent, Stopwatch.GetTimestamp(), release));
            await UntilAnswered(answers, since: Stopwatch.GetTimestamp() + Ticks(2 * Within), 40);
        }

        await stop.CancelAsync();
        await Task.WhenAll(clients);
        var within = Within + await late;
        for (int i = 0; i < changes.Count; i++)
        {
            long from = changes[i].Done + Ticks(within);
            long to = i + 1 < changes.Count ? changes[i + 1].Sent : long.MaxValue;
            var settled = answers.Where(answer => answer.Sent > from && answer.Got < to).ToList();
            Assert.NotEmpty(settled);
            Assert.All(settled, answer => Assert.Equal([changes[i].Release], answer.Releases));
        }

        Assert.All(answers, answer => Assert.Single(answer.Releases));
        Assert.All(answers, answer => Assert.Contains(answer.Releases[0], (string[])[old, next]));
        await AssertAllStored(second.Client, answers);
        foreach (string folder in folders)
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Send(HttpClient client, string prefix, ConcurrentBag<Answer> answers, CancellationToken stop)
    {
        for (int i = 0; !stop.IsCancellationRequested; i++)
        {
            var contents = Enumerable.Range(0, 5).Select(one => new { id = $"{prefix}{i}-{one}", text = $"good morning {i}", language = "en" });
            long sent = Stopwatch.GetTimestamp();
            var answer = await client.PostJson("/v1/decisions", JsonSerializer.Serialize(new { contents })).Body();
            var decisions = answer.GetProperty("decisions").EnumerateArray().ToList();
            Assert.Equal(5, decisions.Count);
            answers.Add(new(sent, Stopwatch.GetTimestamp(), [.. decisions.Select(one => one.Text("release")).Distinct()], [.. decisions.Select(one => one.Text("id"))]));
        }
    }

    /// <summary>By how much the machine itself was late, at worst: a second of a machine that stood still is not the server's.</summary>
    private static async Task<TimeSpan> Lateness(CancellationToken stop)
    {
        var most = TimeSpan.Zero;
        var tick = TimeSpan.FromMilliseconds(10);
        while (!stop.IsCancellationRequested)
        {
            long began = Stopwatch.GetTimestamp();
            await Task.Delay(tick, CancellationToken.None);
            var over = Stopwatch.GetElapsedTime(began) - tick;
            most = over > most ? over : most;
        }

        return most;
    }

    private static async Task UntilAnswered(ConcurrentBag<Answer> answers, long since, int count)
    {
        while (answers.Count(answer => answer.Sent > since) < count)
        {
            await Task.Delay(10, Cancel);
        }
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);

    private static async Task AssertAllStored(HttpClient client, ConcurrentBag<Answer> answers)
    {
        var answered = answers.SelectMany(answer => answer.Decisions).ToHashSet();
        Assert.Equal(answers.Sum(answer => answer.Decisions.Count), answered.Count);
        string? after = null;
        do
        {
            var page = await client.GetAsync($"/v1/decisions?limit=1000{(after is null ? "" : $"&after={after}")}", Cancel).Body();
            foreach (var decision in page.GetProperty("decisions").EnumerateArray())
            {
                Assert.True(answered.Remove(decision.Text("id")), "A decision is in the log that nobody was answered.");
            }

            after = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (after is not null);
        Assert.Empty(answered);
    }

    /// <param name="Releases">Those that the decisions of one request name.</param>
    private sealed record Answer(long Sent, long Got, IReadOnlyList<string> Releases, IReadOnlyList<string> Decisions);
}
