using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Moderato.Server.Decisions;
using Moderato.Server.Storage;
using Moderato.Server.Tests.Hosting;

namespace Moderato.Server.Tests.Decisions;

public abstract class RestrictedExportTests(StoreKind kind) : ServerTest(kind)
{
    private const string Doubtful = "you are an idiot";

    [Fact]
    public async Task What_users_wrote_in_restricted_content_does_not_leave_and_its_rows_do()
    {
        await Server.Client.PostJson("/v1/decisions/record", """
            {"decisions": [
              {"id": "judged", "text": "hidden-1", "context": {"parent": "hidden-2"}, "author": "a", "verdict": "violating", "category": "sexual/minors", "score": 0.9, "release": "v7"},
              {"id": "waiting", "text": "hidden-3", "verdict": "borderline", "category": "sexual/minors", "release": "v7"},
              {"id": "named", "text": "hidden-4", "verdict": "safe", "category": "sexual/minors", "release": "v7"},
              {"id": "untold", "verdict": "violating", "category": "sexual/minors", "release": "v7"},
              {"id": "other", "text": "seen", "context": {"parent": "seen too"}, "verdict": "violating", "category": "hate", "score": 0.9, "release": "v7"},
              {"id": "scored", "text": "seen as well", "verdict": "violating", "category": "hate", "scores": {"hate": 0.9, "sexual/minors": 0.01}, "release": "v7"}]}
            """).Body();
        var (rows, text) = await Export();
        Assert.DoesNotContain("hidden", text, StringComparison.Ordinal);
        Assert.Equal(["judged", "named", "untold", "waiting"], Restricted(rows));
        Assert.Equal(["judged", "named", "other", "scored", "untold", "waiting"], rows.Select(row => row.Text("id")).Distinct().Order());
        Assert.Equal(0.9, rows.Single(row => row.Text("id") == "judged").GetProperty("score").GetDouble());
        var other = rows.Single(row => row.Text("id") == "other");
        Assert.Equal(("seen", "seen too", false), (other.Text("text"), other.Text("context"), other.TryGetProperty("restricted", out _)));
        Assert.DoesNotContain("hidden", await (await Server.Client.GetAsync("/v1/decisions", Cancel)).Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_in_which_a_person_found_it_does_not_leave_whoever_sent_it()
    {
        var contents = await Server.Client.PostJson("/v1/decisions", $$"""{"contents": [{"id": "c1", "text": "{{Doubtful}}"}, {"id": "c2", "text": "{{Doubtful}}"}, {"id": "c3", "text": "{{Doubtful}}!"}]}""").Body();
        Assert.Empty(Restricted((await Export()).Rows));
        string review = contents.GetProperty("decisions")[0].GetProperty("review").Text("id");
        using var done = await Server.Client.PostJson($"/v1/reviews/{review}", """{"verdict": "violating", "categories": ["sexual/minors"]}""");
        Assert.Equal(HttpStatusCode.NoContent, done.StatusCode);
        Assert.Equal(["c1", "c2"], Restricted((await Export()).Rows));
    }

    [Fact]
    public async Task What_the_live_policy_restricts_now_does_not_leave_though_it_was_decided_under_another()
    {
        var decided = (await Server.Client.PostJson("/v1/decisions", $$$"""{"content": {"id": "c1", "text": "{{{Doubtful}}}", "language": "en"} }""").Body()).GetProperty("decisions")[0];
        Assert.Empty(Restricted((await Export()).Rows));
        string release = decided.Text("release");
        var policy = JsonNode.Parse((await Server.Client.GetAsync($"/v1/releases/{release}", Cancel).Body()).GetProperty("release").GetProperty("policy").GetRawText())!;
        policy["version"] = "restricting";
        policy["categories"]!.AsArray().Single(own => (string)own!["category"]! == decided.Text("category"))!["restricted"] = true;
        string restricting = (await Server.Client.PostJson("/v1/releases", new JsonObject { ["policy"] = policy }.ToJsonString()).Body(HttpStatusCode.Created)).Text("id");
        await Server.Client.PostJson($"/v1/releases/{restricting}/promote", "{}").Body();
        var (rows, text) = await Export();
        Assert.Equal(["c1"], Restricted(rows));
        Assert.DoesNotContain("idiot", text, StringComparison.Ordinal);

        // As `--data DIR` reads it: with the store alone.
        using var output = new MemoryStream();
        await new DecisionExport(Server.App.Services.GetRequiredService<Store>()).WriteAsync(output, 1, null, null, Cancel);
        Assert.DoesNotContain("idiot", System.Text.Encoding.UTF8.GetString(output.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_of_an_export_put_together_are_the_whole()
    {
        for (int batch = 0; batch < 5; batch++)
        {
            string items = string.Join(',', Enumerable.Range(0, 1_000).Select(i => $$"""{"id": "r{{batch}}-{{i}}", "text": "t{{i}}", "verdict": "safe", "category": "{{(i % 10 == 0 ? "sexual/minors" : "hate")}}", "release": "v7"}"""));
            await Server.Client.PostJson("/v1/decisions/record", $$"""{"decisions": [{{items}}]}""").Body();
        }

        var (rows, _) = await Export();
        Assert.Equal(5_000, rows.Select(row => row.Text("id")).Distinct().Count());
        Assert.Equal((5_000, 500, 4_500), (rows.Count, Restricted(rows).Count, rows.Count(row => row.TryGetProperty("text", out _))));
    }

    private async Task<(List<JsonElement> Rows, string Text)> Export()
    {
        using var answer = await Server.Client.GetAsync("/v1/decisions/export", Cancel);
        string text = await answer.Content.ReadAsStringAsync(Cancel);
        return ([.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)], text);
    }

    private static List<string> Restricted(List<JsonElement> rows) =>
        [.. rows.Where(row => row.TryGetProperty("restricted", out var restricted) && restricted.GetBoolean()).Select(row => row.Text("id")).Distinct().Order()];
}

public sealed class RestrictedExportOnSqlite() : RestrictedExportTests(StoreKind.Sqlite);

public sealed class RestrictedExportOnPostgres() : RestrictedExportTests(StoreKind.Postgres);
