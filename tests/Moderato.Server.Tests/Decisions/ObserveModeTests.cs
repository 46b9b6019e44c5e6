using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Moderato.Server.Storage;
using Moderato.Server.Tests.Hosting;

namespace Moderato.Server.Tests.Decisions;

public abstract class ObserveModeTests(StoreKind kind) : ServerTest(kind)
{
    [Fact]
    public async Task Another_systems_verdict_is_kept_as_it_was_told_whether_flat_or_with_a_content()
    {
        var answer = await Server.Client.PostJson(
            "/v1/decisions/record",
            """
            {"decisions": [
              {"id": "a", "text": "you are an idiot", "verdict": "violating", "category": "harassment", "score": 0.93127, "release": "v7", "tier": "llm", "action": "removed", "views": 12, "decided": "2026-02-03T04:05:06.789Z"},
              {"content": {"id": "b", "text": "hello", "surface": "chat", "language": "en"}, "verdict": "borderline", "scores": {"hate": 0.4, "spam": 0}, "category": "hate", "release": "v7"},
              {"id": "c", "verdict": "safe", "release": "v7"}
            ]}
            """).Body();
        var decisions = answer.GetProperty("decisions");
        Assert.Equal(("violating", "llm", "v7", 0.9312), (decisions[0].Text("verdict"), decisions[0].Text("tier"), decisions[0].Text("release"), decisions[0].GetProperty("scores").GetProperty("harassment").GetDouble()));
        Assert.Equal("2026-02-03T04:05:06.789+00:00", decisions[0].Text("time"));
        Assert.Equal("external", decisions[1].Text("tier"));
        Assert.Equal("publish", decisions[1].GetProperty("review").Text("whileWaiting"));
        Assert.Equal("und", decisions[2].Text("language"));

        var store = Server.App.Services.GetRequiredService<Store>();
        Assert.Equal(2, await Recount.RowsOf(store, "contents"));
        Assert.Equal(1, await Recount.RowsOf(store, "review_items"));
        Assert.Equal(1, await Recount.RowsOf(store, "actions WHERE views = 12 AND action = 'removed'"));
    }

    [Theory]
    [InlineData("""{"id": "a", "release": "v7"}""", "verdict")]
    [InlineData("""{"id": "a", "verdict": "bad", "release": "v7"}""", "verdict")]
    [InlineData("""{"id": "a", "verdict": "safe"}""", "release")]
    [InlineData("""{"id": "a", "verdict": "safe", "release": "v7", "category": "anger"}""", "category")]
    [InlineData("""{"id": "a", "verdict": "safe", "release": "v7", "score": 0.5}""", "category")]
    [InlineData("""{"id": "a", "verdict": "safe", "release": "v7", "category": "hate", "score": 1.5}""", "score")]
    [InlineData("""{"id": "a", "verdict": "safe", "release": "v7", "scores": {"anger": 1}}""", "scores.anger")]
    [InlineData("""{"id": "a", "verdict": "safe", "release": "v7", "action": "burned"}""", "action")]
    [InlineData("""{"verdict": "safe", "release": "v7"}""", "id")]
    [InlineData("""{"id": "a", "text": "", "verdict": "safe", "release": "v7"}""", "text")]
    public async Task A_wrong_record_says_which_field_and_the_rest_is_kept(string item, string field)
    {
        var answer = await Server.Client.PostJson("/v1/decisions/record", $$"""{"decisions": [{{item}}, {"id": "ok", "verdict": "safe", "release": "v7"}]}""").Body();
        Assert.Equal("ok", Assert.Single(answer.GetProperty("decisions").EnumerateArray()).Text("contentId"));
        var error = Assert.Single(answer.GetProperty("errors").EnumerateArray());
        Assert.Equal(0, error.GetProperty("index").GetInt32());
        Assert.Equal(field, Assert.Single(error.GetProperty("errors").EnumerateArray()).Text("field"));
    }

    [Fact]
    public async Task An_action_told_twice_is_one_with_the_most_views_and_one_on_unknown_content_is_refused()
    {
        await Server.Client.PostJson("/v1/decisions", """{"content": {"id": "c1", "text": "hello"}}""").Body();
        const string Time = "2026-03-01T00:00:00Z";
        foreach (int views in (int[])[5, 9, 7])
        {
            var kept = await Server.Client.PostJson("/v1/actions", $$"""{"actions": [{"contentId": "c1", "action": "limited", "time": "{{Time}}", "views": {{views}}}]}""").Body();
            Assert.Equal(1, kept.GetProperty("kept").GetInt32());
        }

        Assert.Equal(1, await Recount.RowsOf(Server.App.Services.GetRequiredService<Store>(), "actions WHERE views = 9"));
        Assert.Equal(1, await Recount.RowsOf(Server.App.Services.GetRequiredService<Store>(), "actions"));

        var refused = await Server.Client.PostJson("/v1/actions", """{"actions": [{"contentId": "nobody", "action": "removed"}, {"contentId": "c1", "action": "burned"}, {"contentId": "c1", "action": "removed", "views": -1}]}""").Body();
        Assert.Equal([404, 400, 400], refused.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("status").GetInt32()));
    }

    [Fact]
    public async Task So_many_releases_and_tiers_have_names_of_their_own_and_further_ones_are_refused()
    {
        string items = string.Join(',', Enumerable.Range(0, 999).Select(i => $$"""{"id": "r{{i}}", "verdict": "safe", "release": "v{{i}}", "tier": "t{{i % 100}}"}"""));
        var kept = await Server.Client.PostJson("/v1/decisions/record", $$"""{"decisions": [{{items}}]}""").Body();
        Assert.Equal(999, kept.GetProperty("decisions").GetArrayLength());
        foreach (bool restarted in (bool[])[false, true])
        {
            var answer = await Server.Client.PostJson("/v1/decisions/record", $$"""
                {"decisions": [
                  {"id": "a{{restarted}}", "verdict": "safe", "release": "v999", "tier": "t0"}, {"id": "b{{restarted}}", "verdict": "safe", "release": "v1000", "tier": "t0"},
                  {"id": "c{{restarted}}", "verdict": "safe", "release": "v0", "tier": "another"}, {"id": "d{{restarted}}", "verdict": "safe", "release": "v5"}]}
                """).Body();
            Assert.Equal([$"a{restarted}", $"d{restarted}"], answer.GetProperty("decisions").EnumerateArray().Select(one => one.Text("contentId")));
            Assert.Equal(
                ["1 release", "2 tier"],
                answer.GetProperty("errors").EnumerateArray().Select(one => $"{one.GetProperty("index").GetInt32()} {one.GetProperty("errors")[0].Text("field")}"));
            Server = await Server.RestartAsync();
        }
    }

    [Fact]
    public async Task More_items_than_1000_are_refused_whole()
    {
        string items = string.Join(',', Enumerable.Repeat("""{"id": "a", "verdict": "safe", "release": "v7"}""", 1_001));
        var problem = await Server.Client.PostJson("/v1/decisions/record", $$"""{"decisions": [{{items}}]}""").Body(HttpStatusCode.BadRequest);
        Assert.Equal("decisions", problem.GetProperty("errors")[0].Text("field"));
    }
}

public sealed class ObserveModeOnSqlite() : ObserveModeTests(StoreKind.Sqlite);

public sealed class ObserveModeOnPostgres() : ObserveModeTests(StoreKind.Postgres);
