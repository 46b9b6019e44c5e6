using System.Text;
using System.Text.Json;
using Moderato.Cli.Commands;
using Moderato.Cli.Output;
using Moderato.Releases;

namespace Moderato.Cli.Tests.Commands;

public sealed class ClassifyCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Answers_each_line_of_text_in_order_with_the_release_s_own_decision()
    {
        string[] texts = ["have a nice day", "", "I hate you all, you idiots", "naïve 😀", new string('x', 100_000), "‏مرحبا"];

        var lines = await Classify(string.Join('\n', texts));

        var cascade = ReleaseFile.Load(folder.Release());
        Assert.Equal(texts.Length, lines.Count);
        for (int i = 0; i < texts.Length; i++)
        {
            string language = new Moderato.Classification.Languages.LanguageDetector().Detect(texts[i]);
            var expected = cascade.Decide(texts[i], language);
            var line = lines[i];
            Assert.Equal(
                ["id", "verdict", "category", "scores", "tier", "release", "latencyMs"], line.EnumerateObject().Select(member => member.Name));
            Assert.Equal($"{i + 1}", line.GetProperty("id").GetString());
            Assert.Equal(expected.Verdict.ToString().ToLowerInvariant(), line.GetProperty("verdict").GetString());
            Assert.Equal(expected.Category, line.GetProperty("category").GetString());
            Assert.Equal(expected.Scores, line.GetProperty("scores").EnumerateObject().ToDictionary(score => score.Name, score => score.Value.GetDouble()));
            Assert.Equal(cascade.Release.Id, line.GetProperty("release").GetString());
            Assert.True(line.GetProperty("latencyMs").GetDouble() >= 0);
        }
    }

    [Fact]
    public async Task Keeps_the_fields_of_json_lines_as_they_were_written()
    {
        const string Line = """{"text":"hello","id":"x","labels":{"hate":0},"meta":{"votes":[1,2.0],"a\"b":null},"big":12345678901234567890,"verdict":"old"}""";

        var line = Assert.Single(await Classify(Line, "--keep"));

        Assert.Equal("x", line.GetProperty("id").GetString());
        Assert.Equal("hello", line.GetProperty("text").GetString());
        Assert.Equal("""{"votes":[1,2.0],"a\"b":null}""", line.GetProperty("meta").GetRawText());
        Assert.Equal("12345678901234567890", line.GetProperty("big").GetRawText());
        Assert.NotEqual("old", Assert.Single(line.EnumerateObject(), member => member.Name == "verdict").Value.GetString());
        Assert.False(Assert.Single(await Classify(Line)).TryGetProperty("meta", out _));
    }

    [Theory]
    [InlineData("1%", ExitCode.WrongInput)]
    [InlineData("50%", ExitCode.Done)]
    public async Task A_row_without_a_text_is_never_called_safe(string allowed, int expected)
    {
        string set = folder.Write("set.jsonl", "{\"id\":\"a\",\"text\":\"b\"}\n{\"id\":\"b\",\"text\":null}\n{\"id\":\"c\"}\n{\"id\":\"d\",\"text\":\"\"}\n");

        var (exit, output, error) = await Run("classify", set, "--release", folder.Release(), "--max-bad-rows", allowed);

        Assert.Equal(expected, exit);
        Assert.Equal(["a", "d"], Lines(output).Select(line => line.GetProperty("id").GetString()!));
        if (expected != ExitCode.Done)
        {
            Assert.Contains("2 of 4 rows cannot be read", error, StringComparison.Ordinal);
            Assert.Contains("set.jsonl, line 2: column \"text\": there is none, or it is null", error, StringComparison.Ordinal);
            Assert.Contains("set.jsonl, line 3: column \"text\"", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Reads_columns_of_a_table_and_keeps_them()
    {
        string csv = folder.Write("d.csv", "id,body,surface\na,hello there,chat\nb,\"two\nlines\",forum\n");

        var (exit, output, error) = await Run("classify", csv, "--release", folder.Release(), "--map", "text=body", "--keep");

        Assert.Equal((ExitCode.Done, ""), (exit, error));
        var lines = Lines(output);
        Assert.Equal(["a", "b"], lines.Select(line => line.GetProperty("id").GetString()!));
        Assert.Equal("two\nlines", lines[1].GetProperty("body").GetString());
        Assert.Equal("forum", lines[1].GetProperty("surface").GetString());
    }

    [Fact]
    public async Task A_bad_line_costs_itself_and_too_many_end_with_2_and_are_named()
    {
        string good = string.Concat(Enumerable.Range(0, 300).Select(i => $"{{\"id\":\"{i}\",\"text\":\"a {i}\"}}\n"));
        string one = folder.Write("one.jsonl", good + "{broken\n" + good);
        string many = folder.Write("many.jsonl", good + string.Concat(Enumerable.Repeat("{broken\n", 20)));

        var (exit, output, _) = await Run("classify", one, "--release", folder.Release());
        Assert.Equal(ExitCode.Done, exit);
        Assert.Equal(600, Lines(output).Count);

        (exit, output, string error) = await Run("classify", many, "--release", folder.Release());
        Assert.Equal(ExitCode.WrongInput, exit);
        Assert.Equal(300, Lines(output).Count);
        Assert.Contains("many.jsonl, line 301: this is not valid JSON", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Order_is_kept_over_many_batches()
    {
        var lines = await Classify(string.Join('\n', Enumerable.Range(0, 30_000).Select(i => $"text number {i}")));

        Assert.Equal(Enumerable.Range(1, 30_000).Select(i => $"{i}"), lines.Select(line => line.GetProperty("id").GetString()!));
    }

    [Fact]
    public async Task When_interrupted_what_was_read_is_worked_on_and_written()
    {
        using var interrupt = new CancellationTokenSource();
        var read = new List<int>();
        var written = new List<int>();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => OrderedWork.Run(
            () => new int[1],
            batch =>
            {
                batch[0] = read.Count;
                read.Add(batch[0]);
                if (read.Count == 20)
                {
                    interrupt.Cancel();
                }

                return true;
            },
            batch => Thread.Sleep(batch[0] % 3),
            batch => written.Add(batch[0]),
            interrupt.Token));

        Assert.Equal(20, read.Count);
        Assert.Equal(read, written);
    }

    [Fact]
    public async Task A_failure_at_work_or_in_writing_ends_the_run_with_it()
    {
        await Assert.ThrowsAsync<IOException>(() => OrderedWork.Run(
            () => new object(), _ => true, _ => { }, _ => throw new IOException("closed"), CancellationToken.None));
        await Assert.ThrowsAsync<InvalidDataException>(() => OrderedWork.Run(
            () => new object(), _ => true, _ => throw new InvalidDataException("bad"), _ => { }, CancellationToken.None));
    }

    private async Task<List<JsonElement>> Classify(string input, params string[] options)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exit = await Program.Run(["classify", "--release", folder.Release(), .. options], new Terminal
        {
            Output = output,
            Error = error,
            Input = () => new MemoryStream(Encoding.UTF8.GetBytes(input)),
            OutputBytes = () => new TextWriterStream(output),
            Time = TimeProvider.System,
        });
        Assert.Equal((ExitCode.Done, ""), (exit, error.ToString()));
        return Lines(output.ToString());
    }

    private static async Task<(int Exit, string Output, string Error)> Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exit = await Program.Run(args, output, error, TimeProvider.System);
        return (exit, output.ToString(), error.ToString());
    }

    private static List<JsonElement> Lines(string output) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
}
