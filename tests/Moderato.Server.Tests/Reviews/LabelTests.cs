using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Moderato.Server.Reviews;
using Moderato.Server.Storage;
using Moderato.Server.Tests.Hosting;

namespace Moderato.Server.Tests.Reviews;

public abstract class LabelTests(StoreKind kind) : ServerTest(kind)
{
    private const string Doubtful = "you are an idiot";
    private const string Safe = """{"verdict": "safe"}""";
    private const string Harassing = """{"verdict": "violating", "categories": ["harassment", "toxicity"]}""";

    private Store Store => Server.App.Services.GetRequiredService<Store>();

    [Fact]
    public async Task A_review_leaves_its_labels_at_once_on_every_item_that_it_decides()
    {
        string id = await Waiting("c1", "c2");
        await Post($"/v1/reviews/{id}", Harassing);
        var labels = await Labels();
        Assert.Equal(
            ["c1 harassment True", "c1 toxicity True", "c2 harassment True", "c2 toxicity True"],
            labels.Select(label => $"{label.Text("contentId")} {label.Text("category")} {label.GetProperty("value").GetBoolean()}"));
        Assert.All(labels, label =>
        {
            Assert.Equal(("queue", id), (label.Text("source"), label.Text("review")));
            Assert.Equal(JsonValueKind.Null, label.GetProperty("inclusionProbability").ValueKind);
            Assert.Single(label.GetProperty("reviewers").EnumerateArray());
        });
    }

    [Fact]
    public async Task Safe_says_so_of_all_that_was_judged_and_borderline_says_nothing()
    {
        await Record("""{"id": "a", "text": "one", "verdict": "borderline", "category": "hate", "scores": {"hate": 0.5, "spam": 0.1}, "release": "v7"}, {"id": "b", "text": "two", "verdict": "borderline", "category": "hate", "release": "v7"}""");
        await Post("/v1/reviews/d1", Safe);
        await Post("/v1/reviews/d2", """{"verdict": "borderline"}""");
        Assert.Equal(["a hate False", "a spam False"], (await Labels()).Select(label => $"{label.Text("contentId")} {label.Text("category")} {label.GetProperty("value").GetBoolean()}").Order());
    }

    [Fact]
    public async Task An_undo_takes_back_label_and_verdict_and_the_items_wait_again()
    {
        await Listen();
        string id = await Waiting("c1", "c2");
        await Post($"/v1/reviews/{id}/undo", "{}", HttpStatusCode.NotFound);
        await Post($"/v1/reviews/{id}", Harassing);
        Assert.Equal("person", (await Decide("c3")).Text("tier"));
        await Post($"/v1/reviews/{id}/undo", """{"reason": "pressed the wrong key"}""");
        await Post($"/v1/reviews/{id}/undo", "{}", HttpStatusCode.NotFound);

        Assert.Empty(await Labels());
        Assert.Equal("borderline", (await Decide("c4")).Text("verdict"));
        Assert.Equal(2, await Recount.RowsOf(Store, """outbox WHERE kind = 'review.undone' AND payload LIKE '%"verdict":"violating"%' AND payload LIKE '%wrong key%'"""));
        Assert.Equal(4, await Recount.RowsOf(Store, "\"Labels\""));
        Assert.Equal(1, await Recount.RowsOf(Store, "\"AuditEntries\" WHERE \"Action\" = 'review.undo'"));
        Assert.Equal(2, await Recount.RowsOf(Store, "person_verdicts"));
        Assert.Equal(3, await Recount.RowsOf(Store, "review_items WHERE state = 0"));
        Assert.Equal(0, await Server.App.Services.GetRequiredService<ReviewQueries>().ExpireAsync(TimeProvider.System.GetUtcNow().AddHours(71), Cancel));

        Server = await Server.RestartAsync();
        Assert.Equal("borderline", (await Decide("c5")).Text("verdict"));
        await Post($"/v1/reviews/{id}", Safe);
        Assert.All(await Labels(), label => Assert.False(label.GetProperty("value").GetBoolean()));
        Assert.Equal(("safe", "person"), ((await Decide("c6")).Text("verdict"), (await Decide("c6")).Text("tier")));
    }

