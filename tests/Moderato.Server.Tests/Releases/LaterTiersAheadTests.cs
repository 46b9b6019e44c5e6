using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Moderato.Releases;
using Moderato.Server.Classification;
using Moderato.Server.Storage;
using Moderato.Server.Tests.Classification;
using Moderato.Server.Tests.Hosting;

namespace Moderato.Server.Tests.Releases;

/// <summary>What a release with a later tier would change, told by asking that tier about some of the stored contents. The shipped release has decided them.</summary>
public abstract class LaterTiersAheadTests(StoreKind kind) : ServerTest(kind)
{
    private const string Harmless = """{"hate": {"violates": false, "confidence": 0.999}}""";
    private const string Violates = """{"hate": {"violates": true, "confidence": 0.9}}""";

    private readonly StoreKind kind = kind;
    private FaultyProvider? provider;
    private string shipped = null!;

    /// <summary>Each test starts the server that it needs.</summary>
    public override ValueTask InitializeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_diff_says_what_the_later_tier_would_change_and_what_asking_took()
    {
        await StartAsync(Marked);
        await DecideAsync(30);
        var diff = await Diff();
        var later = diff.GetProperty("laterTiers");
        Assert.Equal((30, 30, 30, 30), (Number(later, "contents"), Number(later, "asked"), Number(later, "judged"), Number(later, "calls")));
        Assert.Equal((200, 1, 3_000, 300, 9_000), (Number(later, "most"), Number(later, "seed"), Number(later, "inputTokens"), Number(later, "outputTokens"), Number(later, "costMicros")));
        Assert.Equal(30, provider!.Calls);
        AssertRate(later.GetProperty("verdicts").GetProperty("changed"), 10 / 30d, 30, "all of them");
        Assert.Equal(("safe", "borderline", 10), Move(later.GetProperty("verdicts").GetProperty("moves")[0]));
        Assert.Contains(later.GetProperty("verdicts").GetProperty("slices").EnumerateArray(), slice => slice.Text("by") == "category" && slice.Text("value") == "hate");
        Assert.Equal(10, later.GetProperty("examples").GetArrayLength());
        Assert.Equal(("tiered", "llm", "judged", 30), Outcome(Assert.Single(later.GetProperty("asking").GetProperty("outcomes").EnumerateArray())));

        // French is not asked about: the first tier decides it alone, and it counts in all.
        Assert.Equal(5, diff.GetProperty("verdicts").GetProperty("contents").GetInt64());
        AssertRate(diff.GetProperty("changed"), 10 / 35d, 35, "all of them");
        Assert.Empty(diff.GetProperty("notAssessed").EnumerateArray());
    }

    [Fact]
    public async Task It_asks_about_no_more_than_it_may_and_tells_the_rest_by_an_estimate()
    {
        await StartAsync(Marked);
        await DecideAsync(30);
        var diff = await Diff("&laterTiers=12&seed=4");
        var later = diff.GetProperty("laterTiers");
        Assert.Equal((30, 12, 12), (Number(later, "contents"), Number(later, "asked"), Number(later, "calls")));
        Assert.Equal(12, provider!.Calls);
        var changed = later.GetProperty("verdicts").GetProperty("changed");
        Assert.Equal((12, "Wilson"), (changed.GetProperty("n").GetInt64(), changed.Text("method")));
        Assert.Contains("12 of 30 drawn at random (seed 4)", changed.Text("design"), StringComparison.Ordinal);
        Assert.InRange(10 / 30d, changed.GetProperty("low").GetDouble(), changed.GetProperty("high").GetDouble());
        var all = diff.GetProperty("changed");
        Assert.Equal(30 * changed.GetProperty("estimate").GetDouble() / 35, all.GetProperty("estimate").GetDouble(), 9);
        Assert.InRange(10 / 35d, all.GetProperty("low").GetDouble(), all.GetProperty("high").GetDouble());

        var again = (await Diff("&laterTiers=12&seed=4")).GetProperty("laterTiers");
        Assert.Equal(later.GetProperty("verdicts").ToString(), again.GetProperty("verdicts").ToString());
    }

    [Fact]
    public async Task Nobody_is_asked_where_nobody_is_to_be_and_the_answer_says_so()
    {
        await StartAsync(Marked);
        await DecideAsync(30);
        var diff = await Diff("&laterTiers=0");
        Assert.Equal(35, diff.GetProperty("verdicts").GetProperty("contents").GetInt64());
        Assert.Contains("nobody was asked", diff.GetProperty("notAssessed")[0].Text("why"), StringComparison.Ordinal);
        Assert.Contains("30 of the contents", diff.GetProperty("changed").Text("unknown"), StringComparison.Ordinal);
        Assert.False(diff.TryGetProperty("laterTiers", out _));

        var preview = await Preview(", \"laterTiers\": 0");
        Assert.Equal((30, 0), (preview.GetProperty("askedLater").GetInt64(), Number(preview.GetProperty("laterTiers"), "asked")));
        Assert.Contains("nobody was asked", preview.GetProperty("laterTiers").GetProperty("changed").Text("unknown"), StringComparison.Ordinal);
        Assert.Equal(0, provider!.Calls);
    }

