using System.Net;
using System.Text;
using System.Text.Json;

namespace Moderato.Server.Tests.Hosting;

/// <summary>Requests as a client writes them, answers as it sees them.</summary>
public static class Json
{
    public static Task<HttpResponseMessage> PostJson(this HttpClient client, string path, string json) =>
        client.PostAsync(path, new StringContent(json, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

    public static async Task<JsonElement> Body(this Task<HttpResponseMessage> answer, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await answer;
        string body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == expected, $"{(int)response.StatusCode} instead of {(int)expected}: {body}");
        return JsonDocument.Parse(body).RootElement;
    }

    public static string Text(this JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
