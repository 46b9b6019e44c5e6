using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Moderato.Cli.Tests.Commands;

/// <summary>Logs that leave little to say, and what tune, estimate and drift say to them, pinned word for word.</summary>
public sealed class AnswersToNastyLogsTests : IDisposable
{
    private static readonly string[] Words = ["train", "late", "photo", "garden", "match", "goal", "thanks", "cat", "rain", "lunch", "music", "river"];

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, string, string> Asked => new()
    {
        { "tune no positives", "none violating", "tune {log} --labels random --block-from 0.5 --cost-fp 1 --cost-fn 5 --max-fnr 0.1" },
        { "tune all violating", "all violating", "tune {log} --labels random --block-from 0.5 --cost-fp 1 --cost-fn 5" },
        { "tune one score", "one score", "tune {log} --labels random --block-from 0.5 --cost-fp 1 --cost-fn 5" },
        { "tune few scores", "few scores", "tune {log} --labels random --review-from 0.5 --block-from 0.9 --cost-fp 1 --cost-fn 5 --cost-review 0.1 --capacity 20" },
        { "tune one day", "one day", "tune {log} --labels random --review-from 0.4 --block-from 0.8 --cost-fp 1 --cost-fn 5 --cost-review 0.1 --capacity 100" },
        { "tune days and errors", "days", "tune {log} --labels random --review-from 0.4 --block-from 0.8 --cost-fp 1 --cost-fn 5 --cost-review 0.1 --capacity 20 --demand-quantile 0.9 --reviewer-error 0.05 --max-fnr 0.2" },
        { "tune no labels", "no labels", "tune {log} --review-from 0.4 --block-from 0.8" },
        { "estimate no positives", "none violating", "estimate {log} --labels random --block-from 0.5" },
        { "estimate all violating", "all violating", "estimate {log} --labels random --block-from 0.5" },
        { "estimate one score", "one score", "estimate {log} --labels random --block-from 0.5" },
        { "estimate no labels", "no labels", "estimate {log} --review-from 0.4 --block-from 0.8" },
        { "estimate labels in one period", "labels in one period", "estimate {log} --labels random --block-from 0.5 --since 2026-03-11" },
        { "estimate second labels", "second labels", "estimate {log} --labels random --block-from 0.5" },
        { "estimate stated error", "days", "estimate {log} --labels random --review-from 0.4 --block-from 0.8 --reviewer-error 0.05" },
        { "drift same", "days", "drift {log} --since 2026-03-11" },
        { "drift moved", "moved", "drift {log} --since 2026-03-11" },
        { "drift one score", "one score", "drift {log} --since 2026-03-11" },
        { "drift labels in one period", "labels in one period", "drift {log} --labels random --block-from 0.5 --since 2026-03-11" },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Asked))]
    public async Task The_answer_comes_first_and_fits_80_columns(string name, string log, string command)
    {
        string path = folder.Write("log.csv", Log(log));
        string[] arguments = [.. command.Split(' ').Select(argument => argument.Replace("{log}", path, StringComparison.Ordinal))];

        var (exit, output, error) = await Run(arguments);
        var (_, json, _) = await Run([.. arguments, "--json"]);

        using var document = JsonDocument.Parse(json);
        Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
        Assert.DoesNotContain("NaN", json, StringComparison.Ordinal);
        Assert.All(output.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 80, line));
        string said = string.Join('\n', output.Split('\n').Select(line => line.TrimEnd()));
        Golden.Check(name, $"exit {exit}\n{error}{said}".Replace(path, "log.csv", StringComparison.Ordinal));
    }

    private static string Log(string kind)
    {
        var random = new Random(7);
        var csv = new StringBuilder("id,text,score,time,label,second_label\n");
        for (int i = 0; i < 1_200; i++)
        {
            int day = kind == "one day" ? 0 : i * 20 / 1_200;
            bool later = day >= 10;
            double score = kind switch
            {
                "one score" => .7,
                "few scores" => new[] { .1, .2, .5, .85, .9 }[random.Next(5)],
                "moved" when later => Math.Round(.3 + (.7 * random.NextDouble()), 4),
                _ => Math.Round(random.NextDouble(), 4),
            };
            int truth = random.NextDouble() < score * score ? 1 : 0;
            string label = kind switch
            {
                "none violating" => "0",
                "all violating" => "1",
                "no labels" => "",
                "labels in one period" when !later => "",
                _ => (kind == "second labels" && random.Next(20) == 0 ? 1 - truth : truth).ToString(CultureInfo.InvariantCulture),
            };
            string second = kind == "second labels" ? (random.Next(20) == 0 ? 1 - truth : truth).ToString(CultureInfo.InvariantCulture) : "";
            string text = string.Join(' ', Enumerable.Range(0, 8).Select(_ => Words[random.Next(Words.Length)])) + (kind == "moved" && later ? " blackout" : "");
            csv.Append(CultureInfo.InvariantCulture, $"c{i},{text},{score},2026-03-{1 + day:00}T12:00:00Z,{label},{second}\n");
        }

        return csv.ToString();
    }

    private static async Task<(int Exit, string Output, string Error)> Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exit = await Program.Run(arguments, output, error, TimeProvider.System);
        return (exit, output.ToString(), error.ToString());
    }
}