    /// <summary>To ask is paid for, and takes from the day's ceiling what decisions need.</summary>
    [Fact]
    public async Task A_key_that_only_reads_has_nobody_asked()
    {
        await StartAsync(Marked);
        await DecideAsync(3);
        string key = (await Server.Client.PostJson("/v1/keys", """{"name": "dashboard", "scopes": ["read"]}""").Body(HttpStatusCode.Created)).Text("key");
        using var reader = Server.ClientOf(key);
        string path = $"/v1/releases/tiered/diff?against={shipped}";
        var diff = await reader.GetAsync(path, Cancel).Body();
        Assert.Equal(3, diff.GetProperty("verdicts").GetProperty("contents").GetInt64());
        Assert.Contains("scope admin", diff.GetProperty("notAssessed")[0].Text("why"), StringComparison.Ordinal);
        var refused = await reader.GetAsync($"{path}&laterTiers=1", Cancel).Body(HttpStatusCode.Forbidden);
        Assert.Contains("lacks the scope admin", refused.Text("detail"), StringComparison.Ordinal);
        await reader.GetAsync($"{path}&laterTiers=0", Cancel).Body();
        Assert.Equal(0, provider!.Calls);
    }

    [Fact]
    public async Task What_failed_is_counted_by_outcome_and_is_in_no_rate()
    {
        await StartAsync(request => IsMarked(request) ? (500, "{}") : (200, FaultyProvider.Chat(Harmless)));
        await DecideAsync(30);
        var later = (await Diff()).GetProperty("laterTiers");
        Assert.Equal((30, 20), (Number(later, "asked"), Number(later, "judged")));
        Assert.Equal([("judged", 20L), ("serverError", 10)], later.GetProperty("asking").GetProperty("outcomes").EnumerateArray().Select(one => (one.Text("outcome"), one.GetProperty("contents").GetInt64())).Order());
        AssertRate(later.GetProperty("verdicts").GetProperty("changed"), 0, 20, "the tiers judged 20");
    }

    [Fact]
    public async Task Where_no_tier_judged_the_rate_is_unknown_and_not_zero()
    {
        await StartAsync(_ => (401, "{}"));
        await DecideAsync(30);
        var diff = await Diff();
        Assert.Equal(0, Number(diff.GetProperty("laterTiers"), "judged"));
        Assert.Contains("judged none of the 30", diff.GetProperty("changed").Text("unknown"), StringComparison.Ordinal);
        Assert.True(diff.GetProperty("laterTiers").GetProperty("verdicts").GetProperty("changed").TryGetProperty("unknown", out _));
        var preview = (await Preview()).GetProperty("laterTiers");
        Assert.Contains("judged none of the 30", preview.GetProperty("restored").Text("unknown"), StringComparison.Ordinal);
        Assert.Equal(30, preview.GetProperty("asking").GetProperty("outcomes").EnumerateArray().Sum(one => one.GetProperty("contents").GetInt64()));
    }

    [Fact]
    public async Task The_days_ceiling_holds()
    {
        await StartAsync(Marked, endpoint => endpoint with { OutputPrice = 3, DailyCeiling = 0.016m });
        await DecideAsync(30);
        var later = (await Diff()).GetProperty("laterTiers");
        Assert.InRange(Number(later, "costMicros"), 1, 16_000);
        Assert.Contains(later.GetProperty("asking").GetProperty("outcomes").EnumerateArray(), one => one.Text("outcome") == "costCeiling");
        Assert.Equal(Number(later, "calls"), provider!.Calls);
        Assert.Equal(Number(later, "judged"), provider.Calls);
    }

