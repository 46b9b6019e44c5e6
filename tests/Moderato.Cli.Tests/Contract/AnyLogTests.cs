using System.Globalization;
using System.Text;
using System.Text.Json;
using Moderato.Statistics.Sampling;

namespace Moderato.Cli.Tests.Contract;

/// <summary>Logs as they come: few rows, columns that lack, cells that are none. An answer or a refusal, never a defect.</summary>
public sealed class AnyLogTests : IDisposable
{
    private static readonly Dictionary<string, string[]> Cells = new()
    {
        ["id"] = ["#", "#", "#", "#", "", "é", "\"x\""],
        ["text"] = ["the cat sat", "gg headshot gg", "", "😀 \u202emirror", "你好 朋友", "=1+1", "\u001b[31mred", new('x', 3_000), "line\nbreak"],
        ["context"] = ["", "a thread"],
        ["category"] = ["hate", "hate", "hate", "spam", ""],
        ["score"] = ["?", "?", "?", "?", "0", "1", "1e-320", "-0", "", "NaN", "inf", "1.3", "0,5", "0.99999999999999999"],
        ["verdict"] = ["safe", "borderline", "violating", "0", "1", "", "blocked"],
        ["label"] = ["0", "1", "0", "1", "", "yes"],
        ["inclusion_probability"] = ["1", "0.5", "0.01", "", "1e-9", "1e-300", "0"],
        ["label_source"] = ["audit", "random", "queue", "appeal", ""],
        ["votes"] = ["0/3", "1/3", "3/3", "0/0", ""],
        ["second_label"] = ["0", "1", ""],
        ["time"] = ["2026-03-02T00:00:00Z", "2026-03-20T12:00:00Z", "2026-03-29T02:30:00+01:00", "2016-12-31T23:59:60Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "", "soon"],
        ["period"] = ["reference", "current", "current", ""],
        ["language"] = ["en", "de", ""],
        ["surface"] = ["chat", "comment"],
        ["author"] = ["u1", "u2", "u3", ""],
        ["views"] = ["1", "0", "1e9", "1e308", "-1", ""],
        ["release"] = ["r1", "r2"],
        ["extra"] = ["a", "b", "c"],
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Any_log_gets_an_answer_in_shape_or_a_refusal()
    {
        int answered = 0, refused = 0;
        for (ulong seed = 1; seed <= 300; seed++)
        {
            var random = new SplitMix64(seed);
            var (exit, output, error, command) = await Once(random, seed);
            Assert.True(exit is ExitCode.Done or ExitCode.WrongInput or ExitCode.AnswerIsNo, $"seed {seed}: {command}: exit {exit}\n{error}");
            var answer = new Answer($"seed {seed}: {command}", exit, output, error);
            if (exit == ExitCode.WrongInput)
            {
                answer.Refuses();
                refused++;
            }
            else
            {
                answer.Json(command switch { "investigate" => Shapes.Investigation, "tune" => Shapes.Tuning, "estimate" => Shapes.Estimate, _ => Shapes.Drift }, exit);
                answered++;
            }
        }

        Assert.True(answered > 60 && refused > 30, $"{answered} answered, {refused} refused");
    }

    [Fact]
    public async Task A_category_of_which_only_the_reference_has_decisions_is_left_out()
    {
        string log = folder.Write("log.csv", "id,category,score,period,surface\na,hate,0.2,reference,x\nb,hate,0.7,current,y\nc,spam,0.7,reference,x\nd,spam,0.1,reference,y\n");

        var found = new Answer("", 0, (await Run("investigate", log, "--block-from", "0.5", "--json")).Output, "").Json(Shapes.Investigation);

        Assert.Equal("hate", found.GetProperty("category").GetString());
        Assert.False(found.TryGetProperty("others", out _));
    }

    [Fact]
    public async Task When_no_row_can_be_read_nothing_is_answered_however_many_may_be_unreadable()
    {
        var (exit, output, error) = await Run("investigate", folder.Write("log.csv", "id,score\na,1.3\nb,x\n"), "--block-from", "0.5", "--max-bad-rows", "100%", "--json");

        Assert.Equal((ExitCode.WrongInput, ""), (exit, output));
        Assert.Contains("not one of 2 rows can be read", error, StringComparison.Ordinal);
        Assert.Contains("line 2: column \"score\"", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weights_and_views_beyond_reason_cost_their_rows()
    {
        string csv = "id,score,label,inclusion_probability,views\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"c{i},0.{i % 10},{(i % 10) / 7},0.5,1\n"));
        string log = folder.Write("log.csv", csv + "x,0.9,0,1e-300,1\ny,0.9,0,1,1e308\n");

        var (exit, output, error) = await Run("tune", log, "--block-from", "0.5", "--cost-fp", "1", "--cost-fn", "1", "--json");

        new Answer(error, exit, output, error).Json(Shapes.Tuning);
    }

    [Fact]
    public async Task Parquet_of_odd_types_is_read_or_refused_by_name()
    {
        string odd = Parquet.Of(folder["odd.parquet"], """
            SELECT i::UTINYINT AS id, (i / 100.0)::DECIMAL(5, 4) AS score, (i % 7 = 0)::BOOLEAN AS label, 0.5::FLOAT AS inclusion_probability,
                   TIMESTAMPTZ '2026-03-01 00:00:00+02' + INTERVAL (i) HOUR AS time, ('s' || i % 2)::ENUM('s0', 's1') AS surface,
                   (i % 3)::TINYINT AS views, CASE WHEN i % 2 = 0 THEN 'de' END AS language
            FROM range(100) t(i)
            """);
        string nested = Parquet.Of(folder["nested.parquet"], "SELECT i AS id, {'hate': i / 100.0, 'two words': {'a \"b\"': 'x(,'}} AS scores, [i, i + 1] AS list, DATE '2026-03-01' AS time, i % 2 AS label FROM range(60) t(i)");
        string none = Parquet.Of(folder["none.parquet"], "SELECT i AS id, NULL::DOUBLE AS score FROM range(60) t(i)");

        var estimate = new Answer("odd", 0, (await Run("estimate", odd, "--block-from", "0.5", "--by", "surface", "--json")).Output, "").Json(Shapes.Estimate);
        Assert.True(Rates.IsKnown(estimate.GetProperty("fpr")));
        var investigated = await Run("investigate", nested, "--map", "score=scores.hate", "--map", "surface=scores.two words.a \"b\"", "--block-from", "0.5", "--labels", "random", "--json");
        new Answer("nested", investigated.Exit, investigated.Output, investigated.Error).Json(Shapes.Investigation);
        var refused = await Run("investigate", none, "--block-from", "0.5", "--json");
        new Answer("none", refused.Exit, refused.Output, refused.Error).Refuses();
    }

    [Fact]
    public async Task A_log_of_another_system_without_labels_is_read_by_its_own_names()
    {
        var rows = GeneratedLog.Of(900, null, .5, _ => 0);
        string log = folder.Write("theirs.jsonl", string.Join('\n', rows.Select(row => JsonSerializer.Serialize(new
        {
            message = new { body = row.Text, channel = row.Surface },
            moderation = new { p_toxic = row.Score },
            ts = row.Time,
            sender = row.Author,
            flags = new[] { "a", "b" },
        }))));

        var (exit, output, error) = await Run(
            "investigate", log, "--map", "text=message.body", "--map", "score=moderation.p_toxic", "--map", "time=ts", "--map", "author=sender", "--map", "surface=message.channel",
            "--block-from", "0.5", "--since", GeneratedLog.Since, "--json");

        var found = new Answer("theirs", exit, output, error).Json(Shapes.Investigation);
        Assert.Contains("game", found.GetProperty("answer").GetString(), StringComparison.Ordinal);
    }

    private async Task<(int Exit, string Output, string Error, string Command)> Once(SplitMix64 random, ulong seed)
    {
        int Next(int below) => (int)(random.NextDouble() * below);
        string[] columns = [.. Cells.Keys.Where(name => Next(10) < (name is "id" or "score" or "label" ? 9 : 4))];
        bool clean = Next(3) > 0;
        int count = (int[])[1, 2, 5, 20, 50, 120] is var sizes ? sizes[Next(sizes.Length)] : 0;
        var rows = Enumerable.Range(0, count).Select(row => columns.ToDictionary(name => name, name =>
        {
            string[] cells = clean ? [.. Cells[name].Take((Cells[name].Length + 1) / 2)] : Cells[name];
            return cells[Next(cells.Length)] switch { "#" => $"c{row}", "?" => Math.Round(random.NextDouble(), 3).ToString(CultureInfo.InvariantCulture), var cell => cell };
        })).ToArray();
        string path = Next(2) == 0
            ? folder.Write($"{seed}.csv", string.Join(',', columns) + "\n" + string.Concat(rows.Select(row => string.Join(',', row.Values.Select(Quoted)) + "\n")))
            : folder.Write($"{seed}.jsonl", string.Concat(rows.Select(row => JsonSerializer.Serialize(row.Where(cell => cell.Value.Length > 0).ToDictionary()) + "\n")));
        string command = ((string[])["investigate", "investigate", "tune", "estimate", "drift"])[Next(5)];
        List<string> arguments = [command, path, "--json", "--max-bad-rows", "100%", "--block-from", ((string[])["0.5", "0.5", "0", "1"])[Next(4)]];
        Add(3, "--review-from", "0");
        Add(2, "--labels", "random");
        Add(columns.Contains("time") ? 3 : 0, "--since", "2026-03-10");
        Add(command == "tune" ? 2 : 0, "--cost-fp", "1", "--cost-fn", "5", "--cost-review", "0.1");
        Add(command == "tune" ? 3 : 0, "--max-fnr", "0.2");
        Add(command == "investigate" ? 3 : 0, "--objective-fpr", "0.03");
        Add(command == "investigate" ? 3 : 0, "--out", folder[$"report{seed}"], "--with-texts");
        var (exit, output, error) = await Run([.. arguments]);
        return (exit, output, error, command);

        void Add(int oneIn, params string[] further)
        {
            if (oneIn > 0 && Next(oneIn) == 0)
            {
                arguments.AddRange(further);
            }
        }
    }

    private static string Quoted(string cell) => cell.AsSpan().IndexOfAny(",\"\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static async Task<(int Exit, string Output, string Error)> Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exit = await Program.Run(arguments, output, error, TimeProvider.System);
        return (exit, output.ToString(), error.ToString());
    }
}
