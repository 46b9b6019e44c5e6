using System.Text;
using Moderato.Releases;

namespace Moderato.Cli.Tests;

public sealed class TrainCommandTests
{
    [Fact]
    public async Task A_judge_is_refused_with_the_reason()
    {
        using var folder = new TemporaryFolder();
        string set = folder["hatecheck.jsonl"];
        await File.WriteAllTextAsync(set, """{"id":"1","text":"t","labels":{"hate":1}}""", TestContext.Current.CancellationToken);
        var error = new StringWriter();
        int exit = await Program.Run(["train", set, "--out", folder["model"]], new StringWriter(), error, TimeProvider.System);
        Assert.Equal(ExitCode.WrongInput, exit);
        Assert.Equal(
            $"error: {set}: hatecheck may not be trained on: it is a judge of models: trained on it, it would measure nothing\n  try: leave it out, or name it with --measured-with\n",
            error.ToString());
        Assert.False(Directory.Exists(folder["model"]));
    }

    [Fact]
    public async Task A_set_of_ones_own_becomes_a_release_that_loads()
    {
        using var folder = new TemporaryFolder();
        string set = folder["own.jsonl"];
        var lines = new StringBuilder();
        for (int i = 0; i < 400; i++)
        {
            string word = i % 2 == 0 ? "blorgs" : "lemons";
            lines.AppendLine($$$"""{"id":"{{{i}}}","text":"these {{{word}}} of row {{{(char)('a' + (i % 26))}}}{{{(char)('a' + (i / 26))}}}","labels":{"hate":{{{(i + 1) % 2}}}}}""");
        }

        await File.WriteAllTextAsync(set, lines.ToString(), TestContext.Current.CancellationToken);
        var output = new StringWriter();
        int exit = await Program.Run(["train", set, "--out", folder["model"]], output, new StringWriter(), TimeProvider.System);
        Assert.Equal(ExitCode.Done, exit);
        Assert.Contains("on 400 contents and ", output.ToString());
        var cascade = ReleaseFile.Load(folder["model"]);
        Assert.True(cascade.Decide("these blorgs", "en").Scores["hate"] > cascade.Decide("these lemons", "en").Scores["hate"]);
    }

    [Theory]
    [InlineData("founta", "its licence is unclear, so weights trained on it could not be given away; `moderato evaluate` may measure with it", "leave it out, or name it with --measured-with")]
    [InlineData("log", "nobody teaches what these contents are", "name a sentence encoder with --teacher")]
    public async Task Content_without_labels_needs_a_teacher_and_a_licence(string name, string cause, string remedy)
    {
        using var folder = new TemporaryFolder();
        string own = folder["own.jsonl"], unlabelled = folder[$"{name}.jsonl"];
        await File.WriteAllLinesAsync(
            own, Enumerable.Range(0, 200).Select(i => $$$"""{"id":"{{{i}}}","text":"row {{{i}}}","labels":{"hate":1}}"""), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(unlabelled, """{"id":"1","text":"t"}""", TestContext.Current.CancellationToken);
        var error = new StringWriter();

        int exit = await Program.Run(["train", own, "--unlabelled", unlabelled, "--out", folder["model"]], new StringWriter(), error, TimeProvider.System);

        Assert.Equal(ExitCode.WrongInput, exit);
        Assert.Contains(cause, error.ToString(), StringComparison.Ordinal);
        Assert.Contains(remedy, error.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["model"]));
    }

    [Fact]
    public async Task A_teacher_that_is_not_there_is_named()
    {
        using var folder = new TemporaryFolder();
        string own = folder["own.jsonl"];
        await File.WriteAllLinesAsync(
            own, Enumerable.Range(0, 200).Select(i => $$$"""{"id":"{{{i}}}","text":"row {{{i}}}","labels":{"hate":1}}"""), TestContext.Current.CancellationToken);
        var error = new StringWriter();
        int exit = await Program.Run(["train", own, "--teacher", folder["none"], "--out", folder["model"]], new StringWriter(), error, TimeProvider.System);
        Assert.Equal(ExitCode.WrongInput, exit);
        Assert.Contains("model.onnx: there is no such file", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_languages_asked_for_are_trained_on_and_judged()
    {
        using var folder = new TemporaryFolder();
        string set = folder["own.jsonl"];
        var lines = new StringBuilder();
        for (int i = 0; i < 800; i++)
        {
            string word = i % 4 < 2 ? "blorgs" : "limonen";
            lines.AppendLine($$$"""{"id":"{{{i}}}","text":"diese {{{word}}} in zeile {{{(char)('a' + (i % 26))}}}{{{(char)('a' + (i / 26))}}}","lang":"{{{(i % 2 == 0 ? "de" : "en")}}}","labels":{"hate":{{{(i % 4 < 2 ? 1 : 0)}}}}}""");
        }

        await File.WriteAllTextAsync(set, lines.ToString(), TestContext.Current.CancellationToken);
        var output = new StringWriter();

        int exit = await Program.Run(["train", set, "--language", "de", "--out", folder["model"]], output, new StringWriter(), TimeProvider.System);

        Assert.Equal(ExitCode.Done, exit);
        Assert.Contains("400 in other languages", output.ToString(), StringComparison.Ordinal);
        var cascade = ReleaseFile.Load(folder["model"]);
        Assert.Contains("hate", cascade.Decide("diese blorgs", "de").Scores.Keys);
        Assert.Empty(cascade.Decide("diese blorgs", "en").Scores);
    }
}
