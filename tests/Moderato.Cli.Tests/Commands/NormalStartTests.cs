using System.Text;
using System.Text.Json;

namespace Moderato.Cli.Tests.Commands;

/// <summary>Logs that are no mistake, only poor: each is investigated, and says what could not be told and why.</summary>
public sealed class NormalStartTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task No_label_at_all_gives_the_flag_rate_and_says_why_no_error_rate()
    {
        var found = await Investigate(Log("", _ => ""));

        Assert.Equal(.5, found.GetProperty("rates").GetProperty("flagRate").GetProperty("estimate").GetDouble(), 1e-9);
        Assert.False(HasEstimate(found, "fpr"));
    }

    [Fact]
    public async Task Labels_from_appeals_only_give_no_rate()
    {
        var found = await Investigate(Log(",label,label_source", i => i % 4 == 3 ? ",0,appeal" : ",,"));

        Assert.False(HasEstimate(found, "fpr"));
        Assert.Contains("appeals", found.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_false_positives_at_all_is_an_fpr_of_0_with_an_upper_limit_above_it()
    {
        var found = await Investigate(Log(",label", i => i % 2 == 0 ? ",0" : ",1"), "--labels", "random");

        var fpr = found.GetProperty("rates").GetProperty("fpr");
        Assert.Equal(0, fpr.GetProperty("estimate").GetDouble());
        Assert.True(fpr.GetProperty("high").GetDouble() > 0);
    }

    [Theory]
    [InlineData("0", "fpr", "fnr")]
    [InlineData("1", "fnr", "fpr")]
    public async Task One_class_leaves_the_other_rate_unknown(string label, string known, string unknown)
    {
        var found = await Investigate(Log(",label", _ => "," + label), "--labels", "random");

        Assert.True(HasEstimate(found, known));
        Assert.False(HasEstimate(found, unknown));
    }

    [Fact]
    public async Task All_scores_equal_is_one_distinct_score()
    {
        var csv = new StringBuilder("id,score,label\n");
        for (int i = 0; i < 200; i++)
        {
            csv.Append($"c{i},0.7,{(i % 5 == 0 ? 1 : 0)}\n");
        }

        var found = await Investigate(folder.Write("d.csv", csv.ToString()), "--labels", "random");

        Assert.Equal(1, found.GetProperty("input").GetProperty("scoreResolution").GetInt32());
    }

    [Fact]
    public async Task A_reference_with_other_columns_is_compared_in_what_both_have()
    {
        string reference = folder.Write("before.csv", File.ReadAllText(Log(",channel", i => i % 2 == 0 ? ",web" : ",app")));

        var found = await Investigate(Log(",surface", i => i % 2 == 0 ? ",chat" : ",forum"), "--reference", reference);

        Assert.Equal(200, found.GetProperty("input").GetProperty("period").GetProperty("reference").GetInt32());
        Assert.Equal(200, found.GetProperty("input").GetProperty("period").GetProperty("current").GetInt32());
    }

    /// <summary>200 rows, every second one flagged at .5.</summary>
    private string Log(string columns, Func<int, string> cells)
    {
        var csv = new StringBuilder($"id,score{columns}\n");
        for (int i = 0; i < 200; i++)
        {
            csv.Append($"c{i},0.{(i % 2 == 0 ? 1 : 8)}{i % 10}{cells(i)}\n");
        }

        return folder.Write("d.csv", csv.ToString());
    }

    private static bool HasEstimate(JsonElement found, string rate) =>
        found.GetProperty("rates").TryGetProperty(rate, out var value) && value.TryGetProperty("estimate", out _);

    private static async Task<JsonElement> Investigate(string log, params string[] options)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exit = await Program.Run(["investigate", log, "--block-from", "0.5", "--json", .. options], output, error, TimeProvider.System);
        Assert.Equal((ExitCode.Done, ""), (exit, error.ToString()));
        return JsonDocument.Parse(output.ToString()).RootElement;
    }
}
