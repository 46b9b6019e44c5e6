using System.Diagnostics;
using System.Text.Json;
using Moderato.Cli.Tests.Contract;
using Moderato.Releases;
using Moderato.Server.Tests.Classification;

namespace Moderato.Cli.Tests.Commands;

/// <summary><c>releases calibrate</c> with an endpoint that answers, does not, or answers some of the time.</summary>
public sealed class CalibrateWithLlmTests : IDisposable
{
    private const int Contents = 240;

    private readonly TemporaryFolder folder = new();

    public CalibrateWithLlmTests()
    {
        File.WriteAllText(folder["llm.json"], """{"model": "test-model", "adapter": "chat-json"}""");
        File.WriteAllText(folder["own.jsonl"], LabelledAbuse.Of(Contents));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_model_becomes_a_tier_of_a_release_that_loads_and_says_what_asking_took()
    {
        using var provider = CalibratedRelease.Judging();
        var answer = Json(await Calibrate(provider.Url, "--band", "0:0.9", "--prior", "0.02", "--json"), ExitCode.Done);
        Assert.Equal((Contents, Contents, Contents), (Number(answer, "contents"), Number(answer, "judged"), Number(answer.GetProperty("cost"), "calls")));
        Assert.Equal((100 * Contents, 10 * Contents), (Number(answer.GetProperty("cost"), "inputTokens"), Number(answer.GetProperty("cost"), "outputTokens")));
        Assert.Empty(answer.GetProperty("notJudged").EnumerateObject());
        Assert.Equal("harassment", Assert.Single(answer.GetProperty("categories").EnumerateArray()).GetProperty("category").GetString());
        Assert.DoesNotContain("profanity", provider.Request.Split("Answer with a JSON object", 2)[1], StringComparison.Ordinal);
        var release = ReleaseFile.Load(folder["next"]).Release;
        Assert.Equal(answer.GetProperty("release").GetString(), release.Id);
        Assert.Equal(("llm", "test-model"), (release.Tiers[^1].Tier, release.Tiers[^1].Version));
        Assert.Equal(new EscalationBand(0, 0.9), release.Escalations![0].Bands["harassment"]);
    }

    [Fact]
    public async Task What_it_wrote_is_served_and_a_decision_says_which_tiers_judged()
    {
        using var provider = CalibratedRelease.Judging();
        var decision = await CalibratedRelease.DecideAsync(folder, provider.Url);
        var tier = Assert.Single(decision.GetProperty("tiers").EnumerateArray());
        Assert.Equal(("llm", "judged", 0.9), (tier.GetProperty("tier").GetString(), tier.GetProperty("outcome").GetString(), tier.GetProperty("scores").GetProperty("harassment").GetDouble()));
        Assert.StartsWith("ngram-", decision.GetProperty("release").GetString(), StringComparison.Ordinal);
        Assert.Contains("+llm-", decision.GetProperty("release").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_said_is_kept_without_a_text_and_another_band_asks_nobody()
    {
        using var provider = CalibratedRelease.Judging();
        await Calibrate(provider.Url, "--band", "0:0.9");
        int asked = provider.Calls;
        string kept = await File.ReadAllTextAsync(folder["next/scores.jsonl"], TestContext.Current.CancellationToken);
        Assert.Equal(Contents, kept.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.DoesNotContain("weather", kept, StringComparison.Ordinal);

        // Cut off in the middle of a line, as by a kill.
        await File.WriteAllTextAsync(folder["next/scores.jsonl"], kept[..^40], TestContext.Current.CancellationToken);
        var answer = Json(await Calibrate(provider.Url, "--band", "0.1:0.8", "--json"), ExitCode.Done);
        Assert.Equal(asked + 1, provider.Calls);
        Assert.Equal((Contents, 1), (Number(answer, "judged"), Number(answer.GetProperty("cost"), "calls")));
    }

    [Fact]
    public async Task A_content_that_it_does_not_judge_is_counted_by_what_became_of_it()
    {
        int requests = 0;
        using var provider = CalibratedRelease.Judging(_ => Interlocked.Increment(ref requests) % 6 == 0 ? 500 : 200);
        var (exit, output, error) = await Calibrate(provider.Url, "--band", "0:0.9");
        Assert.True(exit == ExitCode.Done, error);
        Assert.Contains("Not judged, and in no figure: 40 of 240 contents (serverError 40).", output, StringComparison.Ordinal);
        Assert.Contains("Asked in 240 calls", output, StringComparison.Ordinal);

        var answer = Json(await Calibrate(provider.Url, "--band", "0:0.9", "--json"), ExitCode.Done);
        Assert.Equal(40, Number(answer.GetProperty("cost"), "calls"));
        Assert.Equal(6, Number(answer.GetProperty("notJudged"), "serverError"));
    }

    [Fact]
    public async Task An_endpoint_that_is_not_there_is_asked_once()
    {
        var (exit, output, error) = await Calibrate(new Uri("http://127.0.0.1:9/v1"), "--band", "0:0.9");
        Assert.Equal((ExitCode.WrongInput, ""), (exit, output));
        Assert.StartsWith("error: --url: http://127.0.0.1:9/v1: connectionRefused\n  try: start the endpoint", error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["next/release.json"]));
    }

    [Theory]
    [InlineData(401, "unauthorized", "--key-file", 1)]
    [InlineData(403, "forbidden", "--key-file", 1)]
    [InlineData(404, "notFound", "up to and with /v1", 1)]
    [InlineData(500, "serverError, and 10 failures one after the other", "log", 10)]
    [InlineData(400, "badRequest, and 10 failures one after the other", "adapter", 10)]
    public async Task An_endpoint_that_answers_nobody_ends_it_with_a_remedy(int status, string said, string remedy, int calls)
    {
        using var provider = CalibratedRelease.Judging(_ => status);
        var (exit, output, error) = await Calibrate(provider.Url, "--band", "0:0.9", "--at-once", "1");
        Assert.Equal((ExitCode.WrongInput, ""), (exit, output));
        Assert.StartsWith($"error: --url: {provider.Url}: {said}\n  try: ", error, StringComparison.Ordinal);
        Assert.Contains(remedy, error, StringComparison.Ordinal);
        Assert.Equal(calls, provider.Calls);
    }

    [Fact]
    public async Task A_slow_endpoint_is_given_the_time_that_it_is_given_and_no_more()
    {
        using var provider = new FaultyProvider((_, cancel) => Task.Delay(Timeout.Infinite, cancel));
        var (exit, _, error) = await Calibrate(provider.Url, "--band", "0:0.9", "--timeout", "0.2");
        Assert.Equal(ExitCode.WrongInput, exit);
        Assert.Contains("noAnswerInTime, and 10 failures one after the other", error, StringComparison.Ordinal);
        Assert.Contains("--timeout", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_answers_in_no_form_is_said_to_be_one()
    {
        using var provider = FaultyProvider.Answering(200, FaultyProvider.Chat("I would rather not say."));
        var (exit, _, error) = await Calibrate(provider.Url, "--band", "0:0.9");
        Assert.Equal(ExitCode.WrongInput, exit);
        Assert.Contains("try another adapter", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--at-once", "0")]
    [InlineData("--timeout", "0")]
    [InlineData("--timeout", "NaN")]
    [InlineData("--url", "nowhere")]
    [InlineData("--key-file", "/nowhere")]
    public async Task What_is_wrong_with_an_argument_is_named_before_anybody_is_asked(string option, string value)
    {
        using var provider = CalibratedRelease.Judging();
        string[] url = option == "--url" ? [] : ["--url", provider.Url.ToString()];
        var (exit, _, error) = await Run(["--band", "0:0.9", .. url, option, value]);
        Assert.Equal(ExitCode.WrongInput, exit);
        Assert.StartsWith($"error: {option}: ", error, StringComparison.Ordinal);
        Assert.Equal(0, provider.Calls);
    }

    [Fact]
    public async Task A_set_without_a_label_that_the_release_judges_asks_nobody()
    {
        using var provider = CalibratedRelease.Judging();
        await File.WriteAllTextAsync(folder["own.jsonl"], """{"id": "1", "text": "hello", "labels": {"illicit": 1}}""" + "\n", TestContext.Current.CancellationToken);
        var (exit, _, error) = await Calibrate(provider.Url, "--band", "0:0.9");
        Assert.Equal(ExitCode.WrongInput, exit);
        Assert.StartsWith("error: SET: 1 contents, none with a label", error, StringComparison.Ordinal);
        Assert.Equal(0, provider.Calls);
    }

    [Fact]
    public async Task Interrupted_it_keeps_what_was_scored_and_the_same_command_goes_on_from_there()
    {
        int allowed = 30, requests = 0;
        using var provider = new FaultyProvider(async (request, stream, cancel) =>
        {
            if (Interlocked.Increment(ref requests) > allowed)
            {
                await Task.Delay(Timeout.Infinite, cancel);
            }

            await CalibratedRelease.AnswerAsync(200, request, stream, cancel);
        });
        string kept = folder["next/scores.jsonl"];
        using (var process = Executable.StartInterruptible(Words(["--url", provider.Url.ToString(), "--band", "0:0.9"])))
        {
            for (int i = 0; i < 3_000 && !(File.Exists(kept) && LinesOf(kept) == allowed); i++)
            {
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }

            using var interrupt = Process.Start("kill", ["-INT", $"{process.Id}"]);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(ExitCode.Interrupted, process.ExitCode);
            Assert.Equal("", await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        }

        Assert.Equal(allowed, LinesOf(kept));
        allowed = int.MaxValue;
        var answer = Json(await Calibrate(provider.Url, "--band", "0:0.9", "--json"), ExitCode.Done);
        Assert.Equal(Contents - 30, Number(answer.GetProperty("cost"), "calls"));

        static int LinesOf(string file) => File.ReadAllText(file).Count(letter => letter == '\n');
    }

    private Task<(int Exit, string Output, string Error)> Calibrate(Uri url, params string[] further) => Run(["--url", url.ToString(), .. further]);

    private async Task<(int Exit, string Output, string Error)> Run(string[] further)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        int exit = await Program.Run(Words(further), output, error, TimeProvider.System);
        return (exit, output.ToString(), error.ToString());
    }

    private string[] Words(string[] further) => ["releases", "calibrate", folder["own.jsonl"], "--tier", folder["llm.json"], "--out", folder["next"], .. further];

    private static JsonElement Json((int Exit, string Output, string Error) answer, int exit)
    {
        Assert.True(answer.Exit == exit, answer.Error);
        return JsonElement.Parse(answer.Output);
    }

    private static int Number(JsonElement json, string name) => json.GetProperty(name).GetInt32();
}