    [Fact]
    public async Task When_the_later_of_two_verdicts_is_taken_back_the_earlier_one_binds()
    {
        string id = await Waiting("c1", "c2");
        await Server.App.Services.GetRequiredService<ReviewQueries>().ExpireAsync(TimeProvider.System.GetUtcNow().AddHours(73), Cancel);
        await Post($"/v1/reviews/{id}", Safe);
        await Post("/v1/reviews/d2", Harassing);
        Assert.Equal("violating", (await Decide("c3")).Text("verdict"));
        await Post("/v1/reviews/d2/undo", "{}");
        Assert.Equal(("safe", "person"), ((await Decide("c4")).Text("verdict"), (await Decide("c4")).Text("tier")));
        Server = await Server.RestartAsync();
        Assert.Equal("safe", (await Decide("c5")).Text("verdict"));
        await Post($"/v1/reviews/{id}/undo", "{}");
        Assert.Equal("borderline", (await Decide("c6")).Text("verdict"));
    }

    [Fact]
    public async Task Labels_come_from_elsewhere_too_and_only_drawn_ones_carry_a_probability()
    {
        await Waiting("c1");
        var answer = await Server.Client.PostJson("/v1/labels", """
            {"labels": [
              {"contentId": "c1", "category": "hate", "value": false},
              {"contentId": "c1", "category": "toxicity", "value": 1, "source": "audit", "inclusionProbability": 0.25},
              {"contentId": "c1", "category": "spam", "value": true, "source": "queue", "inclusionProbability": 0.25},
              {"contentId": "c1", "category": "spam", "value": 0.5},
              {"contentId": "c1", "category": "spam"},
              {"contentId": "c1", "category": "anger", "value": true},
              {"contentId": "c1", "category": "spam", "value": true, "source": "rumour"},
              {"contentId": "c1", "category": "spam", "value": true, "source": "random", "inclusionProbability": 0},
              {"contentId": "nobody", "category": "spam", "value": true},
              {"category": "spam", "value": true}]}
            """).Body();
        Assert.Equal(2, answer.GetProperty("kept").GetInt32());
        Assert.Equal(
            ["2 inclusionProbability", "3 value", "4 value", "5 category", "6 source", "7 inclusionProbability", "8 ", "9 contentId"],
            answer.GetProperty("errors").EnumerateArray().Select(error =>
                $"{error.GetProperty("index").GetInt32()} {(error.TryGetProperty("errors", out var fields) ? Assert.Single(fields.EnumerateArray()).Text("field") : "")}"));
        var labels = await Labels();
        Assert.Equal([("import", false), ("audit", true)], labels.Select(label => (label.Text("source"), label.GetProperty("value").GetBoolean())));
        Assert.Equal(.25, labels[1].GetProperty("inclusionProbability").GetDouble());
        Assert.Equal("audit", Assert.Single(await Labels("source=audit")).Text("source"));
        Assert.Empty(await Labels("category=violence"));
        Assert.Equal(2, (await Labels("contentId=c1")).Count);
    }

    [Fact]
    public async Task Pages_put_together_are_the_whole()
    {
        await Waiting("c1");
        string items = string.Join(',', Enumerable.Range(0, 25).Select(i => $$"""{"contentId": "c1", "category": "hate", "value": {{(i % 2 == 0 ? "true" : "false")}}}"""));
        await Server.Client.PostJson("/v1/labels", $$"""{"labels": [{{items}}]}""").Body();
        var ids = new List<string>();
        string after = "";
        do
        {
            var page = await Server.Client.GetAsync($"/v1/labels?limit=10{after}", Cancel).Body();
            ids.AddRange(page.GetProperty("labels").EnumerateArray().Select(label => label.Text("id")));
            after = page.TryGetProperty("next", out var next) ? $"&after={next.GetString()}" : "";
        }
        while (after.Length > 0);
        Assert.Equal((await Labels("limit=1000")).Select(label => label.Text("id")), ids);
        Assert.Equal(25, ids.Distinct().Count());
    }

    [Fact]
    public async Task A_wrong_search_names_every_wrong_parameter()
    {
        var problem = await Server.Client.GetAsync("/v1/labels?source=rumour&category=anger&limit=1001&after=x&colour=red", Cancel).Body(HttpStatusCode.BadRequest);
        Assert.Equal(["after", "category", "colour", "limit", "source"], problem.GetProperty("errors").EnumerateArray().Select(error => error.Text("field")).Order());
    }

