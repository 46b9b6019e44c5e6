using System.Globalization;
using System.Text;
using System.Text.Json;
using Moderato.Cli;

namespace Moderato.Cli.Tests.Commands;

public sealed class TuneAndEstimateTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Tune_prints_one_json_document_in_the_shape_of_the_contract()
    {
        var (exit, output, error) = await Run(
            "tune", Log(), "--labels", "random", "--block-from", "0.5", "--per-day", "2000",
            "--cost-fp", "1", "--cost-fn", "5", "--cost-review", "0.2", "--capacity", "100", "--max-fnr", "0.1", "--json");

        using var document = JsonDocument.Parse(output);
        var root = document.RootElement;
        Assert.Equal((ExitCode.Done, ""), (exit, error));
        Assert.Equal(["falsePositive", "falseNegative", "review"], root.GetProperty("costs").EnumerateObject().Select(property => property.Name));
        Assert.Equal(100, root.GetProperty("capacityPerDay").GetDouble());
        foreach (string choice in (string[])["current", "best"])
        {
            Assert.All(
                (string[])["reviewFrom", "blockFrom", "harm", "falsePositives", "falseNegatives", "reviewsPerDay"],
                name => Assert.True(root.GetProperty(choice).TryGetProperty(name, out _), $"{choice}.{name}"));
        }

        Assert.Equal(["both", "block", "review"], root.GetProperty("curve").EnumerateArray().Select(point => point.GetProperty("cuts").GetString()!).Distinct());
        Assert.True(root.GetProperty("frontier").GetArrayLength() > 2);
        Assert.Equal("fnr<=0.1", root.GetProperty("guarantee").GetProperty("target").GetString());
        Assert.True(root.GetProperty("guarantee").GetProperty("feasible").GetBoolean());
    }

    [Fact]
    public async Task An_infeasible_guarantee_is_done_and_no()
    {
        var (exit, output, _) = await Run("tune", Log(40), "--labels", "random", "--block-from", "0.5", "--max-fnr", "0.01");

        Assert.Equal(ExitCode.AnswerIsNo, exit);
        Assert.Contains("infeasible", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_terminal_answers_first_and_keeps_to_80_columns()
    {
        var (_, output, _) = await Run(
            "tune", Log(), "--labels", "random", "--review-from", "0.4", "--block-from", "0.7", "--per-day", "2000", "--cost-fp", "1", "--cost-fn", "5", "--cost-review", "0.2");

        Assert.StartsWith("For these costs", output, StringComparison.Ordinal);
        Assert.All(output.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 80, line));
        Assert.DoesNotContain('\e', output);
        Assert.StartsWith("Next: ", output.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--capacity: given without --cost-review", "--cost-fp", "1", "--cost-fn", "5", "--capacity", "5")]
    [InlineData("--cost-fn: not given", "--cost-fp", "1")]
    [InlineData("--cost-fp: -1", "--cost-fp", "-1", "--cost-fn", "2")]
    [InlineData("--capacity: the log has no time", "--cost-fp", "1", "--cost-fn", "2", "--cost-review", "1", "--capacity", "5")]
    [InlineData("--max-fnr: 1.5", "--max-fnr", "1.5")]
    [InlineData("--per-day: 0", "--per-day", "0")]
    public async Task Wrong_arguments_say_place_cause_and_remedy(string expected, params string[] arguments)
    {
        var (exit, output, error) = await Run(["tune", Log(), "--labels", "random", "--block-from", "0.5", .. arguments]);

        Assert.Equal((ExitCode.WrongInput, ""), (exit, output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Contains("try: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tune_needs_scores()
    {
        var (exit, _, error) = await Run("tune", folder.Write("verdicts.csv", "id,verdict,label\na,safe,0\nb,violating,1\n"), "--labels", "random");

        Assert.Equal(ExitCode.WrongInput, exit);
        Assert.Contains("verdicts.csv: no column \"score\"", error, StringComparison.Ordinal);
        Assert.Contains("--map score=COLUMN", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Estimate_prints_rates_or_why_there_are_none()
    {
        var (known, stated, _) = await Run("estimate", Log(), "--labels", "random", "--block-from", "0.5", "--json");
        var (refused, unstated, _) = await Run("estimate", Log(), "--block-from", "0.5", "--json");

        using var rates = JsonDocument.Parse(stated);
        using var none = JsonDocument.Parse(unstated);
        Assert.Equal((ExitCode.Done, ExitCode.Done), (known, refused));
        Assert.InRange(rates.RootElement.GetProperty("fpr").GetProperty("estimate").GetDouble(), .2, .45);
        Assert.Contains("--labels random", none.RootElement.GetProperty("fpr").GetProperty("unknown").GetString(), StringComparison.Ordinal);
        Assert.True(none.RootElement.GetProperty("labelsNeeded").GetArrayLength() > 0);
    }

    [Fact]
    public async Task Estimate_refuses_to_group_by_what_is_not_there()
    {
        var (exit, _, error) = await Run("estimate", Log(), "--block-from", "0.5", "--by", "langage");

        Assert.Equal(ExitCode.WrongInput, exit);
        Assert.Contains("--by: no column \"langage\"", error, StringComparison.Ordinal);
    }

    /// <summary>Contents violating with probability score².</summary>
    private string Log(int count = 2_000)
    {
        var random = new Random(3);
        var csv = new StringBuilder("id,score,label\n");
        for (int i = 0; i < count; i++)
        {
            double score = Math.Round(random.NextDouble(), 4);
            csv.Append(CultureInfo.InvariantCulture, $"c{i},{score},{(random.NextDouble() < score * score ? 1 : 0)}\n");
        }

        return folder.Write("decisions.csv", csv.ToString());
    }

    private static async Task<(int Exit, string Output, string Error)> Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exit = await Program.Run(arguments, output, error, TimeProvider.System);
        return (exit, output.ToString(), error.ToString());
    }
}
