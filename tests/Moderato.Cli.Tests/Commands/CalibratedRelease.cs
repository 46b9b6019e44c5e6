using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Moderato.Server.Classification;
using Moderato.Server.Hosting;
using Moderato.Server.Tests.Classification;

namespace Moderato.Cli.Tests.Commands;

/// <summary>A release that <c>releases calibrate</c> made with a model that knows abuse, if not always.</summary>
internal static class CalibratedRelease
{
    public static FaultyProvider Judging(Func<string, int>? status = null) => new((request, stream, cancel) => AnswerAsync(status?.Invoke(request) ?? 200, request, stream, cancel));

    public static async Task AnswerAsync(int status, string request, Stream stream, CancellationToken cancel)
    {
        bool abuse = LabelledAbuse.IsAbuse(request);
        bool said = request.Contains("on monday", StringComparison.Ordinal) ? !abuse : abuse;
        string body = FaultyProvider.Chat($$$"""{"harassment": {"violates": {{{(said ? "true" : "false")}}}, "confidence": 0.9}}""");
        await stream.WriteAsync(Encoding.UTF8.GetBytes(FaultyProvider.Head(status, body.Length) + body), cancel);
    }

    /// <summary>Calibrates, sends what came out to a server, makes it live there and has it decide a content.</summary>
    /// <param name="model">The endpoint that the server asks.</param>
    public static async Task<JsonElement> DecideAsync(TemporaryFolder folder, Uri model)
    {
        var cancel = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(folder["llm.json"], """{"model": "test-model", "adapter": "chat-json"}""", cancel);
        await File.WriteAllTextAsync(folder["own.jsonl"], LabelledAbuse.Of(240), cancel);
        using (var calibrating = Judging())
        {
            await Run("calibrate", folder["own.jsonl"], "--tier", folder["llm.json"], "--url", calibrating.Url.ToString(), "--band", "0:0.9", "--out", folder["next"]);
        }

        var endpoint = new EndpointSettings { Url = model, ThirdParty = false, TimeoutMs = 120_000 };
        var settings = new ServerSettings { Data = folder["data"], Urls = ["http://127.0.0.1:0"], Endpoints = new Dictionary<string, EndpointSettings> { ["default"] = endpoint } };
        var (server, _) = await ModeratoServer.CreateAsync(settings, TimeProvider.System, builder => builder.Logging.ClearProviders(), cancel);
        await using WebApplication running = server;
        await running.StartAsync(cancel);
        string[] there = ["--from", running.Urls.First(), "--key-file", folder["data/admin.key"]];
        string release = (await Run(["create", "--bundle", folder["next"], .. there])).Trim();
        await Run(["promote", release, .. there]);
        using var client = new HttpClient { BaseAddress = new Uri(running.Urls.First()), Timeout = TimeSpan.FromMinutes(3) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(folder["data/admin.key"], cancel)).Trim());
        using var body = new StringContent("""{"content": {"id": "c1", "text": "nobody likes you, loser", "language": "en"}}""", Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync("/v1/decisions", body, cancel);
        string text = await answer.Content.ReadAsStringAsync(cancel);
        Assert.True(answer.IsSuccessStatusCode, text);
        await running.StopAsync(cancel);
        return JsonElement.Parse(text).GetProperty("decisions")[0];
    }

    private static async Task<string> Run(params string[] words)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        int exit = await Program.Run(["releases", .. words], output, error, TimeProvider.System);
        Assert.True(exit == ExitCode.Done, error.ToString());
        return output.ToString();
    }
}
