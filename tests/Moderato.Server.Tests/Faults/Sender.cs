using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Moderato.Server.Tests.Hosting;

namespace Moderato.Server.Tests.Faults;

/// <summary>Sends contents one after the other and keeps what was answered: a decision, or that it be sent again.</summary>
internal sealed class Sender(string prefix)
{
    private readonly ConcurrentDictionary<string, string> answered = [];
    private readonly ConcurrentQueue<string> refused = [];
    private int next;

    /// <summary>Contents that were answered with a decision.</summary>
    public int Answered => answered.Count;

    /// <summary>Contents that were answered 503.</summary>
    public int Refused => refused.Count;

    /// <returns>Whether it was decided; everything but that and 503 fails the test.</returns>
    public Task<bool> SendAsync(HttpClient client) => SendAsync(client, FormattableString.Invariant($"{prefix}{Interlocked.Increment(ref next)}"));

    /// <summary>Sends until something else says stop.</summary>
    public async Task SendUntilAsync(HttpClient client, Func<bool> enough)
    {
        while (!enough())
        {
            await SendAsync(client);
        }
    }

    /// <summary>What was refused is decided now, and what was answered before is answered the same.</summary>
    public async Task AssertNothingLostAsync(HttpClient client)
    {
        while (refused.TryDequeue(out var id))
        {
            Assert.True(await SendAsync(client, id));
        }

        foreach (string id in answered.Keys)
        {
            await SendAsync(client, id);
        }

        string after = "";
        var found = new List<string>();
        do
        {
            var page = await client.GetAsync($"/v1/decisions?limit=1000{after}", TestContext.Current.CancellationToken).Body();
            found.AddRange(page.GetProperty("decisions").EnumerateArray().Select(one => one.Text("contentId")));
            after = page.TryGetProperty("next", out var more) ? $"&after={more.GetString()}" : "";
        }
        while (after.Length > 0);
        Assert.Equal(answered.Keys.Order(), found.Order());
    }

    private async Task<bool> SendAsync(HttpClient client, string id)
    {
        var response = await client.PostJson("/v1/decisions", JsonSerializer.Serialize(new { content = new { id, text = "see you tomorrow", author = "a1" } }));
        if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            Assert.Equal("urn:moderato:problem:store-unavailable", (await Task.FromResult(response).Body(HttpStatusCode.ServiceUnavailable)).Text("type"));
            refused.Enqueue(id);
            return false;
        }

        string decision = (await Task.FromResult(response).Body()).GetProperty("decisions")[0].Text("id");
        Assert.Equal(decision, answered.GetOrAdd(id, decision));
        return true;
    }
}
