using System.Net;
using Moderato.Server.Tests.Hosting;

namespace Moderato.Server.Tests.Decisions;

public abstract class DecisionSearchTests(StoreKind kind) : ServerTest(kind)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        string items = string.Join(',', Enumerable.Range(0, 30).Select(i =>
            $$"""{"id": "r{{i}}", "author": "a{{i % 3}}", "verdict": "{{(i % 5 == 0 ? "violating" : i % 5 == 1 ? "borderline" : "safe")}}", "category": "{{(i % 2 == 0 ? "hate" : "spam")}}", "score": 0.5, "release": "v{{i % 2}}", "decided": "2026-01-{{1 + (i / 2):00}}T00:00:00Z"}"""));
        await Server.Client.PostJson("/v1/decisions/record", $$"""{"decisions": [{{items}}]}""").Body();
    }

    [Theory]
    [InlineData("verdict=violating", "25 20 15 10 5 0")]
    [InlineData("verdict=safe&from=2026-01-14", "29 28 27")]
    [InlineData("category=spam&to=2026-01-03", "3 1")]
    [InlineData("author=a1&from=2026-01-12T00:00:00Z", "28 25 22")]
    [InlineData("author=nobody", "")]
    [InlineData("release=v0&verdict=borderline", "26 16 6")]
    [InlineData("contentId=r7", "7")]
    public async Task A_search_finds_what_it_asks_for_newest_first(string query, string expected)
    {
        var page = await Server.Client.GetAsync($"/v1/decisions?{query}", Cancel).Body();
        Assert.Equal(expected, string.Join(' ', page.GetProperty("decisions").EnumerateArray().Select(one => one.Text("contentId")[1..])));
        Assert.False(page.TryGetProperty("next", out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("&verdict=safe")]
    [InlineData("&author=a2")]
    public async Task Pages_put_together_are_the_whole_also_when_decisions_arrive_meanwhile(string filter)
    {
        var whole = await Ids($"/v1/decisions?limit=1000{filter}");
        var pages = new List<string>();
        string after = "";
        do
        {
            var page = await Server.Client.GetAsync($"/v1/decisions?limit=4{filter}{after}", Cancel).Body();
            pages.AddRange(page.GetProperty("decisions").EnumerateArray().Select(one => one.Text("contentId")));
            after = page.TryGetProperty("next", out var next) ? $"&after={next.GetString()}" : "";
            await Server.Client.PostJson("/v1/decisions", """{"content": {"text": "new", "author": "a2"}}""").Body();
        }
        while (after.Length > 0);
        Assert.Equal(whole, pages);
    }

    [Fact]
    public async Task A_wrong_search_names_every_wrong_parameter()
    {
        var problem = await Server.Client.GetAsync("/v1/decisions?verdict=bad&category=anger&from=monday&limit=1001&after=x&colour=red", Cancel).Body(HttpStatusCode.BadRequest);
        Assert.Equal(
            ["after", "category", "colour", "from", "limit", "verdict"],
            problem.GetProperty("errors").EnumerateArray().Select(error => error.Text("field")).Order());
    }

    private async Task<List<string>> Ids(string path) =>
        [.. (await Server.Client.GetAsync(path, Cancel).Body()).GetProperty("decisions").EnumerateArray().Select(one => one.Text("contentId"))];
}

public sealed class DecisionSearchOnSqlite() : DecisionSearchTests(StoreKind.Sqlite);

public sealed class DecisionSearchOnPostgres() : DecisionSearchTests(StoreKind.Postgres);
