using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moderato.Server.Reviews;
using Moderato.Server.Tests.Hosting;
using Moderato.Server.Tests.Releases;

namespace Moderato.Server.Tests.Reviews;

public abstract class ReviewQueueTests(StoreKind kind) : ServerTest(kind)
{
    private const string Doubtful = "you are an idiot";
    private const string Safe = """{"verdict": "safe"}""";

    private readonly StoreKind kind = kind;
    private readonly MovableTime time = new();

    public override async ValueTask InitializeAsync() => Server = await RunningServer.StartAsync(kind, time);

    [Fact]
    public async Task An_empty_queue_is_204() => Assert.Null(await Next(Server.Client));

    [Fact]
    public async Task The_oldest_comes_first_with_what_is_needed_to_decide_it_and_no_author()
    {
        await Server.Client.PostJson("/v1/decisions", $$$"""{"content": {"id": "c1", "text": "{{{Doubtful}}}", "author": "somebody", "surface": "chat", "language": "en", "context": {"parent": "what do you think of me?"} } }""").Body();
        time.Forward(TimeSpan.FromSeconds(1));
        await Wait("c2");
        var first = (await Next(Server.Client))!.Value;
        Assert.Equal(("c1", Doubtful, "en", "chat"), (first.Text("contentId"), first.Text("text"), first.Text("language"), first.Text("surface")));
        Assert.Equal("what do you think of me?", first.GetProperty("context").Text("parent"));
        Assert.DoesNotContain("somebody", first.ToString(), StringComparison.Ordinal);
        Assert.InRange(first.GetProperty("leaseUntil").GetDateTimeOffset(), time.GetUtcNow() + ReviewQueue.Lease - TimeSpan.FromMinutes(1), time.GetUtcNow() + ReviewQueue.Lease);
        Assert.Equal("c2", (await Next(Server.Client))!.Value.Text("contentId"));
        Assert.Equal(HttpStatusCode.NoContent, await Resolve(Server.Client, first.Text("id"), Safe));
        Assert.Null(await Next(Server.Client));
    }

