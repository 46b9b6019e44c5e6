using System.Text.Json;
using Moderato.Releases;
using Moderato.Tests;

namespace Moderato.Cli.Tests.Commands;

public sealed class CalibrateCommandTests
{
    private const string Definition = """
        {
         "version": "encoder-minilm.w8", "model": "encoder-minilm.w8.onnx", "maxTokens": 128, "activation": "none",
         "tokenizer": {"kind": "wordPiece", "vocabulary": "encoder-minilm.vocab.txt"},
         "inputs": {"segments": "token_type_ids"}, "outputs": {"scores": "scores"},
         "labels": ["hate", "toxicity", "profanity", "harassment", "spam"]
        }
        """;

    [Fact]
    public async Task An_encoder_becomes_a_tier_of_a_release_that_loads()
    {
        string models = SharedModels.Folder();
        using var folder = new TemporaryFolder();
        foreach (string file in (string[])["encoder-minilm.w8.onnx", "encoder-minilm.vocab.txt"])
        {
            File.CreateSymbolicLink(folder[file], Path.Combine(models, file));
        }

        await File.WriteAllTextAsync(folder["encoder.json"], Definition, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["own.jsonl"], LabelledAbuse.Of(240), TestContext.Current.CancellationToken);
        var output = new StringWriter();
        var error = new StringWriter();
        int exit = await Program.Run(
            ["releases", "calibrate", folder["own.jsonl"], "--tier", folder["encoder.json"], "--band", "0:0.9", "--prior", "0.02", "--json", "--out", folder["next"]], output, error, TimeProvider.System);
        Assert.True(exit == ExitCode.Done, error.ToString());
        using var answer = JsonDocument.Parse(output.ToString());
        var harassment = Assert.Single(answer.RootElement.GetProperty("categories").EnumerateArray());
        Assert.Equal("harassment", harassment.GetProperty("category").GetString());
        Assert.InRange(harassment.GetProperty("report").GetProperty("rocAuc").GetProperty("estimate").GetDouble(), 0.9, 1);

        var release = ReleaseFile.Load(folder["next"]).Release;
        Assert.Equal(answer.RootElement.GetProperty("release").GetString(), release.Id);
        Assert.Equal(new EscalationBand(0, 0.9), release.Escalations![0].Bands["harassment"]);
        Assert.Equal(0.02, release.Escalations[0].Calibration["harassment"].Prior);
        Assert.Contains("5bcb4fc67ad9a13c", await File.ReadAllTextAsync(folder["next"] + "/encoder.json", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--band", "0.6:0.2", "error: --band: \"0.6:0.2\"")]
    [InlineData("--cost-fp", "1", "error: --cost-fp: costs are given in part")]
    [InlineData("--on-failure", "safe", "error: --band: neither a band nor costs")]
    public async Task Says_what_is_wrong_with_the_arguments(string option, string value, string said)
    {
        var error = new StringWriter();
        int exit = await Program.Run(["releases", "calibrate", "nothing.jsonl", "--tier", "nothing.json", "--out", "nowhere", option, value], new StringWriter(), error, TimeProvider.System);
        Assert.Equal(ExitCode.WrongInput, exit);
        Assert.StartsWith(said, error.ToString(), StringComparison.Ordinal);
    }
}
