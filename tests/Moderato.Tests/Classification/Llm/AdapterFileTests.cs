using System.Text;
using System.Text.Json;
using Moderato.Classification;
using Moderato.Classification.Llm;
using Moderato.Policies;

namespace Moderato.Tests.Classification.Llm;

public sealed class AdapterFileTests
{
    private const string Own = """
        {
         "name": "our-own", "sources": ["https://example.org/card"], "endpoint": "chat",
         "messages": [{"role": "user", "lines": ["Rule: {{definition}}", "Before it: {{context}}", "Text: {{content}}"]}],
         "answer": {"kind": "verdictLine", "words": {"bad": 1, "good": 0}}, "oneCategoryACall": true
        }
        """;

    [Fact]
    public void A_file_of_ones_own_is_enough_for_a_new_model()
    {
        using var file = new TemporaryFile("own.json", Own);
        var adapter = AdapterFile.Load(file.Path);
        var policy = DefaultPolicy.Of(["spam"]);
        Assert.EndsWith("conversation\nText: buy now", Prompt.Of(adapter, policy, ["spam"], new PromptContent("buy now"))[0].Messages[0].Text, StringComparison.Ordinal);
        Assert.EndsWith("\nBefore it: hello\nText: buy now", Prompt.Of(adapter, policy, ["spam"], new PromptContent("buy now", "hello"))[0].Messages[0].Text, StringComparison.Ordinal);
        Assert.Equal(1, Answers.Judged(adapter, Answers.Of("Bad."), "spam").Scores["spam"]);
    }

