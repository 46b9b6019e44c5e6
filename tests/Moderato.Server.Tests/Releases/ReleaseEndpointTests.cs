using System.Data.Common;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Moderato.Server.Releases;
using Moderato.Server.Storage;
using Moderato.Server.Tests.Hosting;

namespace Moderato.Server.Tests.Releases;

public abstract class ReleaseEndpointTests(StoreKind kind) : ReleaseTest(kind)
{
    [Fact]
    public async Task A_new_store_has_the_shipped_release_live_and_its_history_says_since_when()
    {
        var releases = await ReleasesAsync();
        var shipped = Assert.Single(releases.GetProperty("releases").EnumerateArray());
        Assert.Equal("live", shipped.Text("role"));
        Assert.Equal(shipped.Text("id"), releases.Text("live"));
        Assert.Equal(("promote", "first start"), (releases.GetProperty("history")[0].Text("action"), releases.GetProperty("history")[0].Text("by")));
        var whole = await Server.Client.GetAsync($"/v1/releases/{shipped.Text("id")}", Cancel).Body();
        Assert.Equal(shipped.Text("id"), whole.GetProperty("release").Text("id"));
    }

    [Fact]
    public async Task The_same_change_to_the_same_release_is_the_same_release()
    {
        string strict = await StrictAsync();
        var again = await Server.Client.PostJson("/v1/releases", """{"thresholds": {"toxicity": {"cuts": {"reviewFrom": 0, "blockFrom": 0}}}}""").Body();
        Assert.Equal(strict, again.Text("id"));
        Assert.Equal("strict", again.Text("reason"));
    }

    [Fact]
    public async Task What_is_promoted_decides_and_a_rollback_takes_it_back()
    {
        string shipped = (await ReleasesAsync()).Text("live");
        string strict = await StrictAsync();
        Assert.Equal(("safe", shipped), Of(await DecideAsync("c1")));
        await PromoteAsync(strict);
        Assert.Equal(("violating", strict), Of(await DecideAsync("c2")));
        Assert.Equal(shipped, (await Server.Client.PostJson("/v1/releases/rollback", """{"reason": "too strict"}""").Body()).Text("live"));
        Assert.Equal(("safe", shipped), Of(await DecideAsync("c3")));

        var history = (await ReleasesAsync()).GetProperty("history").EnumerateArray().ToList();
        Assert.Equal(["rollback", "promote", "promote"], history.Select(change => change.Text("action")));
        Assert.Equal([shipped, strict, shipped], history.Select(change => change.Text("live")));
        Assert.Equal("too strict", history[0].Text("reason"));

        Server = await Server.RestartAsync();
        Assert.Equal(("safe", shipped), Of(await DecideAsync("c4")));
    }

    [Fact]
    public async Task An_override_spares_what_it_names_and_ends_by_itself()
    {
        string shipped = (await ReleasesAsync()).Text("live");
        await PromoteAsync(await StrictAsync());
        string strict = (await ReleasesAsync()).Text("live");
        var made = await Server.Client.PostJson(
            "/v1/releases", """{"overrides": [{"category": "toxicity", "language": "en", "atMost": "borderline"}], "reason": "incident 7"}""").Body(HttpStatusCode.Created);
        Assert.Equal(strict, made.Text("derivedFrom"));
        string until = Time.GetUtcNow().AddHours(48).ToString("O", CultureInfo.InvariantCulture);
        var roles = await PromoteAsync(made.Text("id"), $$"""{"until": "{{until}}", "reason": "incident 7"}""");
        Assert.Equal((made.Text("id"), strict), (roles.Text("live"), roles.Text("before")));
        Assert.Equal(("borderline", made.Text("id")), Of(await DecideAsync("c1")));

        Time.Forward(TimeSpan.FromHours(47));
        Assert.Equal(made.Text("id"), (await DecideAsync("c2")).Text("release"));
        Time.Forward(TimeSpan.FromHours(2));
        Assert.Equal(("violating", strict), Of(await DecideAsync("c3")));
        var after = await UntilAsync(ReleasesAsync, releases => releases.GetProperty("history")[0].Text("action") == "override.ends");
        Assert.Equal(strict, after.Text("live"));
        Assert.False(after.TryGetProperty("until", out _));
        Assert.NotEqual(shipped, after.Text("live"));
    }

