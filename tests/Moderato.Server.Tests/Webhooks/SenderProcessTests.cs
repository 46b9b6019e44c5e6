using System.Net;
using System.Text.Json;
using Moderato.Server.Tests.Hosting;
using Moderato.Server.Tests.Storage;

namespace Moderato.Server.Tests.Webhooks;

/// <summary>Events sent by real processes: two on one database, and one that is killed while it sends.</summary>
public sealed class SenderProcessTests
{
    private const int EachNode = 150;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_processes_on_one_database_send_each_event_once()
    {
        RunningServer.SkipUnlessInstalled(StoreKind.Postgres);
        string storage = PostgresCluster.NewDatabase();
        string[] folders = [Directory.CreateTempSubdirectory("moderato-sender-").FullName, Directory.CreateTempSubdirectory("moderato-sender-").FullName];
        await using var receiver = await Receiver.StartAsync();
        using var first = await ServerProcess.StartAsync(folders[0], storage);
        using var second = await ServerProcess.StartAsync(folders[1], storage, [Path.Combine(folders[0], "admin.key")]);
        await SubscribeAsync(first, receiver);

        // The second hears of the webhook within a second: from then on what it decides goes out.
        for (int probe = 0; receiver.All.Count == 0; probe++)
        {
            Assert.True(probe < 600, "The second process never hears of the webhook.");
            await DecideAsync(second, $"probe{probe}");
            await Task.Delay(100, Cancel);
        }

        ServerProcess[] nodes = [first, second];
        await Task.WhenAll(nodes.Select(async (node, index) =>
        {
            for (int i = 0; i < EachNode; i++)
            {
                await DecideAsync(node, $"n{index}-{i}");
            }
        }));
        await UntilAsync(() => Sent(receiver).Distinct().Count() == 2 * EachNode);
        Assert.Equal(2 * EachNode, Sent(receiver).Count());
        Assert.Equal(0, await first.StopAsync());
        Assert.Equal(0, await second.StopAsync());
        Assert.Equal(receiver.All.Count, receiver.All.Select(one => one.EventId).Distinct().Count());
    }

    [Fact]
    public async Task An_event_whose_sender_is_killed_before_it_marks_it_is_sent_again_under_the_same_id_and_then_no_more()
    {
        string folder = Directory.CreateTempSubdirectory("moderato-sender-").FullName;
        await using var receiver = await Receiver.StartAsync();
        var arrived = new TaskCompletionSource();
        var killed = new TaskCompletionSource();
        receiver.Behave = async (_, _) =>
        {
            arrived.TrySetResult();
            await killed.Task;
        };
        using (var server = await ServerProcess.StartAsync(folder))
        {
            await SubscribeAsync(server, receiver);
            await DecideAsync(server, "n0-0");
            await arrived.Task.WaitAsync(TimeSpan.FromMinutes(1), Cancel);
            server.Kill();
            killed.SetResult();
        }

        using (var again = await ServerProcess.StartAsync(folder))
        {
            await UntilAsync(() => receiver.All.Count >= 2);
            await DecideAsync(again, "n0-1");
            await UntilAsync(() => receiver.All.Any(one => one.ContentId == "n0-1"));
            Assert.Equal(0, await again.StopAsync());
        }

        Assert.Equal(["n0-0", "n0-0", "n0-1"], receiver.All.Select(one => one.ContentId));
        Assert.Equal(receiver.All[0].EventId, receiver.All[1].EventId);
        Assert.Equal(receiver.All[0].Text, receiver.All[1].Text);
        Directory.Delete(folder, recursive: true);
    }

    private static IEnumerable<string> Sent(Receiver receiver) => receiver.All.Select(one => one.ContentId).Where(id => id[0] == 'n');

    private static Task<JsonElement> SubscribeAsync(ServerProcess server, Receiver receiver) =>
        server.Client.PostJson("/v1/webhooks", JsonSerializer.Serialize(new { url = receiver.Url })).Body(HttpStatusCode.Created);

    private static Task<JsonElement> DecideAsync(ServerProcess server, string id) =>
        server.Client.PostJson("/v1/decisions", JsonSerializer.Serialize(new { content = new { id, text = "see you tomorrow" } })).Body();

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (int tries = 0; !holds(); tries++)
        {
            Assert.True(tries < 1_200, "It did not happen within a minute.");
            await Task.Delay(50, Cancel);
        }
    }
}