    [Fact]
    public async Task A_preview_tells_what_the_run_would_do_with_them_and_changes_nothing()
    {
        await StartAsync(Marked);
        await DecideAsync(30);
        var preview = await Preview();
        Assert.Equal((35, 30, 5), (preview.GetProperty("contents").GetInt64(), preview.GetProperty("askedLater").GetInt64(), preview.GetProperty("unchanged").GetInt64()));
        var later = preview.GetProperty("laterTiers");
        Assert.Equal((30, 30, 0), (Number(later, "asked"), Number(later, "judged"), later.GetProperty("bound").GetInt64()));
        AssertRate(later.GetProperty("toReview"), 10 / 30d, 30, "all of them");
        AssertRate(later.GetProperty("restored"), 0, 30, "all of them");
        AssertRate(later.GetProperty("categories")[0].GetProperty("toReview"), 10 / 30d, 30, "all of them");
        Assert.Equal("hate", later.GetProperty("categories")[0].Text("category"));
        Assert.Equal((10, 3), (later.GetProperty("sample").GetArrayLength(), later.GetProperty("furtherAuthors").GetInt64()));
        Assert.Equal(35, await Recount.RowsOf(Server.App.Services.GetRequiredService<Store>(), "decisions"));

        Assert.Equal(0, (await Preview(", \"category\": \"spam\"")).GetProperty("laterTiers").GetProperty("changed").GetProperty("estimate").GetDouble());
        AssertRate((await Preview(", \"category\": \"hate\"")).GetProperty("laterTiers").GetProperty("changed"), 10 / 30d, 30, "all of them");

        await Server.Client.PostJson("/v1/releases/tiered/redecide", """{"from": "2020-01-01T00:00:00Z", "reason": "it knows better", "perMinute": 1000000}""").Body(HttpStatusCode.Accepted);
        JsonElement run;
        do
        {
            await Task.Delay(20, Cancel);
            run = (await Server.Client.GetAsync("/v1/releases/tiered/redecide", Cancel).Body()).GetProperty("redecisions")[0];
        }
        while (run.Text("state") != "done");
        Assert.Equal(10, run.GetProperty("reversed").GetInt64());
    }

