using System.Net;
using Moderato.Server.Tests.Hosting;

namespace Moderato.Server.Tests.Decisions;

public abstract class DecisionEndpointTests(StoreKind kind) : ServerTest(kind)
{
    [Fact]
    public async Task A_content_is_decided_and_can_be_read_again_after_a_restart()
    {
        var answer = await Server.Client.PostJson("/v1/decisions", """{"content": {"id": "c1", "text": "have a nice day", "author": "a1", "surface": "chat"}}""").Body();
        var decision = answer.GetProperty("decisions")[0];
        Assert.Equal("c1", decision.Text("contentId"));
        Assert.Equal("safe", decision.Text("verdict"));
        Assert.Equal("ngram", decision.Text("tier"));
        Assert.InRange(decision.GetProperty("scores").GetProperty("toxicity").GetDouble(), 0, 1);

        Server = await Server.RestartAsync();
        var read = await Server.Client.GetAsync($"/v1/decisions/{decision.Text("id")}", Cancel).Body();
        Assert.Equal(decision.ToString(), read.ToString());
    }

    [Fact]
    public async Task The_same_content_twice_is_one_decision_and_another_text_under_its_id_is_a_conflict()
    {
        const string Content = """{"content": {"id": "c1", "text": "hello there"}}""";
        var first = await Server.Client.PostJson("/v1/decisions", Content).Body();
        var again = await Server.Client.PostJson("/v1/decisions", Content).Body();
        Assert.Equal(first.ToString(), again.ToString());

        var conflict = await Server.Client.PostJson("/v1/decisions", """{"content": {"id": "c1", "text": "something else"}}""").Body(HttpStatusCode.Conflict);
        Assert.Equal("urn:moderato:problem:conflict", conflict.Text("type"));
    }

    [Fact]
    public async Task Of_many_contents_the_wrong_ones_are_named_and_the_rest_are_decided()
    {
        var answer = await Server.Client.PostJson(
            "/v1/decisions",
            """{"contents": [{"id": "a", "text": "one"}, {"id": "b", "text": ""}, {"id": "c", "text": 7}, {"id": "a", "text": "two"}, {"id": "e", "text": "five"}, 6]}""").Body();
        Assert.Equal(["a", "e"], answer.GetProperty("decisions").EnumerateArray().Select(decision => decision.Text("contentId")));
        Assert.Equal(
            [(1, 400), (2, 400), (3, 409), (5, 400)],
            answer.GetProperty("errors").EnumerateArray().Select(error => (error.GetProperty("index").GetInt32(), error.GetProperty("status").GetInt32())));
    }

    [Fact]
    public async Task A_content_without_an_id_gets_one_and_with_an_idempotency_key_always_the_same()
    {
        const string Content = """{"contents": [{"text": "hello there"}, {"text": "hello there"}]}""";
        var first = await Server.Client.PostJson("/v1/decisions", Content).Body();
        var second = await Server.Client.PostJson("/v1/decisions", Content).Body();
        Assert.Equal(4, first.GetProperty("decisions").EnumerateArray().Concat(second.GetProperty("decisions").EnumerateArray()).Select(one => one.Text("contentId")).Distinct().Count());

        using var keyed = Server.ClientOf(Server.AdminKey);
        keyed.DefaultRequestHeaders.Add("Idempotency-Key", "k1");
        var once = await keyed.PostJson("/v1/decisions", Content).Body();
        var twice = await keyed.PostJson("/v1/decisions", Content).Body();
        Assert.Equal(once.ToString(), twice.ToString());
    }

    [Fact]
    public async Task Nobody_is_let_in_without_a_key_except_to_health_and_the_description()
    {
        foreach (string open in (string[])["/health/live", "/health/ready", "/openapi/v1.json"])
        {
            using var answer = await Server.Anonymous.GetAsync(open, Cancel);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        var refused = await Server.Anonymous.PostJson("/v1/decisions", """{"content": {"text": "hello"}}""").Body(HttpStatusCode.Unauthorized);
        Assert.Equal("urn:moderato:problem:unauthorized", refused.Text("type"));
        using var wrong = Server.ClientOf("mod_00000000000000000000000000000000");
        await wrong.PostJson("/v1/decisions", """{"content": {"text": "hello"}}""").Body(HttpStatusCode.Unauthorized);
        await Server.Anonymous.GetAsync("/v1/nowhere", Cancel).Body(HttpStatusCode.Unauthorized);
        await Server.Client.GetAsync("/v1/nowhere", Cancel).Body(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("{", "urn:moderato:problem:not-json")]
    [InlineData("[]", "urn:moderato:problem:invalid")]
    [InlineData("{}", "urn:moderato:problem:invalid")]
    [InlineData("""{"content": {"text": "a"}, "contents": []}""", "urn:moderato:problem:invalid")]
    [InlineData("""{"contents": []}""", "urn:moderato:problem:invalid")]
    [InlineData("""{"content": {"id": "c", "text": "a", "colour": "red"}}""", "urn:moderato:problem:invalid")]
    [InlineData("""{"content": {"id": "c", "text": "half \ud83d"}}""", "urn:moderato:problem:invalid")]
    [InlineData("""{"content": {"id": "c", "text": "a", "time": "yesterday"}}""", "urn:moderato:problem:invalid")]
    [InlineData("""{"content": {"id": "c", "text": "a"}, "deadlineMs": -1}""", "urn:moderato:problem:invalid")]
    public async Task A_wrong_body_gets_problem_details(string body, string type)
    {
        using var answer = await Server.Client.PostJson("/v1/decisions", body);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(type, (await Task.FromResult(answer).Body(HttpStatusCode.BadRequest)).Text("type"));
    }

    [Fact]
    public async Task A_text_with_U_0000_in_it_is_decided_like_any_other() =>
        await Server.Client.PostJson("/v1/decisions", """{"content": {"id": "c", "text": "nothing \u0000 here", "context": {"title": "\u0000"}}}""").Body();

    /// <summary>PostgreSQL has no place for it there, and would say so by a 503 each time that it is sent again.</summary>
    [Theory]
    [InlineData("/v1/decisions", "id", """{"content": {"id": "c\u0000", "text": "a"}}""")]
    [InlineData("/v1/decisions", "author", """{"content": {"id": "c", "text": "a", "author": "\u0000"}}""")]
    [InlineData("/v1/decisions", "surface", """{"content": {"id": "c", "text": "a", "surface": "\u0000chat"}}""")]
    [InlineData("/v1/reviews/next", "language", """{"language": "e\u0000n"}""")]
    public async Task A_name_with_U_0000_in_it_is_refused(string path, string field, string body)
    {
        var problem = await Server.Client.PostJson(path, body).Body(HttpStatusCode.BadRequest);
        Assert.Equal((field, "U+0000 in it"), (problem.GetProperty("errors")[0].Text("field"), problem.GetProperty("errors")[0].Text("found")));
    }
}

public sealed class DecisionEndpointsOnSqlite() : DecisionEndpointTests(StoreKind.Sqlite);

public sealed class DecisionEndpointsOnPostgres() : DecisionEndpointTests(StoreKind.Postgres);
