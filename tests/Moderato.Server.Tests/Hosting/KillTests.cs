using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Moderato.Server.Storage;
using Moderato.Server.Tests.Storage;

namespace Moderato.Server.Tests.Hosting;

/// <summary>
/// The process is killed under load, again and again, at random moments; what it answered is there, once. MODERATO_KILLS=1000 makes the
/// test of the embedded store the long one (bench/results/kills.md).
/// </summary>
public sealed class KillTests
{
    private const int Clients = 12;
    private const int LatestMilliseconds = 600;

    private static int AskedFor => int.TryParse(Environment.GetEnvironmentVariable("MODERATO_KILLS"), out int kills) ? kills : 4;

    public static TheoryData<StoreKind, int> Kills => new() { { StoreKind.Sqlite, AskedFor }, { StoreKind.Postgres, 2 } };

    [Theory]
    [MemberData(nameof(Kills))]
    public async Task Killed_under_load_it_loses_no_answered_decision_and_doubles_none(StoreKind kind, int kills)
    {
        RunningServer.SkipUnlessInstalled(kind);
        string folder = Directory.CreateTempSubdirectory("moderato-kill-").FullName;
        string? storage = kind == StoreKind.Postgres ? PostgresCluster.NewDatabase() : null;
        var load = new Load(seed: 11);
        var moments = new Random(12);
        for (int kill = 0; kill < kills; kill++)
        {
            using var server = await ServerProcess.StartAsync(folder, storage);
            await load.SendUnansweredAgain(server.Client);
            var sending = Enumerable.Range(0, Clients).Select(_ => load.SendUntilCut(server.Client)).ToList();
            await Task.Delay(TimeSpan.FromMilliseconds(moments.Next(1, LatestMilliseconds)), TestContext.Current.CancellationToken);
            server.Kill();
            await Task.WhenAll(sending);
        }

        using (var last = await ServerProcess.StartAsync(folder, storage))
        {
            await load.SendUnansweredAgain(last.Client);
            await load.AssertAllAsAnswered(last.Client);
            Assert.Equal(0, await last.StopAsync());
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{kills} kills, {load.Answered} contents answered, {load.SentAgain} requests without an answer sent again.");
        Assert.InRange(load.Answered, 100, int.MaxValue);
        await using Store store = storage is null ? new SqliteStore(Path.Combine(folder, "moderato.db")) : new PostgresStore(storage);
        var services = new ServiceCollection()
            .AddSingleton(store).AddSingleton(new Server.Hosting.ServerSettings { Data = folder }).AddSingleton<Server.Decisions.CountQueries>().BuildServiceProvider();
        Assert.Equal(load.Answered, await Recount.AssertEqual(services));
        Assert.Equal(load.Answered, await Recount.RowsOf(store, "decisions"));
        Assert.Equal(load.Answered, await Recount.RowsOf(store, "contents"));
        Assert.Equal(await Recount.RowsOf(store, "decisions WHERE verdict = 1"), await Recount.RowsOf(store, "review_items"));
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Requests of one and of many contents, and what was answered to each.</summary>
    private sealed class Load(int seed)
    {
        private static readonly string[] Texts = ["have a nice day", "you are an idiot", "click here to win", "guten Morgen zusammen"];

        private readonly Random random = new(seed);
        private readonly ConcurrentDictionary<string, string> answered = [];
        private readonly ConcurrentQueue<string> unanswered = [];
        private int next;

        public int Answered => answered.Count;

        /// <summary>Requests whose answer the kill took, and that were sent again.</summary>
        public int SentAgain { get; private set; }

        public async Task SendUntilCut(HttpClient client)
        {
            while (true)
            {
                string body = Body();
                if (!await Send(client, body))
                {
                    unanswered.Enqueue(body);
                    return;
                }
            }
        }

        public async Task SendUnansweredAgain(HttpClient client)
        {
            while (unanswered.TryDequeue(out var body))
            {
                Assert.True(await Send(client, body));
                SentAgain++;
            }
        }

        /// <summary>Each content sent again gets the decision that it got.</summary>
        public async Task AssertAllAsAnswered(HttpClient client)
        {
            foreach (var chunk in answered.Chunk(500))
            {
                string contents = string.Join(',', chunk.Select(one => JsonSerializer.Serialize(new { id = one.Key, text = TextOf(one.Key) })));
                var answer = await client.PostJson("/v1/decisions", $$"""{"contents": [{{contents}}]}""").Body();
                Assert.Equal(chunk.Select(one => one.Value), answer.GetProperty("decisions").EnumerateArray().Select(one => one.Text("id")));
            }
        }

        private async Task<bool> Send(HttpClient client, string body)
        {
            try
            {
                var answer = await client.PostJson("/v1/decisions", body).Body();
                foreach (var decision in answer.GetProperty("decisions").EnumerateArray())
                {
                    Assert.Equal(decision.Text("id"), answered.GetOrAdd(decision.Text("contentId"), decision.Text("id")));
                }

                return true;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }

        private string Body()
        {
            int count;
            lock (random)
            {
                count = random.Next(4) == 0 ? random.Next(2, 40) : 1;
            }

            var contents = Enumerable.Range(0, count).Select(_ => $"k{Interlocked.Increment(ref next)}").Select(id => JsonSerializer.Serialize(new { id, text = TextOf(id) }));
            return $$"""{"contents": [{{string.Join(',', contents)}}]}""";
        }

        private static string TextOf(string id) => $"{Texts[int.Parse(id[1..], System.Globalization.CultureInfo.InvariantCulture) % Texts.Length]} {id}";
    }
}
