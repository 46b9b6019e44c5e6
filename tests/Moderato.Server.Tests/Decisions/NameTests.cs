using System.Net;
using Moderato.Server.Tests.Hosting;

namespace Moderato.Server.Tests.Decisions;

/// <summary>Names that PostgreSQL's text type, or UTF-8, has no form for are refused on both stores alike.</summary>
public abstract class NameTests(StoreKind kind) : ServerTest(kind)
{
    private static readonly string[] Unstorable = [@"a\u0000b", @"\u0000", @"\ud800", @"a\udc00b"];

    public static TheoryData<string, string> Contents
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string value in Unstorable)
            {
                foreach (string name in (string[])["id", "author", "surface", "language"])
                {
                    data.Add(name, value);
                }
            }

            data.Add("text", @"\ud800");
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public async Task A_content_with_one_is_refused_with_its_field_and_the_rest_is_decided(string field, string value)
    {
        string content = field switch
        {
            "id" => $$"""{"id": "{{value}}", "text": "hello"}""",
            "text" => $$"""{"id": "c", "text": "{{value}}"}""",
            _ => $$"""{"id": "c", "text": "hello", "{{field}}": "{{value}}"}""",
        };
        var alone = await Server.Client.PostJson("/v1/decisions", $$"""{"content": {{content}}}""").Body(HttpStatusCode.BadRequest);
        AssertSays(field, alone.GetProperty("errors"));

        var batch = await Server.Client.PostJson("/v1/decisions", $$"""{"contents": [{{content}}, {"id": "ok", "text": "hello"}]}""").Body();
        Assert.Equal("ok", Assert.Single(batch.GetProperty("decisions").EnumerateArray()).Text("contentId"));
        AssertSays(field, Assert.Single(batch.GetProperty("errors").EnumerateArray()).GetProperty("errors"));

        string record = content[..^1] + """, "verdict": "safe", "release": "v7"}""";
        var recorded = await Server.Client.PostJson("/v1/decisions/record", $$"""{"decisions": [{{record}}, {"id": "told", "verdict": "safe", "release": "v7"}]}""").Body();
        Assert.Equal("told", Assert.Single(recorded.GetProperty("decisions").EnumerateArray()).Text("contentId"));
        var failure = Assert.Single(recorded.GetProperty("errors").EnumerateArray());
        Assert.Equal(400, failure.GetProperty("status").GetInt32());
        AssertSays(field, failure.GetProperty("errors"));
    }

    [Theory]
    [InlineData("release")]
    [InlineData("policy")]
    [InlineData("tier")]
    [InlineData("category")]
    [InlineData("verdict")]
    [InlineData("action")]
    [InlineData("decided")]
    [InlineData("contentId")]
    public async Task A_record_with_one_is_refused_with_its_field(string field)
    {
        foreach (string value in Unstorable)
        {
            var item = new Dictionary<string, string> { ["id"] = "a", ["verdict"] = "safe", ["release"] = "v7", [field] = value };
            string json = string.Join(", ", item.Select(one => $"\"{one.Key}\": \"{one.Value}\""));
            var answer = await Server.Client.PostJson("/v1/decisions/record", $$$"""{"decisions": [{ {{{json}}} }]}""").Body();
            AssertSays(field, Assert.Single(answer.GetProperty("errors").EnumerateArray()).GetProperty("errors"));
        }
    }

    [Theory]
    [InlineData("/v1/reviews/d1", """{"verdict": "safe", "reason": "VALUE"}""")]
    [InlineData("/v1/reviews/d1", """{"verdict": "violating", "categories": ["VALUE"]}""")]
    [InlineData("/v1/reviews/next", """{"language": "VALUE"}""")]
    [InlineData("/v1/erasures", """{"contentId": "VALUE"}""")]
    [InlineData("/v1/erasures", """{"author": "VALUE"}""")]
    [InlineData("/v1/keys", """{"name": "VALUE", "scopes": ["read"]}""")]
    [InlineData("/v1/decisions", """{"content": {"id": "a", "text": "hello", "VALUE": 1}}""")]
    public async Task So_is_every_other_short_text(string path, string body)
    {
        foreach (string value in Unstorable)
        {
            await Server.Client.PostJson(path, body.Replace("VALUE", value, StringComparison.Ordinal)).Body(HttpStatusCode.BadRequest);
        }
    }

    [Theory]
    [InlineData("/v1/decisions?contentId=a%00")]
    [InlineData("/v1/decisions?author=%00")]
    [InlineData("/v1/decisions?release=%00")]
    [InlineData("/v1/audit?actor=%00")]
    public async Task A_search_for_one_is_refused(string path)
    {
        var problem = await Server.Client.GetAsync(path, Cancel).Body(HttpStatusCode.BadRequest);
        Assert.Contains("U+0000", problem.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_may_hold_U_0000_and_any_whole_character()
    {
        var answer = await Server.Client.PostJson("/v1/decisions", """{"content": {"id": "\ud83d\ude00", "text": "a\u0000b \ud83d\ude00", "author": "\u00e9", "context": {"parent": "\u0000"} } }""").Body();
        Assert.Equal("😀", answer.GetProperty("decisions")[0].Text("contentId"));
    }

    private static void AssertSays(string field, System.Text.Json.JsonElement errors)
    {
        var error = Assert.Single(errors.EnumerateArray());
        Assert.Equal(field, error.Text("field"));
        Assert.NotEmpty(error.Text("found"));
        Assert.NotEmpty(error.Text("remedy"));
    }
}

public sealed class NamesOnSqlite() : NameTests(StoreKind.Sqlite);

public sealed class NamesOnPostgres() : NameTests(StoreKind.Postgres);
