using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Moderato.Server.Reviews;
using Moderato.Server.Storage;
using Moderato.Server.Tests.Hosting;

namespace Moderato.Server.Tests.Webhooks;

public abstract class EventTests(StoreKind kind) : WebhookTest(kind)
{
    private const string Doubtful = "you are an idiot";

    private Store Store => Server.App.Services.GetRequiredService<Store>();

    [Fact]
    public async Task A_decision_tells_its_ids_scores_and_release_and_nothing_of_what_was_written_or_who_wrote()
    {
        await Subscribe();
        await Server.Client.PostJson("/v1/decisions", $$"""{"content": {"id": "c1", "text": "{{Doubtful}}", "author": "ann", "surface": "chat", "context": {"title": "rats"} } }""").Body();
        await Deliver();
        var received = Assert.Single(Receiver.All);
        var decision = received.Body.GetProperty("decision");
        Assert.Equal(("decision.made", received.EventId, "c1", "borderline"), (received.Kind, received.Body.Text("id"), received.ContentId, decision.Text("verdict")));
        Assert.Equal(("d1", 0, "chat"), (decision.Text("id"), decision.GetProperty("revision").GetInt32(), decision.Text("surface")));
        Assert.Equal(Time.GetUtcNow(), received.Body.GetProperty("time").GetDateTimeOffset());
        Assert.Equal("publish", decision.GetProperty("review").Text("whileWaiting"));
        Assert.NotEmpty(decision.GetProperty("scores").EnumerateObject());
        Assert.False(string.IsNullOrEmpty(decision.Text("release")));
        foreach (string secret in (string[])["idiot", "ann", "rats"])
        {
            Assert.DoesNotContain(secret, received.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Each_thing_that_happens_to_a_content_is_told_in_the_order_in_which_it_did()
    {
        await Subscribe();
        var decision = await Decide("c1", Doubtful);
        string review = decision.GetProperty("review").Text("id");
        await Server.App.Services.GetRequiredService<ReviewQueries>().ExpireAsync(Time.GetUtcNow().AddHours(73), Cancel);
        using var resolved = await Server.Client.PostJson($"/v1/reviews/{review}", """{"verdict": "violating", "categories": ["hate", "harassment"], "reason": "a slur"}""");
        await Server.Client.PostJson("/v1/actions", """{"actions": [{"contentId": "c1", "action": "removed", "views": 12}]}""").Body();

        Skip(TimeSpan.FromHours(74));
        await Deliver();
        Assert.Equal(["decision.made", "review.expired", "review.decided", "action.recorded"], Receiver.All.Select(one => one.Kind));
        Assert.Equal("publish", Receiver.All[1].Body.GetProperty("expired").Text("action"));
        var person = Receiver.All[2].Body.GetProperty("review");
        Assert.Equal(("violating", review), (person.Text("verdict"), person.Text("id")));
        Assert.Equal(["hate", "harassment"], person.GetProperty("categories").EnumerateArray().Select(one => one.GetString()));
        Assert.Equal(("removed", 12), (Receiver.All[3].Body.GetProperty("action").Text("action"), Receiver.All[3].Body.GetProperty("action").GetProperty("views").GetInt32()));
        Assert.All(Receiver.All, one => Assert.Equal("d1", one.Body.GetProperty("decision").Text("id")));
        Assert.All(Receiver.All, one => Assert.DoesNotContain("slur", one.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_webhook_nothing_is_written_for_one()
    {
        await Decide("c1", Doubtful);
        using var resolved = await Server.Client.PostJson("/v1/reviews/d1", """{"verdict": "safe"}""");
        Assert.Equal(0, await Recount.RowsOf(Store, "outbox"));

        var webhook = await Subscribe(""", "events": ["review.decided"]""");
        await Decide("c2", "good morning");
        Assert.Equal(0, await Recount.RowsOf(Store, "outbox"));
        using var deleted = await Server.Client.DeleteAsync($"/v1/webhooks/{webhook.GetProperty("id")}", Cancel);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(0, await Recount.RowsOf(Store, "deliveries"));
    }

    [Fact]
    public async Task A_webhook_gets_the_verdicts_and_categories_that_it_wants_and_another_gets_its_own()
    {
        int doubtful = (await Subscribe(""", "verdicts": ["borderline"], "events": ["decision.made"]""")).GetProperty("id").GetInt32();
        int spam = (await Subscribe(""", "categories": ["spam"]""")).GetProperty("id").GetInt32();
        int all = (await Subscribe()).GetProperty("id").GetInt32();
        await Decide("c1", "good morning");
        await Decide("c2", Doubtful);
        Assert.Equal(["c2"], (await Deliveries(doubtful)).Select(one => one.Text("contentId")));
        Assert.Empty(await Deliveries(spam));
        Assert.Equal(["c2", "c1"], (await Deliveries(all)).Select(one => one.Text("contentId")));
        Assert.Equal((await Deliveries(all))[0].Text("eventId"), (await Deliveries(doubtful))[0].Text("eventId"));
        Assert.Equal(2, await Recount.RowsOf(Store, "outbox"));
    }

    [Fact]
    public async Task A_content_sent_twice_a_conflict_and_a_record_of_another_system_are_no_news()
    {
        await Subscribe();
        await Decide("c1", "good morning");
        await Decide("c1", "good morning");
        await Server.Client.PostJson("/v1/decisions", """{"content": {"id": "c1", "text": "another"}}""").Body(HttpStatusCode.Conflict);
        await Server.Client.PostJson("/v1/decisions/record", """{"decisions": [{"id": "r1", "verdict": "violating", "release": "v7"}]}""").Body();
        Assert.Equal(1, await Recount.RowsOf(Store, "outbox"));
        Assert.Equal(1, await Recount.RowsOf(Store, "deliveries"));
    }

    [Fact]
    public async Task A_batch_tells_of_each_content()
    {
        int webhook = (await Subscribe()).GetProperty("id").GetInt32();
        string contents = string.Join(',', Enumerable.Range(0, 300).Select(i => $$"""{"id": "b{{i}}", "text": "good morning {{i}}"}"""));
        await Server.Client.PostJson("/v1/decisions", $$"""{"contents": [{{contents}}]}""").Body();
        await Deliver();
        Assert.Equal(Enumerable.Range(0, 300).Select(i => $"b{i}").Order(), Receiver.All.Select(one => one.ContentId).Order());
        Assert.Equal(300, Receiver.All.Select(one => one.EventId).Distinct().Count());
        Assert.Equal(300, (await Deliveries(webhook, "?state=delivered&limit=1000")).Count);
    }
}

public sealed class EventsOnSqlite() : EventTests(StoreKind.Sqlite);

public sealed class EventsOnPostgres() : EventTests(StoreKind.Postgres);
