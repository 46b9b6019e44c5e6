using Microsoft.Extensions.DependencyInjection;
using Moderato.Server.Storage;
using Moderato.Server.Tests.Hosting;

namespace Moderato.Server.Tests.Decisions;

public abstract class CountTests(StoreKind kind) : ServerTest(kind)
{
    private static readonly string[] Texts = ["have a nice day", "you are an idiot", "what a stupid thing to say", "¿cómo estás hoy, amigo mío?", "win a free prize now, click here", "12"];

    [Fact]
    public async Task Counts_equal_a_recount_of_the_log_before_and_after_they_are_added_up_and_after_a_restart()
    {
        // 40 requests at once, a fifth of the contents sent twice, some under the same id with another text, some recorded.
        var random = new Random(5);
        var bodies = Enumerable.Range(0, 40).Select(_ => string.Join(',', Enumerable.Range(0, 10).Select(_ => random.Next(320)).Select(id =>
            $$"""{"id": "c{{id}}", "text": "{{Texts[random.Next(10) == 0 ? 0 : id % Texts.Length]}}", "surface": "{{(id % 3 == 0 ? "chat" : "comment")}}"}"""))).ToList();
        await Task.WhenAll(bodies.Select(body => Server.Client.PostJson("/v1/decisions", $$"""{"contents": [{{body}}]}""").Body()));
        await Server.Client.PostJson(
            "/v1/decisions/record",
            """{"decisions": [{"id": "r1", "verdict": "violating", "category": "hate", "score": 0.99995, "release": "theirs", "decided": "2026-01-01T00:30:00Z"}, {"id": "r2", "verdict": "safe", "release": "theirs"}]}""").Body();

        long decisions = await Recount.AssertEqual(Server.App.Services);
        Assert.Equal(await Recount.RowsOf(Server.App.Services.GetRequiredService<Store>(), "decisions"), decisions);
        Assert.InRange(decisions, 200, 322);

        Server = await Server.RestartAsync();
        Assert.Equal(0, await Recount.RowsOf(Server.App.Services.GetRequiredService<Store>(), "rollup_pending"));
        Assert.Equal(decisions, await Recount.AssertEqual(Server.App.Services));
    }
}

public sealed class CountsOnSqlite() : CountTests(StoreKind.Sqlite);

public sealed class CountsOnPostgres() : CountTests(StoreKind.Postgres);