    [Fact]
    public void A_release_carries_an_adapter_of_ones_own_with_its_tier()
    {
        var (tier, adapter) = LlmTierFile.Read(Encoding.UTF8.GetBytes($$"""{"model": "m", "adapter": "our-own", "ownAdapter": {{Own}}}"""), "llm.json");
        Assert.Equal(("m", "our-own"), (tier.Model, adapter.Name));
        Assert.Equal("cope", LlmTierFile.Read("""{"model": "m", "adapter": "cope"}"""u8, "llm.json").Adapter.Name);
        string Said(string json) => Assert.Throws<UnusableFileException>(() => LlmTierFile.Read(Encoding.UTF8.GetBytes(json), "llm.json")).Message;
        Assert.Contains("no adapter of this name", Said("""{"model": "m", "adapter": "none"}"""), StringComparison.Ordinal);
        Assert.Contains("samples is 0: give 1 to 25", Said("""{"model": "m", "adapter": "cope", "samples": 0}"""), StringComparison.Ordinal);
        Assert.Contains("are one sample", Said("""{"model": "m", "adapter": "cope", "samples": 3}"""), StringComparison.Ordinal);
        Assert.Contains("line 1: it is not an llm tier", Said("""{"adapter": "cope"}"""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{content}}", "no content", "{{content}} has to stand in its messages exactly once")]
    [InlineData("{{definition}}", "{{defnition}}", "{{defnition}} is none of")]
    [InlineData("\"user\"", "\"person\"", "the role \"person\" is none of")]
    [InlineData("\"good\": 0", "\"good\": 2", "have to hold one at 0")]
    [InlineData("\"chat\"", "\"moderations\"", "do not belong together")]
    [InlineData("\"endpoint\"", "\"endpont\"", "line 2: it is not an adapter")]
    [InlineData("\"oneCategoryACall\": true", "\"categories\": [\"hat\"]", "\"hat\" is none of")]
    public void Says_what_is_wrong_with_it(string right, string wrong, string said)
    {
        using var file = new TemporaryFile("own.json", Own.Replace(right, wrong, StringComparison.Ordinal));
        Assert.Contains(said, Assert.Throws<UnusableFileException>(() => AdapterFile.Load(file.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_is_openais_wire_format_with_the_schema_of_the_categories_asked()
    {
        var adapter = AdapterFile.LoadShipped("chat-json");
        var tier = new LlmTier { Model = "m", Adapter = "chat-json" };
        var prompt = Prompt.Of(adapter, DefaultPolicy.Of(["hate", "spam"]), Category.All, new PromptContent("hi \"there\""))[0];
        using var body = JsonDocument.Parse(LlmRequest.Body(adapter, tier, prompt));
        Assert.Equal("m", body.RootElement.GetProperty("model").GetString());
        Assert.True(body.RootElement.GetProperty("logprobs").GetBoolean());
        var schema = body.RootElement.GetProperty("response_format").GetProperty("json_schema").GetProperty("schema");
        Assert.Equal(["hate", "spam"], schema.GetProperty("required").EnumerateArray().Select(name => name.GetString()!));
        Assert.Equal("boolean", schema.GetProperty("properties").GetProperty("spam").GetProperty("properties").GetProperty("violates").GetProperty("type").GetString());
        using var safeguard = JsonDocument.Parse(LlmRequest.Body(AdapterFile.LoadShipped("gpt-oss-safeguard"), tier, prompt));
        Assert.Equal("low", safeguard.RootElement.GetProperty("reasoning_effort").GetString());
    }

    [Fact]
    public void Opens_both_envelopes_with_their_probabilities_and_counts()
    {
        var chat = LlmReply.Read(LlmEndpoint.Chat, """
            {"choices":[{"finish_reason":"stop","message":{"content":"safe"},"logprobs":{"content":[{"token":"safe","logprob":-0.1,"top_logprobs":[{"token":"safe","logprob":-0.1},{"token":"unsafe","logprob":-2.4}]}]}}],
             "usage":{"prompt_tokens":12,"completion_tokens":3}}
            """u8);
        Assert.Equal(("safe", 12, 3), (chat.Answer!.Text, chat.InputTokens, chat.OutputTokens));
        Assert.Equal(-2.4, chat.Answer.Tokens[0].Alternatives[1].LogProbability);
        var completion = LlmReply.Read(LlmEndpoint.Completions, """{"choices":[{"text":"1","logprobs":{"tokens":["1"],"token_logprobs":[-0.2],"top_logprobs":[{"1":-0.2,"0":-1.7}]}}]}"""u8);
        Assert.Equal(("1", 2), (completion.Answer!.Text, completion.Answer.Tokens[0].Alternatives.Count));
    }

    [Theory]
    [InlineData(" ", ProviderFault.EmptyBody)]
    [InlineData("<html>502</html>", ProviderFault.NotJson)]
    [InlineData("{\"choices\": [{", ProviderFault.TruncatedJson)]
    [InlineData("{\"choices\": x}", ProviderFault.NotJson)]
    [InlineData("{\"choices\": [NaN]}", ProviderFault.UnusableNumber)]
    [InlineData("{}", ProviderFault.WrongSchema)]
    [InlineData("{\"choices\": []}", ProviderFault.WrongSchema)]
    [InlineData("{\"choices\": {\"message\": 1}}", ProviderFault.WrongSchema)]
    [InlineData("{\"choices\": [1, 2]}", ProviderFault.TwoVerdicts)]
    public void Takes_no_other_envelope(string body, ProviderFault fault) =>
        Assert.Equal(fault, LlmReply.Read(LlmEndpoint.Chat, Encoding.UTF8.GetBytes(body)).Fault);

    [Fact]
    public void Invalid_bytes_are_said_to_be_that() =>
        Assert.Equal(ProviderFault.InvalidUtf8, LlmReply.Read(LlmEndpoint.Chat, [.. "{\"a\":\""u8, 0xFF, 0xFE, .. "\"}"u8]).Fault);

    [Fact]
    public void Several_samples_agree_by_their_share()
    {
        TierOutcome.Judged Sample(double score) => new(new Dictionary<string, double> { ["hate"] = score }, ConfidenceSource.SelfReport);
        var agreement = Assert.IsType<TierOutcome.Judged>(AnswerReader.Agreement([Sample(0.9), Sample(0.8), Sample(0.1), Sample(0.7)]));
        Assert.Equal((0.75, ConfidenceSource.SampleAgreement), (agreement.Scores["hate"], agreement.Confidence));
        Assert.IsType<TierOutcome.Failed>(AnswerReader.Agreement([Sample(0.9), new TierOutcome.Failed(ProviderFault.Refused)]));
    }
}