    [Fact]
    public async Task They_are_read_with_one_scope_and_given_with_another()
    {
        await Waiting("c1");
        using var reader = await With("read");
        using var reviewer = await With("review");
        const string One = """{"labels": [{"contentId": "c1", "category": "hate", "value": true}]}""";
        await reader.PostJson("/v1/labels", One).Body(HttpStatusCode.Forbidden);
        await reviewer.PostJson("/v1/labels", One).Body();
        await reviewer.GetAsync("/v1/labels", Cancel).Body(HttpStatusCode.Forbidden);
        var label = (await reader.GetAsync("/v1/labels", Cancel).Body()).GetProperty("labels")[0];
        Assert.Equal("review-er", label.GetProperty("reviewers")[0].GetString());
    }

    [Fact]
    public async Task Decisions_are_exported_with_the_labels_that_count()
    {
        await Record("""
            {"id": "a", "text": "one", "verdict": "borderline", "category": "hate", "score": 0.5, "release": "v7"},
            {"id": "b", "text": "two", "verdict": "borderline", "category": "hate", "score": 0.5, "release": "v7"},
            {"id": "c", "text": "three", "verdict": "safe", "category": "hate", "score": 0.1, "release": "v7"}
            """);
        await Post("/v1/reviews/d1", """{"verdict": "violating", "categories": ["hate"]}""");
        await Post("/v1/reviews/d2", Safe);
        await Post("/v1/reviews/d2/undo", "{}");
        await Server.Client.PostJson("/v1/labels", """
            {"labels": [{"contentId": "c", "category": "hate", "value": true, "source": "random", "inclusionProbability": 0.5}, {"contentId": "c", "category": "hate", "value": false, "source": "import"},
              {"contentId": "a", "category": "hate", "value": false, "source": "complaint"}]}
            """).Body();
        using var answer = await Server.Client.GetAsync("/v1/decisions/export", Cancel);
        var rows = (await answer.Content.ReadAsStringAsync(Cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToDictionary(row => row.Text("id"));
        Assert.Equal((1, "queue", false), (rows["a"].GetProperty("label").GetInt32(), rows["a"].Text("label_source"), rows["a"].TryGetProperty("inclusion_probability", out _)));
        Assert.False(rows["b"].TryGetProperty("label", out _));
        Assert.Equal((1, "random", .5), (rows["c"].GetProperty("label").GetInt32(), rows["c"].Text("label_source"), rows["c"].GetProperty("inclusion_probability").GetDouble()));
    }

    private async Task<List<JsonElement>> Labels(string query = "") =>
        [.. (await Server.Client.GetAsync($"/v1/labels?{query}", Cancel).Body()).GetProperty("labels").EnumerateArray()];

    private async Task<HttpClient> With(string scope) => Server.ClientOf(
        (await Server.Client.PostJson("/v1/keys", $$"""{"name": "{{scope}}-er", "scopes": ["{{scope}}"]}""").Body(HttpStatusCode.Created)).Text("key"));

    private async Task Record(string items) => await Server.Client.PostJson("/v1/decisions/record", $$"""{"decisions": [{{items}}]}""").Body();

    private async Task<JsonElement> Decide(string id) =>
        (await Server.Client.PostJson("/v1/decisions", $$"""{"contents": [{"id": "{{id}}", "text": "{{Doubtful}}"}]}""").Body()).GetProperty("decisions")[0];

    /// <returns>The first one's review.</returns>
    private async Task<string> Waiting(params string[] ids)
    {
        string contents = string.Join(',', ids.Select(id => $$"""{"id": "{{id}}", "text": "{{Doubtful}}"}"""));
        return (await Server.Client.PostJson("/v1/decisions", $$"""{"contents": [{{contents}}]}""").Body()).GetProperty("decisions")[0].GetProperty("review").Text("id");
    }

    private async Task Post(string path, string body, HttpStatusCode expected = HttpStatusCode.NoContent)
    {
        using var answer = await Server.Client.PostJson(path, body);
        Assert.Equal(expected, answer.StatusCode);
    }
}

public sealed class LabelsOnSqlite() : LabelTests(StoreKind.Sqlite);

public sealed class LabelsOnPostgres() : LabelTests(StoreKind.Postgres);
