using System.Text.Json;
using Moderato.Server.Tests.Classification;

namespace Moderato.Cli.Tests.Commands;

/// <summary>
/// <c>releases calibrate</c> with a real, tiny model: for the plumbing, not for its judgement. A handful of contents, since two cores answer
/// in a second or more, so the answer is that they are too few.
/// </summary>
public sealed class CalibrateWithRealLlmTests
{
    [Fact]
    public async Task A_real_model_is_asked_about_each_content_and_too_few_of_them_make_no_release()
    {
        await using var llm = await TinyLlm.StartAsync();
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["llm.json"], """{"model": "smollm2-135m-instruct", "adapter": "chat-json"}""", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["own.jsonl"], LabelledAbuse.Of(3), TestContext.Current.CancellationToken);
        string[] words = ["releases", "calibrate", folder["own.jsonl"], "--tier", folder["llm.json"], "--url", llm.Url.ToString(), "--band", "0:0.9", "--at-once", "1", "--timeout", "300", "--json", "--out", folder["next"]];
        var first = await Run(words);
        Assert.Equal((3, 3, 3), (Number(first, "contents"), Number(first, "judged"), Number(first.GetProperty("cost"), "calls")));
        Assert.InRange(Number(first.GetProperty("cost"), "inputTokens"), 300, 12_000);
        Assert.StartsWith("not calibrated: one of the three parts", Assert.Single(first.GetProperty("categories").EnumerateArray()).GetProperty("statement").GetString(), StringComparison.Ordinal);
        Assert.False(first.TryGetProperty("release", out _));

        // What it said of them lies in the folder, as numbers.
        var lines = await File.ReadAllLinesAsync(folder["next/scores.jsonl"], TestContext.Current.CancellationToken);
        Assert.All(lines, line => Assert.InRange(JsonElement.Parse(line).GetProperty("scores").GetProperty("harassment").GetDouble(), 0, 1));
        Assert.Equal(0, Number((await Run(words)).GetProperty("cost"), "calls"));
    }

    [Fact]
    public async Task What_calibrate_wrote_is_served_with_a_real_model_and_its_decision_says_which_tiers_judged()
    {
        await using var llm = await TinyLlm.StartAsync();
        using var folder = new TemporaryFolder();
        var decision = await CalibratedRelease.DecideAsync(folder, llm.Url);
        var tier = Assert.Single(decision.GetProperty("tiers").EnumerateArray());
        Assert.Equal(("llm", "judged", "tokenProbability"), (Text(tier, "tier"), Text(tier, "outcome"), Text(tier, "confidence")));
        Assert.InRange(tier.GetProperty("scores").GetProperty("harassment").GetDouble(), 0, 1);
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static async Task<JsonElement> Run(string[] words)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        int exit = await Program.Run(words, output, error, TimeProvider.System);
        Assert.True(exit == ExitCode.AnswerIsNo, error.ToString());
        return JsonElement.Parse(output.ToString());
    }

    private static int Number(JsonElement json, string name) => json.GetProperty(name).GetInt32();
}
