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
        string id = await Waiting("c1", "c2");
        await Server.App.Services.GetRequiredService<ReviewQueries>().ExpireAsync(TimeProvider.System.GetUtcNow().AddHours(73), Cancel);
        await Resolve(id, """{"verdict": "safe"}""", HttpStatusCode.NoContent);
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

    [Fact]
    public async Task Nobody_is_asked_twice_about_a_text_and_each_item_that_is_closed_has_its_event()
    {
        await Listen();
        string id = await Waiting("c1", "c2", "c3");
        await Decide($$"""{"id": "c4", "text": "{{Doubtful}}!"}""");
        await Decide($$$"""{"id": "c5", "text": "{{{Doubtful}}}", "context": {"parent": "what do you think of me?"}}""");
        await Resolve(id, """{"verdict": "violating", "categories": ["harassment"]}""", HttpStatusCode.NoContent);
        foreach (string content in (string[])["c1", "c2", "c3"])
        {
            Assert.Equal(1, await Recount.RowsOf(Store, $"""outbox WHERE kind = 'review.decided' AND content_id = '{content}' AND payload LIKE '%"verdict":"violating"%'"""));
        }

        Assert.Equal(3, await Recount.RowsOf(Store, "outbox WHERE kind = 'review.decided'"));
        Assert.Equal(1, await Recount.RowsOf(Store, "person_verdicts"));
        Assert.Equal(["c4", "c5"], await Queue());
    }

    [Fact]
    public async Task Another_policy_version_and_texts_that_were_not_told_are_questions_of_their_own()
    {
        const string Doubt = "\"verdict\": \"borderline\", \"category\": \"hate\", \"release\": \"v7\"";
        await Server.Client.PostJson("/v1/decisions/record", $$"""
            {"decisions": [
              {"id": "a", "text": "one", "policy": "1", {{Doubt}}}, {"id": "b", "text": "one", "policy": "2", {{Doubt}}}, {"id": "c", "text": "one", "policy": "1", {{Doubt}}},
              {"id": "d", {{Doubt}}}, {"id": "e", {{Doubt}}}]}
            """).Body();
        await Resolve("d1", """{"verdict": "safe"}""", HttpStatusCode.NoContent);
        await Resolve("d4", """{"verdict": "safe"}""", HttpStatusCode.NoContent);
        Assert.Equal(["b", "e"], await Queue());
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

    /// <returns>Who waits; from then on they are under a lease.</returns>
    private async Task<List<string>> Queue()
    {
        var waiting = new List<string>();
        while (true)
        {
            using var next = await Server.Client.PostJson("/v1/reviews/next", "{}");
            if (next.StatusCode == HttpStatusCode.NoContent)
            {
                return [.. waiting.Order()];
            }

            waiting.Add((await Task.FromResult(next).Body()).GetProperty("item").Text("contentId"));
        }
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
