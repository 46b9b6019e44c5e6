using System.Net;
using System.Text.Json;
using Moderato.Server.Tests.Hosting;

namespace Moderato.Server.Tests.Faults;

/// <summary>A process that is killed leaves what it wrote to the kernel; a power cut does not. So it is the sync that counts, and its order.</summary>
public sealed class SyncTests : IDisposable
{
    private const int OneByOne = 60;
    private const int Clients = 8;
    private const int Each = 40;

    private readonly string folder = Directory.CreateTempSubdirectory("moderato-sync-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task No_answer_leaves_before_the_sync_of_what_it_says()
    {
        Traced.SkipUnlessAllowed();
        string trace = Path.Combine(folder, "trace");
        using (var server = await ServerProcess.StartAsync(Path.Combine(folder, "data"), under: Traced.Command(trace)))
        {
            for (int i = 0; i < OneByOne; i++)
            {
                await Decide(server.Client, i).Body();
            }

            await Task.WhenAll(Enumerable.Range(0, Clients).Select(async client =>
            {
                for (int i = 0; i < Each; i++)
                {
                    await Decide(server.Client, OneByOne + (client * Each) + i).Body();
                }
            }));
            Assert.Equal(0, await server.StopAsync());
        }

        var seen = SyncTrace.Read(File.ReadLines(trace));
        TestContext.Current.TestOutputHelper?.WriteLine($"{seen.Answered.Count} answers, {seen.Syncs} syncs of the log, {seen.TooEarly.Count} answers before their sync.");
        Assert.Equal(OneByOne + (Clients * Each), seen.Answered.Count);
        Assert.Empty(seen.TooEarly);
        Assert.InRange(seen.Syncs, OneByOne, int.MaxValue);
    }

    [Fact]
    public async Task A_sync_that_fails_is_answered_503_and_what_is_sent_again_is_there_once()
    {
        Traced.SkipUnlessAllowed();
        string data = Path.Combine(folder, "data");
        using var server = await ServerProcess.StartAsync(data);
        var before = await Decide(server.Client, 1).Body();
        using (await Traced.RefuseAsync(server.Id, "fsync,fdatasync", "EIO"))
        {
            for (int i = 2; i < 6; i++)
            {
                var problem = await Decide(server.Client, i).Body(HttpStatusCode.ServiceUnavailable);
                Assert.Equal("urn:moderato:problem:store-unavailable", problem.Text("type"));
            }
        }

        var after = new List<string> { IdOf(await Decide(server.Client, 1).Body()) };
        Assert.Equal(IdOf(before), after[0]);
        for (int i = 2; i < 6; i++)
        {
            after.Add(IdOf(await Decide(server.Client, i).Body()));
        }

        server.Kill();
        using var again = await ServerProcess.StartAsync(data);
        var kept = new List<string>();
        for (int i = 1; i < 6; i++)
        {
            kept.Add(IdOf(await Decide(again.Client, i).Body()));
        }

        Assert.Equal(after, kept);
        Assert.Equal(after.Count, (await again.Client.GetAsync("/v1/decisions", Cancel).Body()).GetProperty("decisions").GetArrayLength());
    }

    [Theory]
    [InlineData("1 pwrite64(9</d/moderato.db-wal>, \"sync-00001-id\", 4096, 32) = 4096|1 fsync(9</d/moderato.db-wal>) = 0|2 sendto(7<socket:[1]>, \"HTTP/1.1 200 OK sync-00001-id\", 9, 0) = 9", 0)]
    [InlineData("1 pwrite64(9</d/moderato.db-wal>, \"sync-00001-id\", 4096, 32) = 4096|2 sendto(7<socket:[1]>, \"HTTP/1.1 200 OK sync-00001-id\", 9, 0) = 9|1 fsync(9</d/moderato.db-wal>) = 0", 1)]
    [InlineData("1 pwrite64(9</d/moderato.db-wal>, \"sync-00001-id\", 4096, 32) = 4096|1 fsync(9</d/moderato.db-wal>) = -1 EIO (Input/output error) (INJECTED)|2 sendto(7<socket:[1]>, \"HTTP/1.1 200 OK sync-00001-id\", 9, 0) = 9", 1)]
    [InlineData("1 pwrite64(9</d/moderato.db-wal>, \"sync-00001-id\", 4096, 32) = 4096|1 fsync(9</d/moderato.db-wal> <unfinished ...>|2 sendto(7<socket:[1]>, \"HTTP/1.1 200 OK sync-00001-id\", 9, 0) = 9|1 <... fsync resumed>) = 0", 1)]
    [InlineData("1 fsync(9</d/moderato.db-wal> <unfinished ...>|2 pwrite64(9</d/moderato.db-wal>, \"sync-00001-id\", 4096, 32) = 4096|1 <... fsync resumed>) = 0|2 sendto(7<socket:[1]>, \"HTTP/1.1 200 OK sync-00001-id\", 9, 0) = 9", 1)]
    public void A_trace_tells_an_answer_that_left_too_early(string lines, int early) => Assert.Equal(early, SyncTrace.Read(lines.Split('|')).TooEarly.Count);

    private static Task<HttpResponseMessage> Decide(HttpClient client, int number) =>
        client.PostJson("/v1/decisions", JsonSerializer.Serialize(new { content = new { id = FormattableString.Invariant($"sync-{number:00000}-id"), text = "see you tomorrow" } }));

    private static string IdOf(JsonElement answer) => answer.GetProperty("decisions")[0].Text("id");
}
