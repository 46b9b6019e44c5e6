using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Moderato.Server.Tests.Hosting;
using Moderato.Server.Webhooks;

namespace Moderato.Server.Tests.Webhooks;

/// <summary>Events of many contents, delivered by several hands at once to a receiver that fails now and then.</summary>
public abstract class ManyAtOnceTests(StoreKind kind) : WebhookTest(kind)
{
    private const int Contents = 60;

    [Fact]
    public async Task What_happens_to_a_content_arrives_in_its_order_and_once_however_many_deliver_and_fail()
    {
        int webhook = (await Subscribe()).GetProperty("id").GetInt32();
        var tries = new ConcurrentDictionary<string, int>();
        var taken = new ConcurrentQueue<Received>();
        Receiver.Behave = async (http, received) =>
        {
            // Each event of every third content fails at first, so that others overtake it if anything can.
            if (received.ContentId.Length % 3 == 0 && tries.AddOrUpdate(received.EventId, 1, (_, before) => before + 1) == 1)
            {
                await Receiver.Answer(http, 503);
                return;
            }

            taken.Enqueue(received);
        };
        await Task.WhenAll(Enumerable.Range(0, Contents).Select(HappenTo));

        for (int turn = 0; turn < 40 && taken.Count < 3 * Contents; turn++)
        {
            await Task.WhenAll(Deliver(), Deliver(), Deliver());
            Skip(TimeSpan.FromMinutes(10));
        }

        Assert.Equal(3 * Contents, taken.Count);
        Assert.Equal(3 * Contents, taken.Select(one => one.EventId).Distinct().Count());
        foreach (var content in taken.GroupBy(one => one.ContentId))
        {
            Assert.Equal(["decision.made", "action.recorded", "action.recorded"], content.Select(one => one.Kind));
            Assert.Equal(content.Select(one => one.Number).Order(), content.Select(one => one.Number));
        }

        Assert.Empty(await Deliveries(webhook, "?state=waiting"));
    }

    [Theory]
    [InlineData("https://10.0.0.7/hook")]
    [InlineData("https://169.254.169.254/latest")]
    [InlineData("https://[fd00::1]/hook")]
    [InlineData("https://[::ffff:192.168.1.1]/hook")]
    [InlineData("http://example.com/hook")]
    [InlineData("https://user:secret@example.com/hook")]
    [InlineData("ftp://example.com/hook")]
    public async Task A_webhook_to_what_only_we_can_reach_is_refused_when_it_is_made(string url)
    {
        using var answer = await Server.Client.PostJson("/v1/webhooks", $$"""{"url": "{{url}}"}""");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("\"url\"", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_leads_to_this_machine_is_refused_when_it_is_connected_to()
    {
        string name = Dns.GetHostName();
        var addresses = await AddressesOf(name);
        Assert.SkipWhen(addresses.Length == 0 || name == "localhost", "this machine's name leads to no address");
        var targets = Server.App.Services.GetRequiredService<WebhookTargets>();
        string port = new Uri(Receiver.Url).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        int webhook = (await Server.Client.PostJson("/v1/webhooks", $$"""{"url": "https://{{name}}:{{port}}/hook"}""").Body(HttpStatusCode.Created)).GetProperty("id").GetInt32();
        Assert.Null(targets.ErrorOf($"https://{name}/hook"));

        await Decide("c1", "good morning");
        await Deliver();

        Assert.Empty(Receiver.All);
        Assert.Equal("addressNotAllowed", (await Deliveries(webhook))[0].Text("outcome"));
    }

    private static async Task<IPAddress[]> AddressesOf(string name)
    {
        try
        {
            return await Dns.GetHostAddressesAsync(name, Cancel);
        }
        catch (System.Net.Sockets.SocketException)
        {
            return [];
        }
    }

    private async Task HappenTo(int number)
    {
        string id = new('c', 1 + (number % 4));
        id = $"{id}{number:00}";
        await Decide(id, "good morning");
        foreach (string action in (string[])["published", "limited"])
        {
            await Server.Client.PostJson("/v1/actions", $$"""{"actions": [{"contentId": "{{id}}", "action": "{{action}}"}]}""").Body();
        }
    }
}

public sealed class ManyAtOnceOnSqlite() : ManyAtOnceTests(StoreKind.Sqlite);

public sealed class ManyAtOnceOnPostgres() : ManyAtOnceTests(StoreKind.Postgres);
