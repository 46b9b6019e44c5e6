using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Moderato.Server.Storage;
using Moderato.Server.Tests.Hosting;

namespace Moderato.Server.Tests.Keys;

public abstract class KeyTests(StoreKind kind) : ServerTest(kind)
{
    private const string Content = """{"content": {"text": "hello"}}""";

    [Theory]
    [InlineData("decide", HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData("read", HttpStatusCode.Forbidden, HttpStatusCode.OK, HttpStatusCode.Forbidden)]
    [InlineData("review", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData("admin", HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK)]
    public async Task A_key_may_do_what_its_scopes_say(string scope, HttpStatusCode decide, HttpStatusCode read, HttpStatusCode admin)
    {
        using var client = Server.ClientOf(await NewKey($$"""{"name": "k", "scopes": ["{{scope}}"]}"""));
        var refused = await client.PostJson("/v1/decisions", Content).Body(decide);
        await client.GetAsync("/v1/decisions", Cancel).Body(read);
        await client.GetAsync("/v1/keys", Cancel).Body(admin);
        if (decide == HttpStatusCode.Forbidden)
        {
            Assert.Contains("lacks the scope decide", refused.Text("detail"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_key_is_shown_once_and_stored_as_a_hash()
    {
        string key = await NewKey("""{"name": "platform", "scopes": ["decide", "read"]}""");
        Assert.Matches("^mod_[A-Za-z0-9_-]{32}$", key);
        var listed = await Server.Client.GetAsync("/v1/keys", Cancel).Body();
        Assert.DoesNotContain(key, listed.ToString(), StringComparison.Ordinal);
        await using var state = Server.App.Services.GetRequiredService<Store>().State();
        Assert.All(await state.Keys.ToListAsync(Cancel), stored => Assert.Equal(32, stored.Hash.Length));
    }

    [Fact]
    public async Task A_rotated_key_works_on_for_its_grace_and_then_no_more()
    {
        string old = await NewKey("""{"name": "k", "scopes": ["decide"]}""");
        int id = (await Server.Client.GetAsync("/v1/keys", Cancel).Body()).GetProperty("keys").EnumerateArray().Last().GetProperty("id").GetInt32();
        string next = (await Server.Client.PostJson($"/v1/keys/{id}/rotate", """{"graceHours": 1}""").Body(HttpStatusCode.Created)).Text("key");
        foreach (string key in (string[])[old, next])
        {
            using var client = Server.ClientOf(key);
            await client.PostJson("/v1/decisions", Content).Body();
        }

        await Server.Client.PostJson($"/v1/keys/{id}/rotate", """{"graceHours": 0}""").Body(HttpStatusCode.Created);
        using var late = Server.ClientOf(old);
        var refused = await late.PostJson("/v1/decisions", Content).Body(HttpStatusCode.Unauthorized);
        Assert.Contains("expired", refused.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_key_lets_nobody_in_and_the_last_admin_key_cannot_be_revoked()
    {
        string key = await NewKey("""{"name": "k", "scopes": ["decide"]}""");
        using var revoked = await Server.Client.PostJson("/v1/keys/2/revoke", """{"why": "leaked"}""");
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        using var client = Server.ClientOf(key);
        await client.PostJson("/v1/decisions", Content).Body(HttpStatusCode.Unauthorized);
        await Server.Client.PostJson("/v1/keys/1/revoke", "{}").Body(HttpStatusCode.Conflict);
        await Server.Client.PostJson("/v1/keys/99/revoke", "{}").Body(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_key_that_was_let_in_a_moment_ago_is_refused_once_it_is_revoked_and_one_like_it_never_comes_in()
    {
        string key = await NewKey("""{"name": "k", "scopes": ["decide"]}""");
        using var client = Server.ClientOf(key);
        using var almost = Server.ClientOf(key[..^1] + (key[^1] == 'A' ? 'B' : 'A'));
        for (int i = 0; i < 20; i++)
        {
            await client.PostJson("/v1/decisions", Content).Body();
            await almost.PostJson("/v1/decisions", Content).Body(HttpStatusCode.Unauthorized);
        }

        await Server.Client.PostJson("/v1/keys/2/revoke", "{}");
        await client.PostJson("/v1/decisions", Content).Body(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("/v1/decisions")]
    [InlineData("/v1/nowhere")]
    [InlineData("/metrics")]
    public async Task Who_sends_no_key_is_told_how_to_whatever_the_path(string path)
    {
        using var refused = await Server.Anonymous.GetAsync(path, Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("Bearer", Assert.Single(refused.Headers.WwwAuthenticate).Scheme);
        Assert.Contains("send \\\"Authorization: Bearer mod_…\\\"", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_done_to_keys_stands_in_an_audit_log_that_cannot_be_changed()
    {
        await NewKey("""{"name": "platform", "scopes": ["decide"]}""");
        await Server.Client.PostJson("/v1/keys/2/revoke", """{"why": "leaked"}""");
        await using var state = Server.App.Services.GetRequiredService<Store>().State();
        var entries = await state.AuditEntries.Where(entry => entry.Action.StartsWith("key.")).OrderBy(entry => entry.Id).ToListAsync(Cancel);
        Assert.Equal([("key.create", "platform", null), ("key.revoke", "platform", "leaked")], entries.Select(entry => (entry.Action, entry.Subject, entry.Why)));
        await Assert.ThrowsAnyAsync<Exception>(() => state.AuditEntries.ExecuteDeleteAsync(Cancel));
        await Assert.ThrowsAnyAsync<Exception>(() => state.AuditEntries.ExecuteUpdateAsync(set => set.SetProperty(entry => entry.Actor, "nobody"), Cancel));
        Assert.Equal(3, await state.AuditEntries.CountAsync(Cancel));
    }

    [Fact]
    public async Task The_audit_log_is_read_newest_first_a_page_at_a_time_by_action_and_by_who_may()
    {
        foreach (string name in (string[])["one", "two", "three"])
        {
            await NewKey($$"""{"name": "{{name}}", "scopes": ["read"]}""");
        }

        await Server.Client.PostJson("/v1/keys/2/revoke", """{"why": "leaked"}""");
        var page = await Server.Client.GetAsync("/v1/audit?limit=2", Cancel).Body();
        Assert.Equal([("key.revoke", "one"), ("key.create", "three")], Entries(page));
        Assert.Equal("leaked", page.GetProperty("entries")[0].Text("why"));
        var rest = await Server.Client.GetAsync($"/v1/audit?action=key.create&before={page.GetProperty("next").GetInt64()}", Cancel).Body();
        Assert.Equal([("key.create", "two"), ("key.create", "one")], Entries(rest).Take(2));
        Assert.False(rest.TryGetProperty("next", out _));
        Assert.Empty(Entries(await Server.Client.GetAsync("/v1/audit?actor=nobody", Cancel).Body()));
        var wrong = await Server.Client.GetAsync("/v1/audit?limit=0&before=x", Cancel).Body(HttpStatusCode.BadRequest);
        Assert.Equal(["before", "limit"], wrong.GetProperty("errors").EnumerateArray().Select(error => error.Text("field")));
        using var reader = Server.ClientOf(await NewKey("""{"name": "reader", "scopes": ["read"]}"""));
        using var refused = await reader.GetAsync("/v1/audit", Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

        static IEnumerable<(string?, string?)> Entries(JsonElement page) =>
            page.GetProperty("entries").EnumerateArray().Select(entry => ((string?)entry.Text("action"), (string?)entry.Text("subject")));
    }

    [Fact]
    public async Task A_key_that_asks_more_often_than_it_may_gets_429_and_others_do_not()
    {
        using var client = Server.ClientOf(await NewKey("""{"name": "k", "scopes": ["decide"], "requestsPerSecond": 3}"""));
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.PostJson("/v1/decisions", Content)));
        var refused = answers.First(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.Equal("1", refused.Headers.GetValues("Retry-After").Single());
        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        await Server.Client.PostJson("/v1/decisions", Content).Body();
    }

    [Theory]
    [InlineData("""{"scopes": ["decide"]}""", "name")]
    [InlineData("""{"name": "k"}""", "scopes")]
    [InlineData("""{"name": "k", "scopes": ["everything"]}""", "scopes")]
    [InlineData("""{"name": "k", "scopes": ["decide"], "expires": "2001-01-01"}""", "expires")]
    [InlineData("""{"name": "k", "scopes": ["decide"], "requestsPerSecond": 0}""", "requestsPerSecond")]
    public async Task A_wrong_key_says_which_field(string body, string field) =>
        Assert.Equal(field, Assert.Single((await Server.Client.PostJson("/v1/keys", body).Body(HttpStatusCode.BadRequest)).GetProperty("errors").EnumerateArray()).Text("field"));

    private async Task<string> NewKey(string body) => (await Server.Client.PostJson("/v1/keys", body).Body(HttpStatusCode.Created)).Text("key");
}

public sealed class KeysOnSqlite() : KeyTests(StoreKind.Sqlite);

public sealed class KeysOnPostgres() : KeyTests(StoreKind.Postgres);
