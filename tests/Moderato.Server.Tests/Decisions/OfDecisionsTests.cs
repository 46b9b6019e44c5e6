using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Moderato.Classification;
using Moderato.Decisions;
using Moderato.Policies;
using Moderato.Server.Classification;
using Moderato.Server.Decisions;
using Moderato.Server.Hosting;

namespace Moderato.Server.Tests.Decisions;

public sealed class OfDecisionsTests
{
    private static readonly JsonSerializerOptions AsTheServer = new(JsonSerializerDefaults.Web)
    {
        TypeInfoResolver = ServerJson.Default,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly DecisionAnswer Plain = new(
        "d1", "c-1", "safe", null, new Dictionary<string, double>(), "ngram", "ngram-0", "1", "en", new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), .031);

    public static TheoryData<string, DecisionsAnswer> Answers => new()
    {
        { "nothing", new([]) },
        { "one", new([Plain]) },
        {
            "everything", new(
                [
                    Plain with
                    {
                        ContentId = "\"quoted\" <b> \u2028 é 😀 \u0001 \uD800", Category = "hate", Scores = new Dictionary<string, double> { ["hate"] = 0, ["sexual/minors"] = 1, ["spam"] = 1e-7, ["toxicity"] = .1 + .2 },
                        Time = new(2026, 3, 1, 12, 0, 0, 123, TimeSpan.FromHours(2)), LatencyMs = 1234.5, Surface = "chat",
                        Review = new("d1", WaitingAction.Limit, DateTimeOffset.UnixEpoch, WaitingAction.Publish),
                        Tiers = TierDetail.FromJson("""[{"tier": "llm", "outcome": "timeout"}]"""),
                        Provisional = true,
                    },
                    Plain with { Review = new("d2", WaitingAction.Hold, null, WaitingAction.Hold) },
                ],
                [new(1, null, 400, "The content is not right", null, [new FieldError("text", "nothing", "give it")]), new(2, "c", 409, "Conflict", "why", null)])
        },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void The_bytes_are_those_of_the_serializer(string what, DecisionsAnswer answer)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            OfDecisions.Write(json, answer);
        }

        Assert.True(JsonSerializer.Serialize(answer, AsTheServer) == Encoding.UTF8.GetString(bytes.WrittenSpan), what);
    }

    /// <summary>On one thread, as the buffers are a thread's own.</summary>
    [Fact]
    public void A_large_answer_is_whole_and_so_are_those_after_it()
    {
        var large = new DecisionsAnswer([.. Enumerable.Repeat(Plain, 1_000)]);
        DecisionsAnswer broken = new([Plain with { Scores = new Dictionary<string, double> { ["spam"] = double.NaN } }]);

        Assert.Equal(JsonSerializer.Serialize(large, AsTheServer), Sent(large));
        Assert.Equal(JsonSerializer.Serialize(new DecisionsAnswer([Plain]), AsTheServer), Sent(new([Plain])));
        Assert.Throws<ArgumentException>(() => Sent(broken));
        Assert.Equal(JsonSerializer.Serialize(new DecisionsAnswer([Plain]), AsTheServer), Sent(new([Plain])));
        Assert.Equal(JsonSerializer.Serialize(large, AsTheServer), Sent(large));
    }

    [Fact]
    public void Every_field_of_an_answer_is_one_that_the_test_fills()
    {
        var filled = Answers.Last().Data.Item2.Decisions[0];
        Assert.All(typeof(DecisionAnswer).GetProperties(), field => Assert.NotNull(field.GetValue(filled)));
    }

    private static string Sent(DecisionsAnswer answer)
    {
        using var body = new MemoryStream();
        var http = new DefaultHttpContext();
        http.Response.Body = body;
        Assert.True(new OfDecisions(answer).ExecuteAsync(http).IsCompletedSuccessfully);
        Assert.True(http.Response.BodyWriter.FlushAsync(TestContext.Current.CancellationToken).IsCompletedSuccessfully);
        Assert.Equal(answer.Decisions.Count > 64 ? null : body.Length, http.Response.ContentLength);
        return Encoding.UTF8.GetString(body.ToArray());
    }
}
