using System.Text;
using System.Text.Json;
using Moderato.Cli.Input;
using Moderato.Decisions;

namespace Moderato.Cli.Tests.Commands;

public sealed class SampleCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_sheet_goes_out_comes_back_filled_and_labels_whole_clusters()
    {
        string decisions = Decisions();
        string sheet = folder["sheet.csv"];
        var (exit, output, error) = await Run("sample", decisions, "--block-from", "0.5", "--budget", "60", "--out", sheet, "--json");
        Assert.Equal((ExitCode.Done, ""), (exit, error));
        Assert.Equal(60, JsonDocument.Parse(output).RootElement.GetProperty("drawn").GetInt32());
        var bytes = File.ReadAllBytes(sheet);
        Assert.False(bytes.AsSpan().StartsWith("\uFEFF"u8));

        // As a spreadsheet gives it back: byte order mark, semicolons are its own affair, CRLF, a label a line.
        string filled = folder.Write("filled.csv", "\uFEFF" + Fill(File.ReadAllText(sheet), (id, _) => id.EndsWith('7') ? "1" : "0"));
        var table = Assert.Single(Read(decisions, filled).Tables);

        var known = Assert.IsType<LabelDesign.Known>(table.Design);
        Assert.NotNull(table.Clusters);
        Assert.Equal("quotation", table.Codes![Array.FindIndex(table.Labels, label => label >= 0)]);
        double clusters = 0;
        foreach (var cluster in Enumerable.Range(0, table.Count).GroupBy(row => table.Clusters![row]))
        {
            Assert.Single(cluster.Select(row => (table.Labels[row], known.InclusionProbabilities[row])).Distinct());
            int first = cluster.First();
            clusters += table.Labels[first] >= 0 ? 1 / known.InclusionProbabilities[first] : 0;
        }

        Assert.Equal(table.Clusters!.Distinct().Count(), clusters, 1e-6);
    }

    [Fact]
    public async Task Texts_survive_and_no_cell_is_a_formula()
    {
        string[] nasty = ["=1+1", "+44 20", "-5 degrees", "@someone", "'=quoted", "a \"b\", c", "two\r\nlines", "semi;colon", " blank ", "\ttab", "tr=ue", "naïve 😀"];
        var csv = new StringBuilder("id,text,score\n");
        for (int i = 0; i < nasty.Length; i++)
        {
            csv.Append($"{(i == 0 ? "=id" : $"id{i}")},\"{nasty[i].Replace("\"", "\"\"", StringComparison.Ordinal)}\",0.{i % 10}\n");
        }

        string decisions = folder.Write("d.csv", csv.ToString());
        string sheet = folder["sheet.csv"];
        await Run("sample", decisions, "--block-from", "0.5", "--budget", "20", "--out", sheet);

        using var source = RowSource.Open(InputFile.Find(sheet, () => Stream.Null)[0]);
        var chunk = new RowChunk();
        Assert.True(source.Read(chunk, new BadRows(), TestContext.Current.CancellationToken));
        var texts = Enumerable.Range(0, chunk.Rows).Select(row => Encoding.UTF8.GetString(chunk[row, 2])).ToHashSet();
        Assert.Equal(nasty.Length, chunk.Rows);
        Assert.All(texts, text => Assert.DoesNotContain(text[0], "=+-@\t\r"));
        Assert.Contains("two\r\nlines", texts);
        Assert.Contains("a \"b\", c", texts);
        Assert.Contains("'=1+1", texts);
        Assert.Contains("''=quoted", texts);

        string filled = folder.Write("filled.csv", Fill(File.ReadAllText(sheet), (_, _) => "0"));
        Assert.All(Assert.Single(Read(decisions, filled).Tables).Labels, label => Assert.Equal(0, label));
    }

    [Fact]
    public async Task The_same_seed_writes_the_same_sheet_and_standard_output_gets_it_without_a_file()
    {
        string decisions = Decisions();
        var first = await Run("sample", decisions, "--block-from", "0.5", "--budget", "30", "--seed", "9");
        var second = await Run("sample", decisions, "--block-from", "0.5", "--budget", "30", "--seed", "9");

        Assert.Equal(first, second);
        Assert.StartsWith("id,cluster_size,text,context,category,score,verdict,inclusion_probability,label,votes,second_label,code,comment\n", first.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_period_is_sampled_and_told_apart_when_there_is_a_reference()
    {
        string now = Decisions();
        string before = Decisions("before.csv", salt: 1);
        string sheet = folder["sheet.csv"];
        var (exit, output, error) = await Run("sample", now, "--reference", before, "--block-from", "0.5", "--budget", "90", "--out", sheet, "--json");

        Assert.Equal((ExitCode.Done, ""), (exit, error));
        var strata = JsonDocument.Parse(output).RootElement.GetProperty("strata").EnumerateArray().ToList();
        Assert.Equal(["current", "current", "reference", "reference"], strata.Select(stratum => stratum.GetProperty("period").GetString()!));
        Assert.Contains(",period\n", File.ReadAllText(sheet), StringComparison.Ordinal);
    }

    /// <summary>300 contents; 40 of them one copypasta, some with a link or a word changed.</summary>
    private string Decisions(string name = "decisions.csv", int salt = 0)
    {
        var random = new Random(salt);
        var csv = new StringBuilder("id,text,score\n");
        for (int i = 0; i < 300; i++)
        {
            string text = i % 8 == 0
                ? $"Win {salt} prizes now at https://example.test/{i} by telling all your friends about this wonderful offer of ours"
                : string.Concat(Enumerable.Range(0, 60).Select(letter => letter % 6 == 5 ? ' ' : (char)random.Next('a', 'z' + 1)));
            csv.Append($"id{i},{text},{(i * 7919 % 1000) / 1000.0:0.000}\n");
        }

        return folder.Write(name, csv.ToString());
    }

    /// <summary>Fills in label, and code, of a sheet as a person would.</summary>
    private static string Fill(string sheet, Func<string, string, string> label)
    {
        var lines = sheet.Split(",,,,,", StringSplitOptions.None);
        var filled = new StringBuilder(lines[0]);
        for (int i = 1; i < lines.Length; i++)
        {
            string id = lines[i - 1].TrimStart('\n').Split('\n')[^1].Split(',')[0];
            filled.Append($",{label(id, lines[i - 1])},,,Quotation ,").Append(lines[i]);
        }

        return filled.ToString();
    }

    private static DecisionLog Read(string decisions, string sheet) => DecisionLog.Read(
        new DecisionQuery
        {
            Files = InputFile.Find(decisions, () => Stream.Null),
            Cuts = new Cuts(null, .5),
            Labelled = InputFile.Find(sheet, () => Stream.Null),
        },
        TestContext.Current.CancellationToken);

    private static async Task<(int Exit, string Output, string Error)> Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exit = await Program.Run(args, output, error, TimeProvider.System);
        return (exit, output.ToString(), error.ToString());
    }
}
