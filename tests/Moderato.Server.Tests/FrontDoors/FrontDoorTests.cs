using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Moderato.Server.Storage;
using Moderato.Server.Tests.Hosting;

namespace Moderato.Server.Tests.FrontDoors;

/// <summary>What the imitated APIs' own shapes are on the wire, where no client of theirs would send it.</summary>
public abstract class FrontDoorTests(StoreKind kind) : IAsyncLifetime
{
    private RunningServer server = null!;

    public async ValueTask InitializeAsync() => server = await RunningServer.StartAsync(kind);

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_category_that_is_not_judged_is_false_and_0_and_named_as_such()
    {
        var answer = await server.Client.PostJson("/v1/moderations", """{"input": "have a nice day"}""").Body();
        var result = answer.GetProperty("results")[0];
        Assert.False(result.GetProperty("categories").GetProperty("violence").GetBoolean());
        Assert.Equal(0, result.GetProperty("category_scores").GetProperty("violence").GetDouble());
        Assert.Empty(result.GetProperty("category_applied_input_types").GetProperty("violence").EnumerateArray());
        Assert.Equal("text", result.GetProperty("category_applied_input_types").GetProperty("hate")[0].GetString());
        Assert.Contains("violence", answer.GetProperty("moderato").GetProperty("notJudged").EnumerateArray().Select(name => name.GetString()));
        Assert.DoesNotContain("hate", answer.GetProperty("moderato").GetProperty("notJudged").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task A_text_that_nobody_can_judge_is_flagged_and_never_passed_as_safe()
    {
        var result = (await server.Client.PostJson("/v1/moderations", """{"input": "Das ist ein ganz normaler deutscher Satz über das Wetter von gestern."}""").Body()).GetProperty("results")[0];
        Assert.True(result.GetProperty("flagged").GetBoolean());
        Assert.Equal(13, result.GetProperty("moderato").GetProperty("notJudged").GetArrayLength());
    }

    [Theory]
    [InlineData("{}", "input")]
    [InlineData("[]", "input")]
    [InlineData("""{"input": 7}""", "input")]
    [InlineData("""{"input": []}""", "input")]
    [InlineData("""{"input": ""}""", "input")]
    [InlineData("""{"input": ["a", 7]}""", "input[0]")]
    [InlineData("""{"input": "half \ud83d"}""", "input")]
    public async Task A_wrong_request_for_moderation_gets_the_shape_of_OpenAI(string body, string param)
    {
        var error = (await server.Client.PostJson("/v1/moderations", body).Body(HttpStatusCode.BadRequest)).GetProperty("error");
        Assert.Equal("invalid_request_error", error.Text("type"));
        Assert.Equal(param, error.Text("param"));
    }

    [Theory]
    [InlineData("{", "INVALID_ARGUMENT")]
    [InlineData("[]", "INVALID_ARGUMENT")]
    [InlineData("""{"comment": {"text": " "}, "requestedAttributes": {"TOXICITY": {}}}""", "INVALID_ARGUMENT")]
    [InlineData("""{"comment": {"text": "a"}}""", "INVALID_ARGUMENT")]
    [InlineData("""{"comment": {"text": "a", "type": "HTML"}, "requestedAttributes": {"TOXICITY": {}}}""", "INVALID_ARGUMENT")]
    [InlineData("""{"comment": {"text": "a"}, "requestedAttributes": {"TOXICITY": {"scoreType": "RAW"}}}""", "INVALID_ARGUMENT")]
    [InlineData("""{"comment": {"text": "half \ud83d"}, "requestedAttributes": {"TOXICITY": {}}}""", "INVALID_ARGUMENT")]
    [InlineData("""{"comment": {"text": "a"}, "requestedAttributes": {"TOXICITY": {}}, "doNotStore": "yes"}""", "INVALID_ARGUMENT")]
    public async Task A_wrong_request_for_analysis_gets_the_shape_of_Perspective(string body, string status)
    {
        var error = (await server.Client.PostJson("/v1alpha1/comments:analyze", body).Body(HttpStatusCode.BadRequest)).GetProperty("error");
        Assert.Equal((400, status), (error.GetProperty("code").GetInt32(), error.Text("status")));
    }

    [Fact]
    public async Task An_attribute_that_is_not_available_can_be_dropped_and_names_may_be_in_snake_case()
    {
        var answer = await server.Client.PostJson(
            "/v1alpha1/comments:analyze",
            """{"comment": {"text": "have a nice day"}, "requested_attributes": {"TOXICITY": {}, "THREAT": {}}, "languages": ["en-GB"], "dropUnsupportedAttributes": true}""").Body();
        Assert.Equal("TOXICITY", Assert.Single(answer.GetProperty("attributeScores").EnumerateObject()).Name);
        Assert.Equal("en-GB", answer.GetProperty("languages")[0].GetString());
    }

    [Fact]
    public async Task A_comment_that_must_not_be_stored_is_counted_and_its_text_is_nowhere()
    {
        const string Secret = "an unheard-of sentence of quokkas";
        foreach (string store in (string[])["true", "false"])
        {
            await server.Client.PostJson(
                "/v1alpha1/comments:analyze",
                $$$"""{"comment": {"text": "{{{Secret}}}"}, "requestedAttributes": {"TOXICITY": {}}, "languages": ["en"], "doNotStore": {{{store}}}}""").Body();
        }

        var decisions = await server.Client.GetAsync("/v1/decisions", TestContext.Current.CancellationToken).Body();
        Assert.Equal(2, decisions.GetProperty("decisions").GetArrayLength());
        await using var connection = await server.App.Services.GetRequiredService<Store>().OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM contents";
        Assert.Equal(1L, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_suggested_score_is_kept_as_the_label_of_somebody_who_complains()
    {
        var answer = await server.Client.PostJson(
            "/v1alpha1/comments:suggestscore",
            """{"comment": {"text": "get busy living"}, "attributeScores": {"TOXICITY": {"summaryScore": {"value": 0}}}, "clientToken": "t"}""").Body();
        Assert.Equal("t", answer.Text("clientToken"));
        await using var state = server.App.Services.GetRequiredService<Store>().State();
        var label = Assert.Single(state.Labels);
        Assert.Equal(("toxicity", false, Moderato.Decisions.LabelSource.Complaint, null), (label.Category, label.Value, label.Source, label.InclusionProbability));
        Assert.StartsWith("text-", label.ContentId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_may_stand_in_the_query_of_Perspectives_endpoints_and_nowhere_else()
    {
        const string Body = """{"comment": {"text": "have a nice day"}, "requestedAttributes": {"TOXICITY": {}}}""";
        await server.Anonymous.PostJson($"/v1alpha1/comments:analyze?key={server.AdminKey}", Body).Body();
        await server.Anonymous.PostJson("/v1alpha1/comments:analyze?key=mod_nobody", Body).Body(HttpStatusCode.Unauthorized);
        var error = (await server.Anonymous.PostJson($"/v1/moderations?key={server.AdminKey}", """{"input": "a"}""").Body(HttpStatusCode.Unauthorized)).GetProperty("error");
        Assert.Equal("invalid_api_key", error.Text("code"));
    }
}

public sealed class FrontDoorsOnSqlite() : FrontDoorTests(StoreKind.Sqlite);

public sealed class FrontDoorsOnPostgres() : FrontDoorTests(StoreKind.Postgres);
