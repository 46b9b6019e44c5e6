using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Moderato.Server.Releases;
using Moderato.Server.Storage;
using Moderato.Server.Tests.Hosting;

namespace Moderato.Server.Tests.Releases;

/// <summary>A bad release has blocked everything; another one decides its window again.</summary>
public abstract class RedecisionTests(StoreKind kind) : ReleaseTest(kind)
{
    private const string From = "2020-01-01T00:00:00Z";

    private string shipped = null!;
    private string strict = null!;

    private Store Store => Server.App.Services.GetRequiredService<Store>();

    [Fact]
    public async Task A_preview_counts_what_would_change_and_changes_nothing()
    {
        await TheBadReleaseDecides(30);
        var preview = await Preview();
        Assert.Equal((30, 30, 0, 0), (Number(preview, "contents"), Number(preview, "restored"), Number(preview, "newlyCaught"), Number(preview, "unchanged")));
        Assert.Equal(3, Number(preview, "authorsTouched"));
        Assert.Equal(("toxicity", 30), (preview.GetProperty("categories")[0].Text("category"), Number(preview.GetProperty("categories")[0], "restored")));
        Assert.Equal(20, preview.GetProperty("sample").EnumerateArray().Select(one => one.Text("contentId")).Distinct().Count());
        Assert.Equal(preview.GetProperty("sample").ToString(), (await Preview()).GetProperty("sample").ToString());
        Assert.Equal(30, await Recount.RowsOf(Store, "decisions"));
        Assert.Equal(0, Number(await Preview("""{"from": "2020-01-01T00:00:00Z", "preview": true, "category": "spam"}"""), "restored"));
        Assert.Equal(30, Number(await Preview(release: strict), "unchanged"));
    }

    [Fact]
    public async Task What_it_reverses_is_a_further_decision_with_its_event_and_the_first_one_stays()
    {
        await Listen();
        await TheBadReleaseDecides(30);
        var done = await Redecide();
        Assert.Equal((30, 30), (Number(done, "seen"), Number(done, "reversed")));
        var decisions = (await Server.Client.GetAsync("/v1/decisions?contentId=c7", Cancel).Body()).GetProperty("decisions").EnumerateArray().ToList();
        Assert.Equal([("safe", shipped), ("violating", strict)], decisions.Select(one => (one.Text("verdict"), one.Text("release"))));
        Assert.Equal("safe", (await DecideAsync("c7", "good morning 7")).Text("verdict"));
        Assert.Equal(1, await Recount.RowsOf(Store, """ "AuditEntries" WHERE "Action" = 'release.redecide' AND "Why" = 'bad night' """));
        await Recount.AssertEqual(Server.App.Services);
        Assert.Equal(30, await Recount.RowsOf(Store, "outbox WHERE kind = 'decision.reversed'"));

        var again = await Redecide();
        Assert.Equal((30, 0), (Number(again, "seen"), Number(again, "reversed")));
        Assert.Equal(60, await Recount.RowsOf(Store, "decisions"));
        var back = await Redecide(strict);
        Assert.Equal(30, Number(back, "reversed"));
    }

