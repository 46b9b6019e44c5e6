using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Moderato.Cli.Tests.Contract;

public sealed class CommandContractTests : IDisposable
{
    private static readonly string[] Commands = ["demo", "classify", "evaluate", "train", "sample", "investigate", "tune", "drift", "estimate", "label"];
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Every_command_has_help_with_an_example_and_takes_json()
    {
        var answers = await Task.WhenAll(Commands.Select(command => Executable.Run(command, "--help")));

        Assert.All(answers, answer =>
        {
            Assert.Equal((ExitCode.Done, ""), (answer.Exit, answer.Error));
            Assert.Matches(@"Examples?:\n  .*moderato", answer.Output);
            Assert.Contains("--json", answer.Output, StringComparison.Ordinal);
            Assert.All(answer.Output[answer.Output.IndexOf("Example", StringComparison.Ordinal)..].Split('\n'), line => Assert.True(line.Length <= 80, line));
            Assert.Equal(answer.Output.Split('\n').Where(line => line.StartsWith("  --", StringComparison.Ordinal)).Distinct().Count(), answer.Output.Split('\n').Count(line => line.StartsWith("  --", StringComparison.Ordinal)));
        });
    }

    [Theory]
    [InlineData("investigat")]
    [InlineData("investigate")]
    [InlineData("investigate", "/nowhere.csv")]
    [InlineData("classify", "-", "")]
    [InlineData("classify", "-", "another")]
    [InlineData("tune", "-", "--blok-from", "0.5")]
    [InlineData("tune", "-", "--block-from", "much")]
    [InlineData("train", "nowhere.jsonl", "--out", "/tmp/never")]
    [InlineData("evaluate", "nowhere*.jsonl")]
    public async Task What_is_wrong_with_a_command_line_is_said(params string[] arguments)
    {
        var answer = await Executable.Run(arguments);

        answer.Refuses();
        Assert.Empty(answer.Output);
    }

    [Fact]
    public async Task Classify_gives_a_verdict_a_line_and_carries_fields_through()
    {
        byte[] input = """
            {"id":"a","text":"have a nice day","labels":{"toxicity":0},"meta":{"source":[1,"x"]},"score":0.3}
            {"text":"you are a stupid idiot","verdict":"theirs"}

            """u8.ToArray();

        var plain = await Executable.Run(["classify", "--release", folder.Release()], input);
        var kept = await Executable.Run(["classify", "-", "--keep", "--json", "--release", folder["release"]], input);

        Assert.Equal((ExitCode.Done, ""), (plain.Exit, plain.Error));
        string[] lines = plain.Output.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.All(lines, line => Assert.Empty(Shapes.Decision.Misfits(JsonDocument.Parse(line).RootElement)));
        Assert.Equal("2", JsonDocument.Parse(lines[1]).RootElement.GetProperty("id").GetString());
        var first = JsonDocument.Parse(kept.Output.Split('\n')[0]).RootElement;
        Assert.Empty(Shapes.Decision.Misfits(first));
        Assert.Equal("""{"source":[1,"x"]}""", first.GetProperty("meta").GetRawText());
        Assert.Equal("""{"toxicity":0}""", first.GetProperty("labels").GetRawText());
        Assert.Equal(.3, first.GetProperty("score").GetDouble());
        Assert.Matches("safe|borderline|violating", JsonDocument.Parse(kept.Output.Split('\n')[1]).RootElement.GetProperty("verdict").GetString()!);
    }

