using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Moderato.Server.Contents;
using Moderato.Server.Storage;
using Moderato.Server.Tests.Hosting;

namespace Moderato.Server.Tests.Contents;

public abstract class ContentTests(StoreKind kind) : ServerTest(kind)
{
    private Store Store => Server.App.Services.GetRequiredService<Store>();

    private ContentQueries Contents => Server.App.Services.GetRequiredService<ContentQueries>();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        string contents = string.Join(',', Enumerable.Range(0, 9).Select(i => $$"""{"id": "c{{i}}", "text": "words-of-author-{{i % 3}}", "author": "author-{{i % 3}}", "context": {"parent": "parent-{{i}}"} }"""));
        await Server.Client.PostJson("/v1/decisions", $$"""{"contents": [{{contents}}]}""").Body();
    }

    [Fact]
    public async Task An_author_is_erased_and_every_count_stays_true()
    {
        long before = await Recount.AssertEqual(Server.App.Services);
        Assert.Equal("words-of-author-1", (await Contents.FindAsync(1, "c4", Cancel))!.Text);
        Assert.Equal("parent-4", (await Contents.FindAsync(1, "c4", Cancel))!.Context!.Parent);

        var answer = await Server.Client.PostJson("/v1/erasures", """{"author": "author-1", "why": "asked"}""").Body();
        Assert.Equal(3, answer.GetProperty("erased").GetInt32());
        Assert.Null(await Contents.FindAsync(1, "c4", Cancel));
        Assert.NotNull(await Contents.FindAsync(1, "c5", Cancel));
        Assert.Empty((await Server.Client.GetAsync("/v1/decisions?author=author-1", Cancel).Body()).GetProperty("decisions").EnumerateArray());
        Assert.Equal(before, await Recount.AssertEqual(Server.App.Services));
        Assert.Equal(6, await Recount.RowsOf(Store, "contents"));
        Assert.Equal(9, await Recount.RowsOf(Store, "decisions"));
        Assert.Equal(1, await Recount.RowsOf(Store, "\"AuditEntries\" WHERE \"Action\" = 'content.erase'"));
    }

    [Fact]
    public async Task An_erased_content_is_still_known_by_its_id()
    {
        var decided = await Server.Client.PostJson("/v1/decisions", """{"content": {"id": "x", "text": "to be forgotten"}}""").Body();
        Assert.Equal(1, (await Server.Client.PostJson("/v1/erasures", """{"contentId": "x"}""").Body()).GetProperty("erased").GetInt32());
        Assert.Equal(0, (await Server.Client.PostJson("/v1/erasures", """{"contentId": "x"}""").Body()).GetProperty("erased").GetInt32());
        var again = await Server.Client.PostJson("/v1/decisions", """{"content": {"id": "x", "text": "to be forgotten"}}""").Body();
        Assert.Equal(decided.ToString(), again.ToString());
        await Server.Client.PostJson("/v1/decisions", """{"content": {"id": "x", "text": "another"}}""").Body(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Old_texts_are_deleted_and_young_ones_kept()
    {
        Assert.Equal(0, await Contents.DeleteStoredBeforeAsync(TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(1), Cancel));
        Assert.Equal(9, await Contents.DeleteStoredBeforeAsync(TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(1), Cancel));
        Assert.Equal(0, await Recount.RowsOf(Store, "contents"));
        Assert.Equal(9, await Recount.AssertEqual(Server.App.Services));
    }

    [Fact]
    public async Task No_byte_of_an_erased_text_is_left_in_the_embedded_store()
    {
        if (Store is not SqliteStore)
        {
            return;
        }

        await Server.Client.PostJson("/v1/erasures", """{"author": "author-2"}""").Body();
        foreach (string file in Directory.GetFiles(Server.Folder, "moderato.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, Cancel);
            Assert.True(bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf("words-of-author-2"u8) < 0, $"{Path.GetFileName(file)} still has it");
        }

        Assert.Contains("words-of-author-1", Encoding.UTF8.GetString(await File.ReadAllBytesAsync(Path.Combine(Server.Folder, "moderato.db"), Cancel)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"contentId": "a", "author": "b"}""")]
    [InlineData("""{"contentId": 5}""")]
    public async Task An_erasure_names_one_thing(string body) => await Server.Client.PostJson("/v1/erasures", body).Body(HttpStatusCode.BadRequest);
}

public sealed class ContentsOnSqlite() : ContentTests(StoreKind.Sqlite);

public sealed class ContentsOnPostgres() : ContentTests(StoreKind.Postgres);
