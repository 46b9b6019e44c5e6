using Microsoft.Extensions.DependencyInjection;
using Moderato.Server.Decisions;
using Moderato.Server.Storage;
using Moderato.Server.Tests.Hosting;

namespace Moderato.Server.Tests.Decisions;

public abstract class SurfaceTests(StoreKind kind) : IAsyncLifetime
{
    private RunningServer server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => server = await RunningServer.StartAsync(kind, with: settings => settings with { MostSurfaces = 3 });

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task Of_more_than_the_limit_the_first_are_counted_by_name_also_after_a_restart_and_a_decision_keeps_its_own()
    {
        var said = new List<string>();
        for (int batch = 0; batch < 3; batch++)
        {
            // The ids descend while the surfaces ascend: the order of the contents is what counts.
            string contents = string.Join(',', Enumerable.Range(0, 5).Select(i => $$"""{"id": "c{{batch}}{{9 - i}}", "text": "have a nice day", "surface": "s{{batch + i}}"}"""));
            var decided = await server.Client.PostJson("/v1/decisions", $$"""{"contents": [{{contents}}, {"text": "have a nice day"}, {"text": "have a nice day", "surface": "(other)"}]}""").Body();
            said.AddRange(decided.GetProperty("decisions").EnumerateArray().Take(5).Select(one => one.Text("surface")));
            Assert.Equal((batch + 1) * 7, await Recount.AssertEqual(server.App.Services));
            if (batch == 1)
            {
                server = await server.RestartAsync();
            }
        }

        Assert.Equal(["s0", "s1", "s2", "s3", "s4", "s1", "s2", "s3", "s4", "s5", "s2", "s3", "s4", "s5", "s6"], said);
        Assert.Equal(["", "(other)", "s0", "s1", "s2"], await CountedAsync());
        server = await server.RestartAsync();
        Assert.Equal(21, await Recount.AssertEqual(server.App.Services));
        Assert.Equal(["", "(other)", "s0", "s1", "s2"], await CountedAsync());
    }

    [Fact]
    public async Task The_metrics_say_how_many_decisions_have_no_surface_among_the_counts()
    {
        string contents = string.Join(',', Enumerable.Range(0, 9).Select(i => $$"""{"text": "have a nice day", "surface": "s{{i}}"}"""));
        await server.Client.PostJson("/v1/decisions", $$"""{"contents": [{{contents}}]}""").Body();
        for (int i = 0; i < 200 && await Recount.RowsOf(server.App.Services.GetRequiredService<Store>(), "rollup_pending") > 0; i++)
        {
            await Task.Delay(50, Cancel);
        }

        using var answer = await server.Client.GetAsync("/metrics", Cancel);
        Assert.Matches(@"moderato_decisions_surface_other_total\S* 6\b", await answer.Content.ReadAsStringAsync(Cancel));
    }

    private async Task<IEnumerable<string>> CountedAsync() =>
        (await server.App.Services.GetRequiredService<CountQueries>().CellsAsync(1, 0, 1_000_000, Cancel)).Keys.Select(cell => cell.Surface).Distinct().Order(StringComparer.Ordinal);
}

public sealed class SurfacesOnSqlite() : SurfaceTests(StoreKind.Sqlite);

public sealed class SurfacesOnPostgres() : SurfaceTests(StoreKind.Postgres);
