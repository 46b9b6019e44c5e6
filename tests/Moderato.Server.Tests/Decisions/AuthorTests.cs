using System.Text.Json;
using Moderato.Server.Tests.Hosting;

namespace Moderato.Server.Tests.Decisions;

/// <summary>What one author wrote, among more decisions than a block of the index holds.</summary>
public abstract class AuthorTests(StoreKind kind) : ServerTest(kind)
{
    private const int PerCall = 1_000;
    private const int Calls = 3;
    private const int Authors = 700;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        for (int call = 0; call < Calls; call++)
        {
            var items = Enumerable.Range(call * PerCall, PerCall).Select(i => $$"""{"id": "r{{i}}", "text": "text {{i}}", "author": "a{{i % Authors}}", "verdict": "safe", "release": "v1"}""");
            await Server.Client.PostJson("/v1/decisions/record", $$"""{"decisions": [{{string.Join(',', items)}}]}""").Body();
        }
    }

    [Fact]
    public async Task An_author_is_found_in_every_block() => Assert.Equal(["r5", "r705", "r1405", "r2105", "r2805"], await ContentsOf("a5"));

    [Fact]
    public async Task An_author_who_is_erased_is_gone_from_every_block_and_nobody_else_is()
    {
        var erased = await Server.Client.PostJson("/v1/erasures", """{"author": "a5"}""").Body();
        Assert.Equal(5, erased.GetProperty("erased").GetInt32());
        Assert.Empty(await ContentsOf("a5"));
        Assert.Equal(["r6", "r706", "r1406", "r2106", "r2806"], await ContentsOf("a6"));
    }

    private async Task<List<string>> ContentsOf(string author) =>
        [.. (await Server.Client.GetAsync($"/v1/decisions?author={author}", Cancel).Body()).GetProperty("decisions").EnumerateArray()
            .Select(one => one.GetProperty("contentId").GetString()!).OrderBy(id => int.Parse(id[1..], System.Globalization.CultureInfo.InvariantCulture))];
}

public sealed class AuthorsOnSqlite() : AuthorTests(StoreKind.Sqlite);

public sealed class AuthorsOnPostgres() : AuthorTests(StoreKind.Postgres);