    [Fact]
    public async Task A_persons_decision_is_never_reversed()
    {
        await TheBadReleaseDecides(0);
        string borderline = (await Server.Client.PostJson("/v1/releases", """{"thresholds": {"toxicity": {"cuts": {"reviewFrom": 0}}}}""").Body(HttpStatusCode.Created)).Text("id");
        await PromoteAsync(borderline);
        string review = (await DecideAsync("c1", "good morning")).GetProperty("review").Text("id");
        using (var answer = await Server.Client.PostJson($"/v1/reviews/{review}", """{"verdict": "safe"}"""))
        {
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        await PromoteAsync(strict);
        Assert.Equal("person", (await DecideAsync("c2", "good morning")).Text("tier"));
        await DecideAsync("c3", "good evening");
        var done = await Redecide();
        Assert.Equal((3, 1, 2), (Number(done, "seen"), Number(done, "reversed"), Number(done, "bound")));
    }

    [Fact]
    public async Task A_reversal_closes_the_review_that_is_open_on_the_content()
    {
        await TheBadReleaseDecides(0);
        string borderline = (await Server.Client.PostJson("/v1/releases", """{"thresholds": {"toxicity": {"cuts": {"reviewFrom": 0}}}}""").Body(HttpStatusCode.Created)).Text("id");
        await PromoteAsync(borderline);
        string review = (await DecideAsync("c1", "good morning")).GetProperty("review").Text("id");
        Assert.Equal(1, Number(await Redecide(), "reversed"));
        Assert.Equal(0, await Recount.RowsOf(Store, "review_items WHERE state = 0"));
        await Server.Client.PostJson($"/v1/reviews/{review}", """{"verdict": "safe"}""").Body(HttpStatusCode.NotFound);

        Assert.Equal(1, Number(await Redecide(borderline), "reversed"));
        Assert.Equal(1, await Recount.RowsOf(Store, "review_items WHERE state = 0"));
        Assert.Equal(2, await Recount.RowsOf(Store, "review_items"));
    }

    [Fact]
    public async Task It_goes_on_after_a_restart_from_where_it_was_and_reverses_nothing_twice()
    {
        await TheBadReleaseDecides(40);
        await Server.Client.PostJson($"/v1/releases/{shipped}/redecide", $$"""{"from": "{{From}}", "reason": "bad night", "perMinute": 600}""").Body(HttpStatusCode.Accepted);
        await UntilAsync(Status, answer => Number(answer, "reversed") > 0);
        Server = await Server.RestartAsync();

        // As if it had been killed between a commit and writing down how far it was.
        await using (var state = Store.State())
        {
            await state.Redecisions.ExecuteUpdateAsync(
                set => set.SetProperty(one => one.AfterTime, 0).SetProperty(one => one.AfterSequence, 0).SetProperty(one => one.Seen, 0).SetProperty(one => one.Reversed, 0)
                    .SetProperty(one => one.PerMinute, 1_000_000).SetProperty(one => one.LeaseUntil, (DateTimeOffset?)null),
                Cancel);
        }

        var done = await UntilAsync(Status, answer => answer.Text("state") == "done");
        Assert.Equal((40, 40), (Number(done, "seen"), Number(done, "reversed")));
        Assert.Equal(80, await Recount.RowsOf(Store, "decisions"));
    }

    [Fact]
    public async Task It_can_be_stopped_where_it_is()
    {
        await TheBadReleaseDecides(10);
        var started = await Server.Client.PostJson($"/v1/releases/{shipped}/redecide", $$"""{"from": "{{From}}", "reason": "bad night", "perMinute": 1}""").Body(HttpStatusCode.Accepted);
        string path = $"/v1/releases/{shipped}/redecide/{Number(started, "id")}/stop";
        Assert.Equal("stopped", (await Server.Client.PostJson(path, "{}").Body()).Text("state"));
        await Server.Client.PostJson(path, "{}").Body(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_text_that_is_gone_and_another_systems_verdict_are_left_as_they_are()
    {
        await TheBadReleaseDecides(2);
        await Server.Client.PostJson("/v1/erasures", """{"contentId": "c0"}""").Body();
        await Server.Client.PostJson("/v1/decisions/record", """{"decisions": [{"id": "r1", "text": "hello", "verdict": "violating", "category": "hate", "release": "theirs"}]}""").Body();
        var preview = await Preview();
        Assert.Equal((1, 1, 1), (Number(preview, "restored"), Number(preview, "withoutText"), Number(preview, "ofOtherSystems")));
        var done = await Redecide();
        Assert.Equal((3, 1, 1), (Number(done, "seen"), Number(done, "reversed"), Number(done, "withoutText")));
    }

    private async Task TheBadReleaseDecides(int contents)
    {
        shipped = (await ReleasesAsync()).Text("live");
        strict = await StrictAsync();
        await PromoteAsync(strict);
        for (int i = 0; i < contents; i++)
        {
            Assert.Equal("violating", (await DecideAsync($"c{i}", $"good morning {i}", $"author {i % 3}")).Text("verdict"));
        }
    }

    private Task<JsonElement> Preview(string body = """{"from": "2020-01-01T00:00:00Z", "preview": true}""", string? release = null) =>
        Server.Client.PostJson($"/v1/releases/{release ?? shipped}/redecide", body).Body();

    private async Task<JsonElement> Redecide(string? release = null)
    {
        string path = $"/v1/releases/{release ?? shipped}/redecide";
        await Server.Client.PostJson(path, $$"""{"from": "{{From}}", "reason": "bad night", "perMinute": 1000000}""").Body(HttpStatusCode.Accepted);
        return await UntilAsync(async () => (await Server.Client.GetAsync(path, Cancel).Body()).GetProperty("redecisions")[0], answer => answer.Text("state") == "done");
    }

    private async Task<JsonElement> Status() => (await Server.Client.GetAsync($"/v1/releases/{shipped}/redecide", Cancel).Body()).GetProperty("redecisions")[0];

    private static long Number(JsonElement json, string name) => json.GetProperty(name).GetInt64();
}

public sealed class RedecisionsOnSqlite() : RedecisionTests(StoreKind.Sqlite);

public sealed class RedecisionsOnPostgres() : RedecisionTests(StoreKind.Postgres);