    [Fact]
    public async Task Ctrl_C_keeps_what_is_classified_and_ends_with_130()
    {
        using var process = Executable.StartInterruptible("classify", "-", "--release", folder.Release());
        await process.StandardInput.WriteAsync(string.Concat(Enumerable.Repeat("have a nice day\n", 20_000)));
        await process.StandardInput.FlushAsync();
        string? first = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));

        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        string rest = await process.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync();

        Assert.Equal(ExitCode.Interrupted, process.ExitCode);
        Assert.All(rest.Split('\n', StringSplitOptions.RemoveEmptyEntries).Append(first!), line => Assert.Empty(Shapes.Decision.Misfits(JsonDocument.Parse(line).RootElement)));
    }

    [Fact]
    public async Task Evaluate_measures_by_group_and_a_missed_bar_is_no()
    {
        var rows = GeneratedLog.Of(400, null, .5, _ => 1);
        string set = folder.Write("set.jsonl", string.Join('\n', rows.Select(row => JsonSerializer.Serialize(new
        {
            id = row.Id,
            text = row.Text,
            labels = new Dictionary<string, int> { ["hate"] = row.Violating ? 1 : 0 },
            split = row.Surface == "forum" ? "train" : "test",
            meta = new { functionality = row.Surface, recorded = row.Score },
        }))));
        string gate = folder.Write("gate.json", """{"bars":[{"category":"hate","metric":"fnr","atMost":0.0001}]}""");

        var found = (await Executable.Run("evaluate", set, "--category", "hate", "--score", "meta.recorded", "--threshold", "0.5", "--by", "meta.functionality", "--json")).Json(Shapes.Evaluation);
        var split = (await Executable.Run("evaluate", set, "--category", "hate", "--score", "meta.recorded", "--threshold", "0.5", "--split", "test", "--json")).Json(Shapes.Evaluation);
        var at = (await Executable.Run("evaluate", set, "--category", "hate", "--release", folder.Release(), "--at", "review", "--json")).Json(Shapes.Evaluation);
        var gated = await Executable.Run("evaluate", set, "--category", "hate", "--score", "meta.recorded", "--threshold", "0.5", "--gate", gate, "--json");

        var only = Assert.Single(found.GetProperty("sets").EnumerateArray());
        Assert.Equal((400, rows.Count(row => row.Violating)), (only.GetProperty("n").GetInt32(), only.GetProperty("positives").GetInt32()));
        Assert.Equal(rows.Count(row => !row.Violating && row.Score >= .5) / (double)rows.Count(row => !row.Violating), Rates.Estimate(only.GetProperty("fpr")), 1e-9);
        Assert.Equal(rows.Count(row => row.Violating && row.Score < .5) / (double)rows.Count(row => row.Violating), Rates.Estimate(only.GetProperty("fnr")), 1e-9);
        Assert.Equal(Auc(rows), Rates.Estimate(only.GetProperty("rocAuc")), 1e-9);
        Assert.Equal(["comment", "forum", "game"], only.GetProperty("groups").EnumerateArray().Select(group => group.GetProperty("value").GetString()!).Order());
        Assert.All(only.GetProperty("groups").EnumerateArray(), group => Assert.Equal(rows.Count(row => row.Surface == group.GetProperty("value").GetString()), group.GetProperty("n").GetInt32()));
        Assert.Equal(rows.Count(row => row.Surface != "forum"), split.GetProperty("sets")[0].GetProperty("n").GetInt32());
        Assert.Equal("hate", at.GetProperty("sets")[0].GetProperty("category").GetString());
        gated.Json(Shapes.Evaluation, ExitCode.AnswerIsNo);
    }

    [Fact]
    public async Task A_sheet_goes_out_with_the_contracts_columns_and_comes_back()
    {
        var rows = GeneratedLog.Of(1_200, null, .5, _ => 0);
        string log = folder.Write("log.csv", GeneratedLog.Csv(rows.Append(rows[7] with { Id = "copy" }), "id,category,score,time,text")), sheet = folder["sheet.csv"], again = folder["again.csv"];
        string[] draw = ["sample", log, "--block-from", "0.5", "--budget", "200", "--seed", "3"];

        var answer = await Executable.Run([.. draw, "--out", sheet]);
        await Executable.Run([.. draw, "--out", again]);
        var printed = await Executable.Run(draw);
        var json = await Executable.Run([.. draw, "--json"]);

        Assert.Equal(ExitCode.Done, answer.Exit);
        byte[] bytes = await File.ReadAllBytesAsync(sheet);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(again));
        Assert.Equal(Encoding.UTF8.GetString(bytes), printed.Output);
        Assert.Equal(200, JsonDocument.Parse(json.Output).RootElement.GetProperty("contents").GetArrayLength());
        string[] lines = printed.Output.TrimEnd().Split('\n');
        Assert.Equal("id,cluster_size,text,context,category,score,verdict,inclusion_probability,label,votes,second_label,code,comment", lines[0]);
        Assert.Equal(200, lines.Length - 1);
        Assert.Equal(200, lines.Skip(1).Select(line => line.Split(',')[2]).Distinct().Count());
        double represented = lines.Skip(1).Sum(line => double.Parse(line.Split(',')[1], CultureInfo.InvariantCulture) / double.Parse(line.Split(',')[7], CultureInfo.InvariantCulture));
        Assert.InRange(represented, 1_150, 1_250);

        var truth = rows.ToDictionary(row => row.Id, row => row.Violating);
        truth["copy"] = rows[7].Violating;
        string filled = folder.Write("filled.csv", '\uFEFF' + lines[0] + "\r\n" + string.Join("\r\n", lines.Skip(1).Select(line =>
        {
            string[] cells = line.Split(',');
            cells[8] = truth[cells[0]] ? "1" : "0";
            return string.Join(',', cells);
        })));
        var found = (await Executable.Run("investigate", log, "--block-from", "0.5", "--labelled", filled, "--json")).Json(Shapes.Investigation).GetProperty("rates");
        double fpr = rows.Count(row => row is { Violating: false, Score: >= .5 }) / (double)rows.Count(row => !row.Violating);
        Assert.True(Rates.Holds(found.GetProperty("fpr"), fpr), $"{fpr}: {found.GetProperty("fpr")}");
    }

    [Fact]
    public async Task A_sheet_drawn_from_two_periods_says_so_where_the_reference_is_not_named_again()
    {
        var rows = GeneratedLog.Of(600, null, .5, _ => 1);
        string log = folder.Write("log.csv", GeneratedLog.Csv(rows, "id,score,time")), sheet = folder["sheet.csv"];
        await Executable.Run("sample", log, "--block-from", "0.5", "--since", GeneratedLog.Since, "--budget", "100", "--out", sheet);
        string filled = folder.Write("filled.csv", Regex.Replace(await File.ReadAllTextAsync(sheet), ",,,,,,(current|reference)\n", ",0,,,,,$1\n"));

        var unnamed = await Executable.Run("tune", log, "--block-from", "0.5", "--labelled", filled);
        var named = await Executable.Run("tune", log, "--block-from", "0.5", "--labelled", filled, "--since", GeneratedLog.Since);

        unnamed.Refuses();
        Assert.Contains("give --since or --reference as `moderato sample` had it", unnamed.Error, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Done, ""), (named.Exit, named.Error));
    }

    [Fact]
    public async Task Drift_is_the_shift_of_an_investigation_and_knows_no_error_rate_of_contents_that_nobody_decided()
    {
        string log = folder.Write("log.csv", GeneratedLog.Csv(GeneratedLog.Of(1_200, null, .5, _ => 1), "id,score,label,inclusion_probability,time,surface,text"));

        var drift = (await Executable.Run("drift", log, "--since", GeneratedLog.Since, "--block-from", "0.5", "--json")).Json(Shapes.Drift);
        var shift = (await Executable.Run("investigate", log, "--since", GeneratedLog.Since, "--block-from", "0.5", "--json")).Json(Shapes.Investigation).GetProperty("shift");
        var undecided = (await Executable.Run("drift", log, "--since", GeneratedLog.Since, "--json")).Json(Shapes.Drift);
        var profile = (await Executable.Run("drift", log, "--json")).Json(Shapes.Drift);

        Assert.True(JsonElement.DeepEquals(shift.GetProperty("text"), drift.GetProperty("text")));
        Assert.True(JsonElement.DeepEquals(shift.GetProperty("attribution"), drift.GetProperty("attribution")));
        Assert.False(undecided.TryGetProperty("attribution", out _));
        Assert.Contains(undecided.GetProperty("notAssessed").EnumerateArray(), missing => missing.GetProperty("why").GetString()!.Contains("--block-from", StringComparison.Ordinal));
        Assert.True(profile.GetProperty("columns").GetArrayLength() > 0);
    }

    [Fact]
    public async Task Estimate_names_the_naive_rate_of_the_queue_and_what_is_missing()
    {
        var rows = GeneratedLog.Of(1_500, .3, .5, verdict => verdict == "safe" ? .05 : .8);
        string log = folder.Write("log.csv", GeneratedLog.Csv(rows, "id,score,label,inclusion_probability,surface"));

        var found = (await Executable.Run("estimate", log, "--review-from", "0.3", "--block-from", "0.5", "--by", "surface", "--json")).Json(Shapes.Estimate);

        Assert.True(Rates.Holds(found.GetProperty("fpr"), rows.Count(row => row is { Verdict: "violating", Violating: false }) / (double)rows.Count(row => !row.Violating)));
        Assert.True(Rates.Estimate(found.GetProperty("naiveQueueFpr")) > 2 * Rates.Estimate(found.GetProperty("fpr")));
        Assert.True(found.GetProperty("labelsNeeded").GetArrayLength() > 0);
        Assert.Equal(["comment", "forum", "game"], found.GetProperty("by").EnumerateArray().Select(group => group.GetProperty("value").GetString()!).Order());
    }

    [Fact]
    public async Task What_a_person_reads_fits_80_columns_and_carries_no_escape()
    {
        string log = folder.Write("log.csv", GeneratedLog.Csv(GeneratedLog.Of(1_200, null, .5, _ => .6), "id,score,label,inclusion_probability,time,surface,text"));
        string[][] commands =
        [
            ["investigate", log, "--block-from", "0.5", "--since", GeneratedLog.Since], ["tune", log, "--block-from", "0.5", "--cost-fp", "1", "--cost-fn", "5", "--cost-review", "0.1"],
            ["estimate", log, "--block-from", "0.5"], ["drift", log, "--since", GeneratedLog.Since], ["drift", log], ["sample", log, "--block-from", "0.5", "--out", folder["s.csv"]],
        ];

        foreach (var answer in await Task.WhenAll(commands.Select(command => Executable.Run(command))))
        {
            Assert.Equal((ExitCode.Done, ""), (answer.Exit, answer.Error));
            Assert.DoesNotContain('\e', answer.Output);
            Assert.DoesNotContain("NaN", answer.Output, StringComparison.Ordinal);
            Assert.All(answer.Output.Split('\n'), line => Assert.True(new StringInfo(line.TrimEnd()).LengthInTextElements <= 80 || line.Contains(folder["s.csv"], StringComparison.Ordinal), line));
        }
    }

    [Fact]
    public async Task The_command_that_comes_next_runs_as_it_is_written()
    {
        string log = folder.Write("a log.csv", GeneratedLog.Csv(GeneratedLog.Of(900, .3, .5, _ => 0), "id,score,time,surface,text").Replace("score", "p_toxic", StringComparison.Ordinal));
        string directory = Directory.CreateDirectory(folder["here"]).FullName;

        string sample = NextOf((await Executable.Run("investigate", log, "--map", "score=p_toxic", "--review-from", "0.3", "--block-from", "0.5", "--since", GeneratedLog.Since)).Output);
        var (drawn, sampled, _) = await Shell(directory, sample);
        var (exit, investigated, error) = await Shell(directory, sampled[sampled.IndexOf("moderato investigate", StringComparison.Ordinal)..]);

        Assert.Equal((ExitCode.Done, ExitCode.WrongInput), (drawn, exit));
        Assert.True(File.Exists(Path.Combine(directory, "sheet.csv")));
        Assert.Contains("no line has a label", error, StringComparison.Ordinal);
        Assert.Empty(investigated);
    }

    private static string NextOf(string output) => output[(output.LastIndexOf("\nNext ", StringComparison.Ordinal) + "\nNext ".Length)..].Trim();

    private static async Task<(int Exit, string Output, string Error)> Shell(string directory, string command)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "moderato.dll");
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", $"moderato() {{ dotnet '{program}' \"$@\"; }}\n{command}"])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = shell.StandardError.ReadToEndAsync();
        string output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return (shell.ExitCode, output, await error);
    }

    /// <summary>P(score of a violating content above a safe one's), ties half.</summary>
    private static double Auc(Row[] rows)
    {
        var safe = rows.Where(row => !row.Violating).ToArray();
        var violating = rows.Where(row => row.Violating).ToArray();
        return violating.Average(one => safe.Average(other => one.Score > other.Score ? 1 : one.Score == other.Score ? .5 : 0));
    }
}
