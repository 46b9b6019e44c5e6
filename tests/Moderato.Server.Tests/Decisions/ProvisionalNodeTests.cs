using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Moderato.Releases;
using Moderato.Server.Decisions;
using Moderato.Server.Hosting;
using Moderato.Server.Storage;
using Moderato.Server.Tests.Classification;
using Moderato.Server.Tests.Hosting;

namespace Moderato.Server.Tests.Decisions;

/// <summary>
/// Nodes on one PostgreSQL. One is a process of its own, which answers provisionally and is killed before its language model has spoken;
/// the others run on, and their clock can be put forward.
/// </summary>
public sealed class ProvisionalNodeTests : IAsyncLifetime
{
    private const string Violates = """{"hate": {"violates": true, "confidence": 0.9}}""";

    private readonly FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
    private readonly TaskCompletionSource answers = new();
    private readonly FaultyProvider provider;
    private RunningServer node = null!;
    private int holding;

    public ProvisionalNodeTests() => provider = new FaultyProvider(async (stream, cancel) =>
    {
        Interlocked.Increment(ref holding);
        await answers.Task.WaitAsync(cancel);
        string body = FaultyProvider.Chat(Violates);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(FaultyProvider.Head(200, body.Length) + body), cancel);
    });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Store Store => node.App.Services.GetRequiredService<Store>();

    public async ValueTask InitializeAsync()
    {
        node = await LlmRelease.StartAsync(LlmRelease.Endpoint(provider.Url) with { TimeoutMs = 60_000 }, OnFailure.Review, StoreKind.Postgres, time);
        await node.Client.PostJson("/v1/webhooks", """{"url": "http://127.0.0.1:9/hook", "events": ["decision.final"]}""").Body(System.Net.HttpStatusCode.Created);
        await AnswerProvisionallyAndDie();
    }

    public async ValueTask DisposeAsync()
    {
        answers.TrySetResult();
        if (node is not null)
        {
            await node.DisposeAsync();
        }

        provider.Dispose();
    }

    [Fact]
    public async Task Another_node_finishes_it_when_half_an_hour_has_passed_and_not_before()
    {
        answers.SetResult();
        var work = node.App.Services.GetRequiredService<ProvisionalWork>();
        time.AdjustTime(time.GetUtcNow().AddMinutes(29));
        await work.RunAsync(Cancel);
        Assert.Equal(1, await Recount.RowsOf(Store, "decisions"));
        Assert.Equal(1, provider.Calls);

        // Its own timer finds it now.
        time.Advance(TimeSpan.FromMinutes(6));
        await UntilFinished();
        Assert.Equal(2, provider.Calls);
        await AssertFinishedOnce();

        await work.RunAsync(Cancel);
        Assert.Equal(2, provider.Calls);

        // What waits is the final decision; its text lies with the first.
        Assert.Equal("good morning to all of you", (await node.Client.PostJson("/v1/reviews/next", "{}").Body()).GetProperty("item").Text("text"));
    }

    [Fact]
    public async Task Two_nodes_that_look_at_the_same_time_finish_it_once()
    {
        string key = Path.Combine(node.Folder, "admin.key");
        await using var other = await RunningServer.StartAsync(StoreKind.Postgres, time, settings =>
        {
            File.Copy(key, Path.Combine(settings.Data, "admin.key"));
            return Settings with { Data = settings.Data };
        });
        time.AdjustTime(time.GetUtcNow().AddMinutes(31));
        var looking = ((RunningServer[])[node, other]).Select(one => one.App.Services.GetRequiredService<ProvisionalWork>().RunAsync(Cancel)).ToList();

        // Both have found it, and ask their language model.
        while (Volatile.Read(ref holding) < 3)
        {
            await Task.Delay(10, Cancel);
        }

        Assert.All(looking, one => Assert.False(one.IsCompleted));
        answers.SetResult();
        await Task.WhenAll(looking);
        await AssertFinishedOnce();
    }

    private ServerSettings Settings => node.App.Services.GetRequiredService<ServerSettings>();

    private async Task AnswerProvisionallyAndDie()
    {
        string folder = Directory.CreateTempSubdirectory("moderato-node-").FullName;
        string endpoints = JsonSerializer.Serialize(new { @default = new { url = provider.Url, timeoutMs = 60_000 } });
        using (var dying = await ServerProcess.StartAsync(folder, Settings.Storage, [Path.Combine(node.Folder, "admin.key")], endpoints))
        {
            var answer = await dying.Client.PostJson(
                "/v1/decisions", """{"content": {"id": "c1", "text": "good morning to all of you", "language": "en"}, "deadlineMs": 50}""").Body();
            Assert.True(answer.GetProperty("decisions")[0].GetProperty("provisional").GetBoolean());
            while (Volatile.Read(ref holding) < 1)
            {
                await Task.Delay(10, Cancel);
            }

            dying.Kill();
        }

        Directory.Delete(folder, recursive: true);
    }

    private async Task UntilFinished()
    {
        while (await Recount.RowsOf(Store, "decisions") < 2)
        {
            await Task.Delay(20, Cancel);
        }
    }

    /// <summary>One final decision, one event of it, one review item, and counts that hold the final one.</summary>
    private async Task AssertFinishedOnce()
    {
        var decisions = (await node.Client.GetAsync("/v1/decisions?contentId=c1", Cancel).Body()).GetProperty("decisions").EnumerateArray().ToList();
        Assert.Equal(["llm", "ngram"], decisions.Select(one => one.Text("tier")).Order());
        var final = decisions.Single(one => !one.TryGetProperty("provisional", out _));
        Assert.Equal(("borderline", "llm"), (final.Text("verdict"), final.Text("tier")));
        Assert.Equal(1, await Recount.RowsOf(Store, "outbox WHERE kind = 'decision.final'"));
        Assert.Equal(1, await Recount.RowsOf(Store, "review_items WHERE state = 0"));
        var cells = await node.App.Services.GetRequiredService<CountQueries>().CellsAsync(1, 0, int.MaxValue, Cancel);
        Assert.Equal((0, 1, 0), (cells.Values.Sum(one => one.Safe), cells.Values.Sum(one => one.Borderline), cells.Values.Sum(one => one.Violating)));
    }
}
