using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Moderato.Server.Tests.Hosting;
using Moderato.Server.Webhooks;

namespace Moderato.Server.Tests.Webhooks;

public abstract class DeliveryTests(StoreKind kind) : WebhookTest(kind)
{
    [Fact]
    public async Task A_receiver_that_knows_the_secret_can_tell_that_it_is_ours()
    {
        var webhook = await Subscribe();
        await Decide("c1", "good morning");
        await Deliver();
        AssertSigned(Assert.Single(Receiver.All), webhook.Text("secret"), Time.GetUtcNow());
    }

    [Theory]
    [InlineData(500)]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(302)]
    [InlineData(304)]
    public async Task What_is_not_2xx_is_sent_again_under_the_same_id_and_no_redirect_is_followed(int status)
    {
        int webhook = (await Subscribe()).GetProperty("id").GetInt32();
        Receiver.Behave = (http, _) =>
        {
            http.Response.Headers.Location = "/elsewhere";
            return Receiver.Answer(http, Receiver.All.Count == 1 ? status : 204);
        };
        await Decide("c1", "good morning");
        await Deliver();
        await Deliver();
        Assert.Single(Receiver.All);
        var waits = Assert.Single(await Deliveries(webhook, "?state=waiting"));
        Assert.Equal((1, $"{status}"), (waits.GetProperty("attempts").GetInt32(), waits.Text("outcome")));

        Time.SetUtcNow(waits.GetProperty("nextAttempt").GetDateTimeOffset());
        await Deliver();
        Assert.Equal(2, Receiver.All.Count);
        Assert.Equal(Receiver.All[0].EventId, Receiver.All[1].EventId);
        Assert.Equal(Receiver.All[0].Text, Receiver.All[1].Text);
        Assert.All(Receiver.All, one => Assert.Equal("/hook", one.Path));
        Assert.Equal((2, "204"), (await Deliveries(webhook, "?state=delivered"))[0] is var done ? (done.GetProperty("attempts").GetInt32(), done.Text("outcome")) : default);
    }

    [Fact]
    public async Task A_connection_that_is_reset_and_one_that_is_refused_are_failures_of_their_own()
    {
        int webhook = (await Subscribe()).GetProperty("id").GetInt32();
        Receiver.Behave = (http, _) =>
        {
            http.Abort();
            return Task.CompletedTask;
        };
        await Decide("c1", "good morning");
        await Deliver();
        Assert.Equal("responseEnded", (await Deliveries(webhook))[0].Text("outcome"));

        await Receiver.DisposeAsync();
        Time.Advance(TimeSpan.FromMinutes(1));
        await Deliver();
        Assert.Equal((2, "connectionError"), (await Deliveries(webhook))[0] is var row ? (row.GetProperty("attempts").GetInt32(), row.Text("outcome")) : default);
    }

    [Fact]
    public async Task A_receiver_that_does_not_answer_is_left_after_ten_seconds()
    {
        int webhook = (await Subscribe()).GetProperty("id").GetInt32();
        var released = new TaskCompletionSource();
        Receiver.Behave = (_, _) => released.Task;
        await Decide("c1", "good morning");
        var delivering = Deliver();
        await Receiver.NextAsync();
        Assert.False(delivering.IsCompleted);
        Time.Advance(WebhookSender.Timeout);
        await delivering;
        Assert.Equal("timeout", (await Deliveries(webhook))[0].Text("outcome"));
        released.SetResult();
    }

    [Fact]
    public async Task While_a_receiver_fails_decisions_are_answered_and_it_is_not_asked_for_each_of_them()
    {
        int webhook = (await Subscribe()).GetProperty("id").GetInt32();
        Receiver.Behave = (http, _) => Receiver.Answer(http, 503);
        for (int i = 0; i < 40; i++)
        {
            await Decide($"c{i}", "good morning");
            await Deliver();
        }

        Assert.Single(Receiver.All);
        Assert.Equal(40, (await Server.Client.GetAsync($"/v1/webhooks/{webhook}", Cancel).Body()).GetProperty("waiting").GetInt32());
        Receiver.Behave = (_, _) => Task.CompletedTask;
        Time.Advance(TimeSpan.FromSeconds(30));
        await Deliver();
        Assert.Equal(41, Receiver.All.Count);
        Assert.Equal(0, (await Server.Client.GetAsync($"/v1/webhooks/{webhook}", Cancel).Body()).GetProperty("waiting").GetInt32());
    }

    [Fact]
    public async Task As_long_as_the_receiver_asks_for_it_is_left_alone()
    {
        await Subscribe();
        Receiver.Behave = (http, _) =>
        {
            http.Response.Headers.RetryAfter = "1800";
            return Receiver.Answer(http, 429);
        };
        await Decide("c1", "good morning");
        await Deliver();
        Skip(TimeSpan.FromSeconds(1_799));
        await Deliver();
        Assert.Single(Receiver.All);
        Time.Advance(TimeSpan.FromSeconds(1));
        await Deliver();
        Assert.Equal(2, Receiver.All.Count);
    }

    [Fact]
    public async Task After_a_day_it_is_a_dead_letter_that_can_be_seen_and_replayed_and_what_came_after_it_goes_on()
    {
        int webhook = (await Subscribe()).GetProperty("id").GetInt32();
        Receiver.Behave = (http, received) => Receiver.Answer(http, received.Kind == "decision.made" && received.ContentId == "c1" ? 500 : 200);
        await Decide("c1", "good morning");
        await Server.Client.PostJson("/v1/actions", """{"actions": [{"contentId": "c1", "action": "published"}]}""").Body();
        var began = Time.GetUtcNow();
        await Deliver();
        while ((await Deliveries(webhook, "?state=waiting")).FirstOrDefault(one => one.Text("type") == "decision.made") is { ValueKind: System.Text.Json.JsonValueKind.Object } waits)
        {
            Assert.All(Receiver.All, one => Assert.Equal("decision.made", one.Kind));
            Time.SetUtcNow(waits.GetProperty("nextAttempt").GetDateTimeOffset());
            await Deliver();
        }

        Assert.Equal(began + TimeSpan.FromDays(1), Time.GetUtcNow());
        var dead = Assert.Single(await Deliveries(webhook, "?state=dead"));
        Assert.InRange(dead.GetProperty("attempts").GetInt32(), 19, 28);
        Assert.Equal(("500", "c1"), (dead.Text("outcome"), dead.Text("contentId")));
        Assert.Equal(1, (await Server.Client.GetAsync($"/v1/webhooks/{webhook}", Cancel).Body()).GetProperty("dead").GetInt32());

        Time.Advance(TimeSpan.FromMinutes(2));
        await Deliver();
        Assert.Equal("action.recorded", Receiver.All[^1].Kind);

        Receiver.Behave = (_, _) => Task.CompletedTask;
        var replay = await Server.Client.PostJson($"/v1/webhooks/{webhook}/replay", """{"state": "dead"}""").Body(HttpStatusCode.Accepted);
        Assert.Equal(1, replay.GetProperty("events").GetInt32());
        await Deliver();
        Assert.Equal((dead.Text("eventId"), "decision.made"), (Receiver.All[^1].EventId, Receiver.All[^1].Kind));
        Assert.Empty(await Deliveries(webhook, "?state=dead"));
    }

    [Fact]
    public async Task What_was_delivered_is_replayed_by_time_or_by_id_in_its_order()
    {
        int webhook = (await Subscribe()).GetProperty("id").GetInt32();
        foreach (string id in (string[])["c1", "c2", "c3"])
        {
            await Decide(id, "good morning");
            Skip(TimeSpan.FromMinutes(10));
        }

        await Server.Client.PostJson("/v1/actions", """{"actions": [{"contentId": "c2", "action": "published"}]}""").Body();
        await Deliver();
        Assert.Equal(4, Receiver.All.Count);

        async Task<IEnumerable<string>> Replayed(string body)
        {
            int before = Receiver.All.Count;
            await Server.Client.PostJson($"/v1/webhooks/{webhook}/replay", body).Body(HttpStatusCode.Accepted);
            await Deliver();
            return Receiver.All.Skip(before).Select(one => $"{one.Kind} {one.ContentId}");
        }

        Assert.Equal(["decision.made c2"], await Replayed("""{"from": "2026-03-01T08:10:00Z", "to": "2026-03-01T08:20:00Z"}"""));
        Assert.Equal(["decision.made c1"], await Replayed($$"""{"eventId": "{{Receiver.All.First(one => one.ContentId == "c1").EventId}}"}"""));
        var all = (await Replayed("""{"from": "2026-03-01T00:00:00Z"}""")).ToList();
        Assert.Equal(4, all.Count);
        Assert.True(all.IndexOf("decision.made c2") < all.IndexOf("action.recorded c2"));
        Assert.Empty(await Replayed("""{"eventId": "e999"}"""));
    }

    [Fact]
    public async Task Gone_pauses_the_webhook_and_what_waited_is_sent_when_it_is_resumed()
    {
        int webhook = (await Subscribe()).GetProperty("id").GetInt32();
        Receiver.Behave = (http, _) => Receiver.Answer(http, 410);
        await Decide("c1", "good morning");
        await Deliver();
        var paused = await Server.Client.GetAsync($"/v1/webhooks/{webhook}", Cancel).Body();
        Assert.Equal(("it answered 410 Gone", 1), (paused.Text("pausedBecause"), paused.GetProperty("waiting").GetInt32()));
        await Decide("c2", "good morning");
        Skip(TimeSpan.FromHours(30));
        await Deliver();
        Assert.Single(Receiver.All);

        Receiver.Behave = (_, _) => Task.CompletedTask;
        using var resumed = await Server.Client.PostAsync($"/v1/webhooks/{webhook}/resume", null, Cancel);
        Assert.Equal(HttpStatusCode.NoContent, resumed.StatusCode);
        await Deliver();
        Assert.Equal(["c1", "c1", "c2"], Receiver.All.Select(one => one.ContentId).Order());
    }

    [Fact]
    public async Task While_a_secret_is_changed_over_both_sign_and_then_the_new_one_alone()
    {
        var webhook = await Subscribe();
        var rotated = await Server.Client.PostJson($"/v1/webhooks/{webhook.GetProperty("id")}/rotate", """{"graceHours": 2}""").Body();
        Assert.NotEqual(webhook.Text("secret"), rotated.Text("secret"));
        await Decide("c1", "good morning");
        await Deliver();
        AssertSigned(Receiver.All[0], webhook.Text("secret"), Time.GetUtcNow());
        AssertSigned(Receiver.All[0], rotated.Text("secret"), Time.GetUtcNow());

        Skip(TimeSpan.FromHours(2));
        await Decide("c2", "good morning");
        await Deliver();
        AssertSigned(Receiver.All[1], rotated.Text("secret"), Time.GetUtcNow());
        Assert.False(IsSigned(Receiver.All[1], webhook.Text("secret"), Time.GetUtcNow()));
    }

    [Fact]
    public async Task The_figures_of_what_is_behind_are_in_the_metrics_and_old_events_go_with_their_time()
    {
        int webhook = (await Subscribe()).GetProperty("id").GetInt32();
        Receiver.Behave = (http, received) => Receiver.Answer(http, received.ContentId == "c1" ? 200 : 500);
        await Decide("c1", "good morning");
        await Deliver();
        await Decide("c2", "good morning");
        await Deliver();
        Skip(TimeSpan.FromSeconds(90));
        var retention = Server.App.Services.GetRequiredService<EventRetention>();
        await retention.RunAsync(Cancel);
        string metrics = await Server.Client.GetStringAsync("/metrics", Cancel);
        Assert.Contains($"moderato_webhooks_waiting{{otel_scope_name=\"Moderato.Webhooks\",webhook=\"{webhook}\"}} 1", metrics, StringComparison.Ordinal);
        Assert.Contains($"webhook=\"{webhook}\"}} 90", metrics.Split('\n').Single(line => line.StartsWith("moderato_webhooks_oldest_seconds{", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("outcome=\"delivered\"", metrics, StringComparison.Ordinal);
        Assert.Contains("outcome=\"500\"", metrics, StringComparison.Ordinal);

        Skip(TimeSpan.FromDays(29));
        await retention.RunAsync(Cancel);
        Assert.Equal(2, (await Deliveries(webhook)).Count);
        Skip(TimeSpan.FromDays(2));
        await retention.RunAsync(Cancel);
        Assert.Empty(await Deliveries(webhook));
        Assert.Equal(0, await Recount.RowsOf(Server.App.Services.GetRequiredService<Server.Storage.Store>(), "outbox"));
    }

    /// <summary>As a receiver in another language would: by the words of the documentation alone.</summary>
    private static bool IsSigned(Received received, string secret, DateTimeOffset now)
    {
        var parts = received.Signature.Split(',').Select(part => part.Split('=', 2)).ToLookup(part => part[0], part => part[1]);
        string seconds = parts["t"].Single();
        using var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(secret));
        string expected = Convert.ToHexString(hmac.ComputeHash(Encoding.UTF8.GetBytes($"{seconds}.{received.Text}")));
        return Math.Abs(now.ToUnixTimeSeconds() - long.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture)) <= 300
            && parts["v1"].Any(one => one.Equals(expected, StringComparison.OrdinalIgnoreCase));
    }

    private static void AssertSigned(Received received, string secret, DateTimeOffset now) => Assert.True(IsSigned(received, secret, now), received.Signature);
}

public sealed class DeliveriesOnSqlite() : DeliveryTests(StoreKind.Sqlite);

public sealed class DeliveriesOnPostgres() : DeliveryTests(StoreKind.Postgres);