    [Fact]
    public async Task A_canary_decides_for_its_share_of_the_authors_and_always_for_the_same()
    {
        string shipped = (await ReleasesAsync()).Text("live");
        string strict = await StrictAsync();
        await Server.Client.PostJson($"/v1/releases/{strict}/canary", """{"percent": 25}""").Body();
        var first = await ByAuthor("x");
        var second = await ByAuthor("y");
        Assert.Equal(first, second);
        Assert.InRange(first.Values.Count(release => release == strict), 60, 140);

        await Server.Client.PostJson($"/v1/releases/{strict}/canary", """{"percent": 60}""").Body();
        var more = await ByAuthor("z");
        Assert.All(first.Where(one => one.Value == strict), one => Assert.Equal(strict, more[one.Key]));
        await Server.Client.PostJson($"/v1/releases/{strict}/canary", """{"percent": 0}""").Body();
        Assert.All((await ByAuthor("w")).Values, release => Assert.Equal(shipped, release));
    }

    [Fact]
    public async Task A_shadow_decides_beside_the_live_release_and_answers_nobody()
    {
        string strict = await StrictAsync();
        await Server.Client.PostJson($"/v1/releases/{strict}/shadow", "{}").Body();
        Assert.Equal("safe", (await DecideAsync("c1")).Text("verdict"));
        Assert.Equal("safe", (await DecideAsync("c1")).Text("verdict"));
        var shadow = await UntilAsync(
            () => Server.Client.GetAsync($"/v1/releases/{strict}/shadow", Cancel).Body(), answer => answer.GetProperty("against").GetProperty("contents").GetInt64() > 0);
        Assert.Equal(1, shadow.GetProperty("against").GetProperty("contents").GetInt64());
        Assert.Equal(1, shadow.GetProperty("against").GetProperty("changed").GetProperty("estimate").GetDouble());
        Assert.Equal("violating", shadow.GetProperty("against").GetProperty("moves")[0].Text("to"));
        Assert.Equal(1, await Recount.AssertEqual(Server.App.Services));

        await Server.Client.PostJson($"/v1/releases/{strict}/shadow", """{"end": true}""").Body();
        await Server.Client.PostJson($"/v1/releases/{strict}/shadow", """{"end": true}""").Body(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task What_a_shadow_said_is_kept_for_a_month()
    {
        string strict = await StrictAsync();
        await Server.Client.PostJson($"/v1/releases/{strict}/shadow", "{}").Body();
        await DecideAsync("old");
        await SeenAsync(1);
        var retention = (ShadowRetention)Server.App.Services.GetService(typeof(ShadowRetention))!;
        Time.Forward(ShadowRetention.Kept - TimeSpan.FromHours(1));
        Assert.Equal(0, await retention.DeleteOldAsync(Cancel));
        await DecideAsync("young");
        await SeenAsync(2);
        Time.Forward(TimeSpan.FromHours(2));
        Assert.Equal(1, await retention.DeleteOldAsync(Cancel));
        await SeenAsync(1);

        Task SeenAsync(int contents) => UntilAsync(
            () => Server.Client.GetAsync($"/v1/releases/{strict}/shadow", Cancel).Body(), answer => answer.GetProperty("against").GetProperty("contents").GetInt64() == contents);
    }

    [Fact]
    public async Task A_diff_says_what_would_change_and_where()
    {
        string strict = await StrictAsync();
        await DecideAsync("c1");
        await DecideAsync("c2", "see you tomorrow");
        var diff = await Server.Client.GetAsync($"/v1/releases/{strict}/diff", Cancel).Body();
        var verdicts = diff.GetProperty("verdicts");
        Assert.Equal(2, verdicts.GetProperty("contents").GetInt64());
        Assert.Equal((0, 1), (verdicts.GetProperty("violatingBefore").GetProperty("estimate").GetDouble(), verdicts.GetProperty("violatingAfter").GetProperty("estimate").GetDouble()));
        Assert.Equal(2, verdicts.GetProperty("changed").GetProperty("n").GetInt64());
        Assert.Contains(verdicts.GetProperty("slices").EnumerateArray(), slice => slice.Text("by") == "language" && slice.Text("value") == "en");
        Assert.Equal(["c1", "c2"], diff.GetProperty("examples").EnumerateArray().Select(example => example.Text("contentId")));
        var none = await Server.Client.GetAsync($"/v1/releases/{strict}/diff?against={strict}&to=2001-01-01", Cancel).Body();
        Assert.True(none.GetProperty("verdicts").GetProperty("changed").TryGetProperty("unknown", out _));
    }

    [Fact]
    public async Task Neither_history_nor_releases_nor_the_audit_log_can_be_edited()
    {
        await PromoteAsync(await StrictAsync());
        var store = Server.App.Services.GetRequiredService<Store>();
        Assert.Equal(1, await Recount.RowsOf(store, """ "AuditEntries" WHERE "Action" = 'release.create' AND "Why" = 'strict' AND "Actor" = 'first admin' """));
        Assert.Equal(2, await Recount.RowsOf(store, """ "AuditEntries" WHERE "Action" = 'release.promote' """));
        await using var connection = await store.OpenAsync(Cancel);
        foreach (string table in (string[])["ReleaseChanges", "Releases", "AuditEntries"])
        {
            foreach (string sql in (string[])[$"""DELETE FROM "{table}" """, $"""UPDATE "{table}" SET "Workspace" = 7"""])
            {
                await using var command = connection.CreateCommand();
                command.CommandText = sql;
                await Assert.ThrowsAnyAsync<DbException>(() => command.ExecuteNonQueryAsync(Cancel));
            }
        }
    }

    [Theory]
    [InlineData("/v1/releases/nowhere/promote", "{}", HttpStatusCode.NotFound)]
    [InlineData("/v1/releases/rollback", "{}", HttpStatusCode.Conflict)]
    [InlineData("/v1/releases/rollback", """{"to": "nowhere"}""", HttpStatusCode.NotFound)]
    [InlineData("/v1/releases/LIVE/promote", "{}", HttpStatusCode.Conflict)]
    [InlineData("/v1/releases/LIVE/canary", """{"percent": 5}""", HttpStatusCode.Conflict)]
    [InlineData("/v1/releases/LIVE/canary", "{}", HttpStatusCode.BadRequest)]
    [InlineData("/v1/releases/LIVE/canary", """{"percent": 101}""", HttpStatusCode.BadRequest)]
    [InlineData("/v1/releases/LIVE/promote", """{"untl": "2030-01-01T00:00:00Z"}""", HttpStatusCode.BadRequest)]
    [InlineData("/v1/releases/LIVE/promote", """{"until": "yesterday"}""", HttpStatusCode.BadRequest)]
    [InlineData("/v1/releases/LIVE/redecide", """{"reason": "x"}""", HttpStatusCode.BadRequest)]
    [InlineData("/v1/releases/LIVE/redecide", """{"from": "2026-01-01T00:00:00Z"}""", HttpStatusCode.BadRequest)]
    [InlineData("/v1/releases", "{}", HttpStatusCode.BadRequest)]
    [InlineData("/v1/releases", """{"from": "nowhere", "thresholds": {}}""", HttpStatusCode.BadRequest)]
    [InlineData("/v1/releases", """{"thresholds": {"anger": {"cuts": {"blockFrom": 1}}}}""", HttpStatusCode.BadRequest)]
    [InlineData("/v1/releases", """{"thresholds": {"hate": {"cuts": {"reviewFrom": 0.9, "blockFrom": 0.1}}}}""", HttpStatusCode.BadRequest)]
    [InlineData("/v1/releases", """{"overrides": [{"category": "hate", "atMost": "violating"}]}""", HttpStatusCode.BadRequest)]
    [InlineData("/v1/releases", """{"policy": {"version": "1", "categories": []}}""", HttpStatusCode.BadRequest)]
    [InlineData("/v1/releases", """{"release": {"id": "x"}}""", HttpStatusCode.BadRequest)]
    public async Task What_is_wrong_is_named_and_changes_nothing(string path, string body, HttpStatusCode expected)
    {
        string live = (await ReleasesAsync()).Text("live");
        var problem = await Server.Client.PostJson(path.Replace("LIVE", live, StringComparison.Ordinal), body).Body(expected);
        Assert.StartsWith("urn:moderato:problem:", problem.Text("type"), StringComparison.Ordinal);
        if (expected == HttpStatusCode.BadRequest)
        {
            Assert.NotEmpty(problem.GetProperty("errors").EnumerateArray());
        }

        Assert.Equal(1, (await ReleasesAsync()).GetProperty("history").GetArrayLength());
    }

    [Fact]
    public async Task A_bundle_comes_with_its_files_or_without_those_that_the_store_has()
    {
        string live = (await ReleasesAsync()).Text("live");
        var release = (await Server.Client.GetAsync($"/v1/releases/{live}", Cancel).Body()).GetProperty("release");
        string renamed = release.GetRawText().Replace($"\"id\":\"{live}\"", "\"id\":\"mine\"", StringComparison.Ordinal).Replace($"\"id\": \"{live}\"", "\"id\": \"mine\"", StringComparison.Ordinal);
        await Server.Client.PostJson("/v1/releases", $$$"""{"release": {{{renamed}}}}""").Body(HttpStatusCode.Created);
        await Server.Client.PostJson("/v1/releases", $$$"""{"release": {{{renamed}}}, "files": {"ngram.bin": "AAAA"}}""").Body();
        string other = renamed.Replace("\"mine\"", "\"other\"", StringComparison.Ordinal);
        await Server.Client.PostJson("/v1/releases", $$$"""{"release": {{{other}}}, "files": {"ngram.bin": "AAAA"}}""").Body(HttpStatusCode.BadRequest);
        await PromoteAsync("mine");
        Assert.Equal("mine", (await DecideAsync("c1")).Text("release"));
    }

    [Fact]
    public async Task A_key_that_reads_changes_no_release()
    {
        var key = await Server.Client.PostJson("/v1/keys", """{"name": "reader", "scopes": ["read"]}""").Body(HttpStatusCode.Created);
        using var reader = Server.ClientOf(key.Text("key"));
        string live = (await reader.GetAsync("/v1/releases", Cancel).Body()).Text("live");
        foreach (string path in (string[])["", "/rollback", $"/{live}/promote", $"/{live}/canary", $"/{live}/shadow", $"/{live}/redecide", $"/{live}/redecide/1/stop"])
        {
            await reader.PostJson($"/v1/releases{path}", "{}").Body(HttpStatusCode.Forbidden);
        }
    }

    private static (string Verdict, string Release) Of(JsonElement decision) => (decision.Text("verdict"), decision.Text("release"));

    private async Task<Dictionary<string, string>> ByAuthor(string prefix)
    {
        var contents = Enumerable.Range(0, 400).Select(index => new { id = $"{prefix}{index}", text = "good morning", language = "en", author = $"author {index}" });
        var answer = await Server.Client.PostJson("/v1/decisions", JsonSerializer.Serialize(new { contents })).Body();
        return answer.GetProperty("decisions").EnumerateArray().ToDictionary(one => one.Text("contentId")[1..], one => one.Text("release"));
    }
}

public sealed class ReleaseEndpointsOnSqlite() : ReleaseEndpointTests(StoreKind.Sqlite);

public sealed class ReleaseEndpointsOnPostgres() : ReleaseEndpointTests(StoreKind.Postgres);