    [Fact]
    public async Task Reviewers_who_ask_at_the_same_time_get_each_item_once()
    {
        await Wait([.. Enumerable.Range(0, 40).Select(i => $"c{i}")]);
        using var one = await Reviewer("one");
        using var two = await Reviewer("two");
        var given = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            var own = new List<string>();
            while (await Next(i % 2 == 0 ? one : two) is { } item)
            {
                own.Add(item.Text("contentId"));
            }

            return own;
        }));
        Assert.Equal(40, given.Sum(own => own.Count));
        Assert.Equal(40, given.SelectMany(own => own).Distinct().Count());
    }

    [Fact]
    public async Task A_lease_that_ran_out_passes_on_and_who_had_it_is_told_so()
    {
        await Wait("c1");
        using var slow = await Reviewer("slow");
        using var quick = await Reviewer("quick");
        string id = (await Next(slow))!.Value.Text("id");
        Assert.Null(await Next(quick));
        time.Forward(ReviewQueue.Lease + TimeSpan.FromSeconds(1));
        Assert.Equal(id, (await Next(quick))!.Value.Text("id"));

        var passed = await slow.PostJson($"/v1/reviews/{id}", Safe).Body(HttpStatusCode.Conflict);
        Assert.Equal("urn:moderato:problem:lease-passed-on", passed.Text("type"));
        Assert.Contains("Take the next one", passed.Text("detail"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, await Resolve(quick, id, Safe));
        Assert.Equal(HttpStatusCode.Conflict, await Resolve(slow, id, Safe));
        Assert.Equal(HttpStatusCode.NotFound, await Resolve(quick, id, Safe));
    }

    [Fact]
    public async Task A_lease_that_ran_out_and_that_nobody_took_since_still_decides()
    {
        await Wait("c1");
        string id = (await Next(Server.Client))!.Value.Text("id");
        time.Forward(2 * ReviewQueue.Lease);
        Assert.Equal(HttpStatusCode.NoContent, await Resolve(Server.Client, id, Safe));
        Assert.Null(await Next(Server.Client));
    }

    [Fact]
    public async Task Nobody_decides_what_another_works_on()
    {
        string id = await Wait("c1");
        using var reviewer = await Reviewer("one");
        await Next(reviewer);
        var refused = await Server.Client.PostJson($"/v1/reviews/{id}", Safe).Body(HttpStatusCode.Conflict);
        Assert.Contains("Somebody else has the item's lease", refused.Text("detail"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, await Resolve(reviewer, id, Safe));
    }

    [Fact]
    public async Task Restricted_content_is_in_no_ordinary_queue()
    {
        await Server.Client.PostJson("/v1/decisions/record", """{"decisions": [{"id": "r1", "text": "hidden", "verdict": "borderline", "category": "sexual/minors", "release": "v7"}, {"id": "o1", "text": "seen", "verdict": "borderline", "category": "hate", "release": "v7"}]}""").Body();
        Assert.Equal("o1", (await Next(Server.Client))!.Value.Text("contentId"));
        Assert.Null(await Next(Server.Client));
        Assert.Null(await Next(Server.Client, """{"category": "sexual/minors"}"""));
        Assert.Equal("r1", (await Next(Server.Client, """{"restricted": true}"""))!.Value.Text("contentId"));
        Assert.Null(await Next(Server.Client, """{"restricted": true}"""));
    }

    [Fact]
    public async Task Content_whose_score_in_a_restricted_category_is_not_safe_is_restricted_though_it_is_decided_by_another()
    {
        // Nothing is safe as to spam; a text is doubtful in it and in the category that it was doubtful in before.
        string was = await Category("c0");
        string doubtful = (await Server.Client.PostJson("/v1/releases", """{"thresholds": {"spam": {"cuts": {"reviewFrom": 0, "blockFrom": 1}}}}""").Body(HttpStatusCode.Created)).Text("id");
        await Server.Client.PostJson($"/v1/releases/{doubtful}/promote", "{}").Body();
        string decides = await Category("c1");
        var policy = JsonNode.Parse((await Server.Client.GetAsync($"/v1/releases/{doubtful}", Cancel).Body()).GetProperty("release").GetProperty("policy").GetRawText())!;
        policy["version"] = "restricting";
        policy["categories"]!.AsArray().Single(own => (string)own!["category"]! == (decides == "spam" ? was : "spam"))!["restricted"] = true;
        string restricting = (await Server.Client.PostJson("/v1/releases", new JsonObject { ["policy"] = policy }.ToJsonString()).Body(HttpStatusCode.Created)).Text("id");
        await Server.Client.PostJson($"/v1/releases/{restricting}/promote", "{}").Body();

        Assert.Equal(decides, await Category("c2"));
        Assert.Equal(["c0", "c1"], [(await Next(Server.Client))!.Value.Text("contentId"), (await Next(Server.Client))!.Value.Text("contentId")]);
        Assert.Null(await Next(Server.Client));
        Assert.Equal("c2", (await Next(Server.Client, """{"restricted": true}"""))!.Value.Text("contentId"));
    }

    [Fact]
    public async Task A_queue_is_of_a_category_or_a_language_where_that_is_asked_for()
    {
        await Server.Client.PostJson("/v1/decisions/record", """
            {"decisions": [
              {"id": "a", "verdict": "borderline", "category": "hate", "language": "en", "release": "v7"},
              {"id": "b", "verdict": "borderline", "category": "spam", "language": "de", "release": "v7"},
              {"id": "c", "verdict": "borderline", "category": "hate", "language": "de", "release": "v7"}]}
            """).Body();
        Assert.Null(await Next(Server.Client, """{"language": "fr"}"""));
        Assert.Equal("c", (await Next(Server.Client, """{"category": "hate", "language": "de"}"""))!.Value.Text("contentId"));
        var told = (await Next(Server.Client, """{"category": "spam"}"""))!.Value;
        Assert.Equal("b", told.Text("contentId"));
        Assert.False(told.TryGetProperty("text", out _));
        Assert.Equal("a", (await Next(Server.Client, """{"language": "en"}"""))!.Value.Text("contentId"));
    }

    [Fact]
    public async Task It_takes_the_scope_of_reviewers()
    {
        await Wait("c1");
        string key = (await Server.Client.PostJson("/v1/keys", """{"name": "reader", "scopes": ["read", "decide"]}""").Body(HttpStatusCode.Created)).Text("key");
        using var reader = Server.ClientOf(key);
        await reader.PostJson("/v1/reviews/next", "{}").Body(HttpStatusCode.Forbidden);
        using var reviewer = await Reviewer("one");
        Assert.NotNull(await Next(reviewer));
    }

    [Theory]
    [InlineData("""{"category": "anger"}""", "category")]
    [InlineData("""{"language": 5}""", "language")]
    [InlineData("""{"restricted": "yes"}""", "restricted")]
    [InlineData("""{"colour": "red"}""", "colour")]
    public async Task A_wrong_request_says_which_field(string body, string field) =>
        Assert.Equal(field, (await Server.Client.PostJson("/v1/reviews/next", body).Body(HttpStatusCode.BadRequest)).GetProperty("errors")[0].Text("field"));

    private async Task<HttpClient> Reviewer(string name) => Server.ClientOf(
        (await Server.Client.PostJson("/v1/keys", $$"""{"name": "{{name}}", "scopes": ["review"]}""").Body(HttpStatusCode.Created)).Text("key"));

    private static async Task<JsonElement?> Next(HttpClient client, string body = "{}")
    {
        using var answer = await client.PostJson("/v1/reviews/next", body);
        return answer.StatusCode == HttpStatusCode.NoContent ? null : (await Task.FromResult(answer).Body()).GetProperty("item");
    }

    private static async Task<HttpStatusCode> Resolve(HttpClient client, string id, string body)
    {
        using var answer = await client.PostJson($"/v1/reviews/{id}", body);
        return answer.StatusCode;
    }

    /// <returns>The first one's review.</returns>
    private async Task<string> Wait(params string[] ids)
    {
        string contents = string.Join(',', ids.Select(id => $$"""{"id": "{{id}}", "text": "{{Doubtful}} {{id}}"}"""));
        var answer = await Server.Client.PostJson("/v1/decisions", $$"""{"contents": [{{contents}}]}""").Body();
        Assert.All(answer.GetProperty("decisions").EnumerateArray(), one => Assert.Equal("borderline", one.Text("verdict")));
        return answer.GetProperty("decisions")[0].GetProperty("review").Text("id");
    }

    private async Task<string> Category(string id)
    {
        time.Forward(TimeSpan.FromSeconds(1));
        var decision = (await Server.Client.PostJson("/v1/decisions", $$$"""{"content": {"id": "{{{id}}}", "text": "{{{Doubtful}}}", "language": "en"} }""").Body()).GetProperty("decisions")[0];
        Assert.Equal("borderline", decision.Text("verdict"));
        return decision.Text("category");
    }
}

public sealed class ReviewQueueOnSqlite() : ReviewQueueTests(StoreKind.Sqlite);

public sealed class ReviewQueueOnPostgres() : ReviewQueueTests(StoreKind.Postgres);