    [Fact]
    public async Task A_preview_asks_nobody_about_what_a_person_decided()
    {
        await StartAsync(Marked);
        await DecideAsync(3);
        string review = (await DecideAsync("bound", "you are a stupid idiot")).GetProperty("review").Text("id");
        using (var answer = await Server.Client.PostJson($"/v1/reviews/{review}", """{"verdict": "safe"}"""))
        {
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        var preview = await Preview();
        Assert.Equal((4, 3, 1), (preview.GetProperty("askedLater").GetInt64(), Number(preview.GetProperty("laterTiers"), "contents"), preview.GetProperty("laterTiers").GetProperty("bound").GetInt64()));
        Assert.Equal(3, provider!.Calls);
    }

    [Fact]
    public async Task Both_releases_are_asked_where_both_have_the_tier()
    {
        await StartAsync(Marked);
        await DecideAsync(6);
        string strict = (await Server.Client.PostJson("/v1/releases", """{"from": "tiered", "thresholds": {"hate": {"cuts": {"reviewFrom": 0.01, "blockFrom": 0.8}}}}""").Body(HttpStatusCode.Created)).Text("id");
        var later = (await Server.Client.GetAsync($"/v1/releases/{strict}/diff?against=tiered", Cancel).Body()).GetProperty("laterTiers");
        Assert.Equal((6, 6, 12), (Number(later, "asked"), Number(later, "judged"), Number(later, "calls")));
        Assert.Equal([(strict, 6L), ("tiered", 6)], later.GetProperty("asking").GetProperty("outcomes").EnumerateArray().Select(one => (one.Text("release"), one.GetProperty("contents").GetInt64())).OrderByDescending(one => one.Item1.Length));
        Assert.Contains(later.GetProperty("verdicts").GetProperty("moves").EnumerateArray(), move => Move(move) == ("borderline", "violating", 2));
    }

    [Fact]
    public async Task A_window_without_contents_asks_nobody()
    {
        await StartAsync(Marked);
        var diff = await Diff();
        Assert.Contains("No content", diff.GetProperty("changed").Text("unknown"), StringComparison.Ordinal);
        Assert.Equal((0, 0), (Number(diff.GetProperty("laterTiers"), "contents"), Number(diff.GetProperty("laterTiers"), "asked")));
        Assert.Contains("No content", (await Preview()).GetProperty("laterTiers").GetProperty("changed").Text("unknown"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_encoder_is_asked_too()
    {
        Server = await EncoderRelease.StartAsync(kind);
        await PromoteShippedAsync();
        await DecideAsync("c1", "You people are vermin and should be wiped out.");
        await DecideAsync("c2", "see you at the station tomorrow");
        var later = (await Diff()).GetProperty("laterTiers");
        Assert.Equal((2, 2, 2), (Number(later, "asked"), Number(later, "judged"), Number(later, "calls")));
        Assert.Equal(("tiered", "encoder", "judged", 2), Outcome(later.GetProperty("asking").GetProperty("outcomes")[0]));
        var preview = (await Preview()).GetProperty("laterTiers");
        Assert.Equal((2, 2), (Number(preview, "judged"), preview.GetProperty("changed").GetProperty("n").GetInt64()));
    }

    [Theory]
    [InlineData("laterTiers=-1", "laterTiers")]
    [InlineData("laterTiers=5001", "laterTiers")]
    [InlineData("seed=x", "seed")]
    public async Task What_is_wrong_is_named(string query, string field)
    {
        Server = await RunningServer.StartAsync(kind);
        string live = (await Server.Client.GetAsync("/v1/releases", Cancel).Body()).Text("live");
        var problem = await Server.Client.GetAsync($"/v1/releases/{live}/diff?{query}", Cancel).Body(HttpStatusCode.BadRequest);
        Assert.Equal(field, problem.GetProperty("errors")[0].Text("field"));
    }

    protected override ValueTask DisposeOthersAsync()
    {
        provider?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Every third content is marked, and the model calls it violating.</summary>
    private static (int Status, string Body) Marked(string request) => (200, FaultyProvider.Chat(IsMarked(request) ? Violates : Harmless));

    private static bool IsMarked(string request) => request.Contains("otter", StringComparison.Ordinal);

    private async Task StartAsync(Func<string, (int Status, string Body)> answer, Func<EndpointSettings, EndpointSettings>? with = null)
    {
        provider = new(async (request, stream, cancel) =>
        {
            var (status, body) = answer(request);
            await stream.WriteAsync(Encoding.UTF8.GetBytes(FaultyProvider.Head(status, body.Length) + body), cancel);
        });
        var endpoint = LlmRelease.Endpoint(provider.Url) with { InputPrice = 3, TimeoutMs = 20_000 };
        Server = await LlmRelease.StartAsync(with is null ? endpoint : with(endpoint), OnFailure.Review, kind);
        await PromoteShippedAsync();
    }

    private async Task PromoteShippedAsync()
    {
        shipped = (await Server.Client.GetAsync("/v1/releases", Cancel).Body()).GetProperty("releases").EnumerateArray().Select(one => one.Text("id")).Single(id => id != "tiered");
        await Server.Client.PostJson($"/v1/releases/{shipped}/promote", "{}").Body();
    }

    /// <summary>English ones, and five in French where there are more than a few.</summary>
    private async Task DecideAsync(int contents)
    {
        for (int i = 0; i < contents; i++)
        {
            Assert.Equal("safe", (await DecideAsync($"c{i}", i % 3 == 0 ? $"good morning said the otter {i}" : $"good morning {i}", $"author {i % 9}")).Text("verdict"));
        }

        for (int i = 0; contents > 10 && i < 5; i++)
        {
            await DecideAsync($"f{i}", $"bonjour {i}", language: "fr");
        }
    }

    private async Task<JsonElement> DecideAsync(string id, string text, string author = "a", string language = "en") =>
        (await Server.Client.PostJson("/v1/decisions", JsonSerializer.Serialize(new { content = new { id, text, author, language } })).Body()).GetProperty("decisions")[0];

    private Task<JsonElement> Diff(string query = "") => Server.Client.GetAsync($"/v1/releases/tiered/diff?against={shipped}{query}", Cancel).Body();

    private Task<JsonElement> Preview(string fields = "") =>
        Server.Client.PostJson("/v1/releases/tiered/redecide", $$"""{"from": "2020-01-01T00:00:00Z", "preview": true{{fields}}}""").Body();

    private static long Number(JsonElement later, string name) => later.GetProperty("asking").GetProperty(name).GetInt64();

    private static (string From, string To, long Count) Move(JsonElement move) => (move.Text("from"), move.Text("to"), move.GetProperty("count").GetInt64());

    private static (string Release, string Tier, string Outcome, long Contents) Outcome(JsonElement one) =>
        (one.Text("release"), one.Text("tier"), one.Text("outcome"), one.GetProperty("contents").GetInt64());

    private static void AssertRate(JsonElement rate, double estimate, int n, string design)
    {
        Assert.Equal(estimate, rate.GetProperty("estimate").GetDouble(), 9);
        Assert.Equal(n, rate.GetProperty("n").GetInt64());
        Assert.InRange(estimate, rate.GetProperty("low").GetDouble(), rate.GetProperty("high").GetDouble());
        Assert.Contains(design, rate.Text("design"), StringComparison.Ordinal);
    }
}

public sealed class LaterTiersAheadOnSqlite() : LaterTiersAheadTests(StoreKind.Sqlite);

public sealed class LaterTiersAheadOnPostgres() : LaterTiersAheadTests(StoreKind.Postgres);
