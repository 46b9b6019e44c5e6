using System.Globalization;
using System.Text;
using System.Text.Json;
using Moderato.Cli.Output;

namespace Moderato.Cli.Tests.Commands;

/// <summary>The sample of false positives goes out as a sheet, is coded, and comes back; what was known of rates stays as it was.</summary>
public sealed class CodedSheetTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Codes_come_back_as_shares_and_change_no_rate()
    {
        string log = Log();
        var before = await Investigate(log, "--labels", "random", "--out", folder["report"], "--with-texts");
        string sheet = folder.Write("coded.csv", Coded(SheetOf("report")));

        var after = await Investigate(log, "--labels", "random", "--labelled", sheet);

        Assert.False(before.GetProperty("patterns").TryGetProperty("codes", out _));
        Same(before, after);
        var shares = after.GetProperty("patterns").GetProperty("codes").EnumerateArray()
            .ToDictionary(code => code.GetProperty("code").GetString()!, code => code.GetProperty("share"));
        Assert.Equal(1, shares.Values.Sum(share => share.GetProperty("estimate").GetDouble()), 1e-9);
        Assert.InRange(shares["news"].GetProperty("estimate").GetDouble(), .4, .6);
        Assert.Equal(before.GetProperty("patterns").GetProperty("sample").GetArrayLength(), shares["news"].GetProperty("n").GetInt32());
    }

    [Fact]
    public async Task A_sheet_that_repeats_the_labels_of_the_log_with_a_probability_of_its_own_changes_no_rate_either()
    {
        string log = Log();
        var before = await Investigate(log, "--labels", "random");
        string sheet = folder.Write("coded.csv", "id,inclusion_probability,label,code\n" + string.Concat(
            before.GetProperty("patterns").GetProperty("sample").EnumerateArray().Select(content => $"{content.GetProperty("id").GetString()},1,0,news\n")));

        var after = await Investigate(log, "--labels", "random", "--labelled", sheet);

        Same(before, after);
        Assert.Equal("news", after.GetProperty("patterns").GetProperty("codes")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task The_sheet_of_labels_and_the_coded_one_come_back_together()
    {
        string log = Log(labelled: false);
        await Run("sample", log, "--block-from", "0.5", "--budget", "400", "--out", folder["drawn.csv"]);
        string labelled = folder.Write("labelled.csv", Labelled(File.ReadAllText(folder["drawn.csv"])));
        var before = await Investigate(log, "--labelled", labelled, "--out", folder["report"]);
        string coded = folder.Write("coded.csv", Coded(SheetOf("report")));

        var after = await Investigate(log, "--labelled", labelled, "--labelled", coded);

        Same(before, after);
        Assert.True(after.GetProperty("patterns").GetProperty("codes").GetArrayLength() > 1);
    }

    [Fact]
    public async Task Without_being_asked_for_texts_the_sheet_holds_none()
    {
        await Investigate(Log(), "--labels", "random", "--out", folder["report"]);

        string sheet = SheetOf("report");
        Assert.StartsWith("id,text,context,category,score,verdict,code,comment\n", sheet, StringComparison.Ordinal);
        Assert.DoesNotContain("words", sheet, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_sheet_is_written_where_nobody_knows_which_flags_are_false()
    {
        await Investigate(Log(labelled: false), "--out", folder["report"]);

        Assert.False(File.Exists(Path.Combine(folder["report"], ReportFiles.ToCode)));
    }

    [Theory]
    [InlineData("id,code\nc1,\n", "no line has a code")]
    [InlineData("id,code\nelsewhere,news\n", "this id is not among the decisions")]
    [InlineData("id,kind\nc1,news\n", "no column \"label\"")]
    public async Task A_sheet_that_says_nothing_is_refused(string text, string named)
    {
        var (exit, _, error) = await Run("investigate", Log(), "--block-from", "0.5", "--labels", "random", "--labelled", folder.Write("coded.csv", text));

        Assert.Equal(ExitCode.WrongInput, exit);
        Assert.Contains(named, error, StringComparison.Ordinal);
    }

    /// <summary>Everything that is estimated from labels.</summary>
    private static void Same(JsonElement before, JsonElement after)
    {
        foreach (string part in (string[])["rates", "confidence", "diagnosis", "plan"])
        {
            Assert.Equal(before.GetProperty(part).GetRawText(), after.GetProperty(part).GetRawText());
        }
    }

    private string SheetOf(string report) => File.ReadAllText(Path.Combine(folder[report], ReportFiles.ToCode));

    private static string Coded(string sheet)
    {
        int line = 0;
        return string.Join('\n', sheet.TrimEnd('\n').Split('\n').Select(row => line++ == 0 ? row : $"{row[..^1]}{(line % 2 == 0 ? "news" : "fiction")},")) + "\n";
    }

    private static string Labelled(string sheet)
    {
        var lines = sheet.TrimEnd('\n').Split('\n');
        int label = Array.IndexOf(lines[0].Split(','), "label");
        return string.Join('\n', lines.Select((line, i) =>
        {
            var cells = line.Split(',');
            if (i > 0)
            {
                cells[label] = Truth(int.Parse(cells[0][1..], CultureInfo.InvariantCulture)) ? "1" : "0";
            }

            return string.Join(',', cells);
        }));
    }

    private static bool Truth(int content) => content % 11 == 0;

    private string Log(bool labelled = true)
    {
        var random = new Random(5);
        var csv = new StringBuilder(labelled ? "id,text,score,label\n" : "id,text,score\n");
        for (int i = 0; i < 2_000; i++)
        {
            string text = $"words {string.Concat(Enumerable.Range(0, 40).Select(letter => letter % 6 == 5 ? ' ' : (char)random.Next('a', 'z' + 1)))}";
            double score = Truth(i) ? .3 + (.7 * random.NextDouble()) : .6 * random.NextDouble();
            csv.Append(CultureInfo.InvariantCulture, $"c{i},{text},{score:0.000}");
            csv.Append(labelled ? Truth(i) ? ",1\n" : ",0\n" : "\n");
        }

        return folder.Write("log.csv", csv.ToString());
    }

    private static async Task<JsonElement> Investigate(params string[] args)
    {
        var (exit, output, error) = await Run(["investigate", .. args, "--block-from", "0.5", "--objective-fpr", "0.05", "--json"]);
        Assert.True(exit == ExitCode.Done, error);
        return JsonDocument.Parse(output).RootElement;
    }

    private static async Task<(int Exit, string Output, string Error)> Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exit = await Program.Run(args, output, error, TimeProvider.System);
        return (exit, output.ToString(), error.ToString());
    }
}
