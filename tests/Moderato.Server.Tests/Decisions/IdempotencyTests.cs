using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Moderato.Server.Decisions;
using Moderato.Server.Hosting;
using Moderato.Server.Storage;
using Moderato.Server.Tests.Hosting;
using Moderato.Server.Tests.Releases;

namespace Moderato.Server.Tests.Decisions;

public abstract class IdempotencyTests(StoreKind kind) : ReleaseTest(kind)
{
    private const string Path = "/v1/decisions";
    private const string Hello = """{"contents": [{"id": "a", "text": "hello"}, {"text": "good morning"}]}""";
    private const string Other = """{"contents": [{"id": "b", "text": "hello"}, {"text": "good evening"}]}""";

    private Store Store => Server.App.Services.GetRequiredService<Store>();

    [Fact]
    public async Task The_same_request_has_the_same_answer_and_another_one_is_refused_also_after_a_restart()
    {
        var first = await Send("k1", Hello).Body();
        Assert.Equal(first.ToString(), (await Send("k1", Hello).Body()).ToString());
        var problem = await Send("k1", Other).Body(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("urn:moderato:problem:idempotency-key-reused", problem.Text("type"));
        Assert.Equal("Idempotency-Key", problem.GetProperty("errors")[0].Text("field"));
        Assert.Contains("give this request a key of its own", problem.Text("detail"), StringComparison.Ordinal);
        Assert.DoesNotContain("k1", problem.ToString(), StringComparison.Ordinal);

        Server = await Server.RestartAsync();
        await Send("k1", Other).Body(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(first.ToString(), (await Send("k1", Hello).Body()).ToString());
        Assert.Equal(2, await Recount.RowsOf(Store, "decisions"));
        await Send("k2", Other).Body();
    }

    [Fact]
    public async Task Of_different_requests_with_one_key_at_the_same_time_one_is_decided()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Send("k1", $$"""{"content": {"id": "c{{i % 12}}", "text": "hello"} }""")));
        Assert.Equal([(HttpStatusCode.OK, 2), (HttpStatusCode.UnprocessableEntity, 22)], answers.GroupBy(answer => answer.StatusCode).Select(group => (group.Key, group.Count())).Order());
        Assert.Equal(1, await Recount.RowsOf(Store, "decisions"));
        Assert.Equal(1, await Recount.AssertEqual(Server.App.Services));
        Assert.Equal(1, await Recount.RowsOf(Store, "idempotency_keys"));
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task Of_the_same_request_at_the_same_time_all_have_the_same_answer()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => Send("k1", Hello).Body()));
        Assert.Single(answers.Select(answer => answer.ToString()).Distinct());
        Assert.Equal(2, await Recount.RowsOf(Store, "decisions"));
    }

    [Fact]
    public async Task A_key_is_its_senders_own_and_holds_on_every_front_door()
    {
        await Send("k1", Hello).Body();
        string other = (await Server.Client.PostJson("/v1/keys", """{"name": "other", "scopes": ["decide"]}""").Body(HttpStatusCode.Created)).Text("key");
        await Send("k1", Other, key: other).Body();
        var error = (await Send("k1", """{"input": "hello"}""", "/v1/moderations").Body(HttpStatusCode.UnprocessableEntity)).GetProperty("error");
        Assert.Equal("invalid_request_error", error.Text("type"));
        Assert.StartsWith("Idempotency-Key: a key that was sent with another body", error.Text("message"), StringComparison.Ordinal);
        await Send("k2", """{"input": "hello"}""", "/v1/moderations").Body();
        await Send("k2", """{"input": "hallo"}""", "/v1/moderations").Body(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_request_of_which_nothing_was_decided_leaves_its_key_free_and_one_without_a_key_leaves_no_trace()
    {
        await Send("k1", """{"content": {"id": "a", "text": ""}}""").Body(HttpStatusCode.BadRequest);
        await Server.Client.PostJson(Path, Hello).Body();
        Assert.Equal(0, await Recount.RowsOf(Store, "idempotency_keys"));
        await Send("k1", """{"content": {"id": "c", "text": "mended"}}""").Body();
    }

    [Fact]
    public async Task A_key_is_forgotten_after_a_day_and_not_before()
    {
        await Send("k1", """{"content": {"id": "a", "text": "hello"}}""").Body();
        Time.Forward(IdempotencyKey.Kept - TimeSpan.FromMinutes(1));
        await PruneAsync();
        await Send("k1", """{"content": {"id": "b", "text": "hello"}}""").Body(HttpStatusCode.UnprocessableEntity);

        // Also where nobody has deleted it yet.
        Time.Forward(TimeSpan.FromMinutes(1));
        await Send("k1", """{"content": {"id": "b", "text": "hello"}}""").Body();
        await Send("k1", """{"content": {"id": "a", "text": "hello"}}""").Body(HttpStatusCode.UnprocessableEntity);
        Time.Forward(IdempotencyKey.Kept);
        await PruneAsync();
        Assert.Equal(0, await Recount.RowsOf(Store, "idempotency_keys"));
    }

    [Theory]
    [InlineData("", "nothing")]
    [InlineData("  ", "nothing")]
    [InlineData("two words", "a character that is not visible ASCII")]
    [InlineData(null, "256 characters")]
    public async Task A_key_that_is_none_is_refused_by_name(string? key, string found)
    {
        foreach (string path in (string[])[Path, "/v1/moderations"])
        {
            string problem = (await Send(key ?? new string('k', 256), Hello, path).Body(HttpStatusCode.BadRequest)).ToString();
            Assert.Contains($"Idempotency-Key: {found}; give 1 to 255 visible ASCII characters", problem, StringComparison.Ordinal);
        }

        await Send(new string('k', 255), Hello).Body();
    }

    private async Task<HttpResponseMessage> Send(string name, string body, string path = Path, string? key = null)
    {
        using var client = Server.ClientOf(key ?? Server.AdminKey);
        Assert.True(client.DefaultRequestHeaders.TryAddWithoutValidation("Idempotency-Key", name));
        return await client.PostJson(path, body);
    }

    private Task PruneAsync() => Server.App.Services.GetRequiredService<IdempotencyRetention>().RunAsync(Cancel);
}

public sealed class IdempotencyOnSqlite() : IdempotencyTests(StoreKind.Sqlite);

public sealed class IdempotencyOnPostgres() : IdempotencyTests(StoreKind.Postgres)
{
    [Fact]
    public async Task A_key_holds_on_another_node_also_at_the_same_time()
    {
        string? storage = Server.App.Services.GetRequiredService<ServerSettings>().Storage;
        string folder = Directory.CreateTempSubdirectory("moderato-node-").FullName;
        var (app, _) = await ModeratoServer.CreateAsync(
            new ServerSettings { Data = folder, Urls = ["http://127.0.0.1:0"], Storage = storage }, Time, builder => builder.Logging.SetMinimumLevel(LogLevel.Error), Cancel);
        await app.StartAsync(Cancel);
        try
        {
            using var other = Server.ClientOf(Server.AdminKey);
            using var there = new HttpClient { BaseAddress = new(app.Urls.First()) };
            there.DefaultRequestHeaders.Authorization = other.DefaultRequestHeaders.Authorization;
            there.DefaultRequestHeaders.Add("Idempotency-Key", "k1");
            other.DefaultRequestHeaders.Add("Idempotency-Key", "k1");
            var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => (i % 2 == 0 ? there : other).PostJson("/v1/decisions", $$"""{"content": {"id": "c{{i}}", "text": "hello"} }""")));
            Assert.Equal([(HttpStatusCode.OK, 1), (HttpStatusCode.UnprocessableEntity, 23)], answers.GroupBy(answer => answer.StatusCode).Select(group => (group.Key, group.Count())).Order());
            int won = Array.FindIndex(answers, answer => answer.IsSuccessStatusCode);
            var (here, elsewhere) = (await other.PostJson("/v1/decisions", $$"""{"content": {"id": "c{{won}}", "text": "hello"} }""").Body(), await there.PostJson("/v1/decisions", $$"""{"content": {"id": "c{{won}}", "text": "hello"} }""").Body());
            Assert.Equal(here.ToString(), elsewhere.ToString());
        }
        finally
        {
            await app.StopAsync(Cancel);
            await app.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }
}
