using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Moderato.Server.Reviews;
using Moderato.Server.Storage;
using Moderato.Server.Tests.Hosting;

namespace Moderato.Server.Tests.Reviews;

public abstract class ReviewTests(StoreKind kind) : ServerTest(kind)
{
    private const string Doubtful = "you are an idiot";

    private Store Store => Server.App.Services.GetRequiredService<Store>();

    [Fact]
    public async Task A_persons_verdict_binds_the_same_text_and_no_other()
    {
        string id = await Waiting("c1");
        await Resolve(id, """{"verdict": "safe", "reason": "among friends"}""", HttpStatusCode.NoContent);

        var bound = await Decide($$"""{"id": "c2", "text": "{{Doubtful}}"}""");
        Assert.Equal(("safe", "person"), (bound.Text("verdict"), bound.Text("tier")));
        Assert.False(bound.TryGetProperty("review", out _));
        Assert.True(bound.GetProperty("scores").EnumerateObject().Any());
        Assert.Equal("borderline", (await Decide($$"""{"id": "c3", "text": "{{Doubtful}}!"}""")).Text("verdict"));
        Assert.Equal("borderline", (await Decide($$$"""{"id": "c4", "text": "{{{Doubtful}}}", "context": {"parent": "what do you think of me?"}}""")).Text("verdict"));

        Server = await Server.RestartAsync();
        Assert.Equal("person", (await Decide($$"""{"id": "c5", "text": "{{Doubtful}}"}""")).Text("tier"));
        await Recount.AssertEqual(Server.App.Services);
    }

    [Fact]
    public async Task The_later_of_two_verdicts_of_people_binds()
    {
        await Resolve(await Waiting("c1", "c2"), """{"verdict": "safe"}""", HttpStatusCode.NoContent);
        await Resolve("d2", """{"verdict": "violating", "categories": ["harassment", "toxicity"]}""", HttpStatusCode.NoContent);
        var bound = await Decide($$"""{"id": "c3", "text": "{{Doubtful}}"}""");
        Assert.Equal(("violating", "harassment"), (bound.Text("verdict"), bound.Text("category")));
    }

    [Fact]
    public async Task A_review_is_resolved_once_and_its_event_goes_out_with_it()
    {
        await Listen();
        string id = await Waiting("c1");
        await Resolve(id, """{"verdict": "violating", "categories": ["hate"]}""", HttpStatusCode.NoContent);
        await Resolve(id, """{"verdict": "safe"}""", HttpStatusCode.NotFound);
        await Resolve("d999", """{"verdict": "safe"}""", HttpStatusCode.NotFound);
        Assert.Equal(1, await Recount.RowsOf(Store, "outbox WHERE kind = 'review.decided' AND content_id = 'c1'"));
        Assert.Equal(1, await Recount.RowsOf(Store, "person_verdicts"));
    }

    [Theory]
    [InlineData("""{"verdict": "violating"}""", "categories")]
    [InlineData("""{"verdict": "violating", "categories": []}""", "categories")]
    [InlineData("""{"verdict": "violating", "categories": ["anger"]}""", "categories")]
    [InlineData("""{"verdict": "bad"}""", "verdict")]
    [InlineData("{}", "verdict")]
    public async Task A_wrong_review_says_which_field(string body, string field)
    {
        using var answer = await Server.Client.PostJson("/v1/reviews/d1", body);
        var problem = await Task.FromResult(answer).Body(HttpStatusCode.BadRequest);
        Assert.Equal(field, problem.GetProperty("errors")[0].Text("field"));
    }

    [Fact]
    public async Task A_wait_that_runs_out_says_what_the_policy_does_then_and_a_person_may_still_decide()
    {
        await Listen();
        string id = await Waiting("c1");
        var reviews = Server.App.Services.GetRequiredService<ReviewQueries>();
        Assert.Equal(0, await reviews.ExpireAsync(TimeProvider.System.GetUtcNow(), Cancel));
        Assert.Equal(1, await reviews.ExpireAsync(TimeProvider.System.GetUtcNow().AddHours(73), Cancel));
        Assert.Equal(0, await reviews.ExpireAsync(TimeProvider.System.GetUtcNow().AddHours(74), Cancel));
        Assert.Equal(1, await Recount.RowsOf(Store, """outbox WHERE kind = 'review.expired' AND payload LIKE '%"action":"publish"%'"""));
        await Resolve(id, """{"verdict": "safe"}""", HttpStatusCode.NoContent);
    }

    private async Task<string> Waiting(params string[] ids)
    {
        string contents = string.Join(',', ids.Select(id => $$"""{"id": "{{id}}", "text": "{{Doubtful}}"}"""));
        var answer = await Server.Client.PostJson("/v1/decisions", $$"""{"contents": [{{contents}}]}""").Body();
        return answer.GetProperty("decisions")[0].GetProperty("review").Text("id");
    }

    private async Task<System.Text.Json.JsonElement> Decide(string content) =>
        (await Server.Client.PostJson("/v1/decisions", $$"""{"contents": [{{content}}]}""").Body()).GetProperty("decisions")[0];

    private async Task Resolve(string id, string body, HttpStatusCode expected)
    {
        using var answer = await Server.Client.PostJson($"/v1/reviews/{id}", body);
        Assert.Equal(expected, answer.StatusCode);
    }
}

public sealed class ReviewsOnSqlite() : ReviewTests(StoreKind.Sqlite);

public sealed class ReviewsOnPostgres() : ReviewTests(StoreKind.Postgres);
