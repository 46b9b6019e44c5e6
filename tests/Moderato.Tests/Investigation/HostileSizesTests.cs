using Moderato.Decisions;
using Moderato.Investigation;
using Moderato.Investigation.Findings;
using Moderato.Investigation.Patterns;
using Moderato.Statistics.Intervals;
using Moderato.Statistics.Sampling;
using Xunit;

namespace Moderato.Tests.Investigation;

/// <summary>Logs that no dashboard expects: what they ask for is said, and they cost what their rows cost.</summary>
public sealed class HostileSizesTests
{
    private const int Rows = 60_000;

    [Fact]
    public void A_column_with_a_value_for_each_row_is_no_slice_and_is_named()
    {
        var values = new CodedColumn("session", Enumerable.Range(0, Rows).ToArray(), [.. Enumerable.Range(0, Rows).Select(row => $"s{row}")]);

        var findings = InvestigationRun.Of(Log(_ => true) with { Columns = [Language(), values] }, new InvestigationOptions());

        Assert.Contains(findings.NotAssessed, gap => gap.What == "slices by session");
        Assert.DoesNotContain(findings.Patterns.Slices, slice => slice.Where.ContainsKey("session"));
        Assert.DoesNotContain(findings.Shift.Columns, column => column.Column == "session");
    }

    [Fact]
    public void Half_a_million_copies_of_one_text_are_one_cluster()
    {
        var texts = PackedStrings.From(Enumerable.Range(0, 500_000).Select(row => row % 2 == 0
            ? "Pass this on to ten people before midnight or the app will be closed for ever and ever"
            : "PASS this on, to ten people: before midnight!! or the app will be closed for ever and ever"));

        Assert.All(NearDuplicates.Cluster(texts), cluster => Assert.Equal(0, cluster));
    }

    [Fact]
    public void Labels_of_one_period_only_give_its_rate_and_say_that_the_other_is_unknown()
    {
        var findings = InvestigationRun.Of(Log(row => row >= Rows / 2) with { Columns = [Language()] }, new InvestigationOptions());

        Assert.IsType<Rate.Known>(findings.Rates.Fpr);
        Assert.IsType<Rate.Unknown>(findings.Rates.ReferenceFpr);
        Assert.Contains(findings.NotAssessed, gap => gap.What == "mix shift and rate change");
    }

    [Fact]
    public void The_same_log_gives_the_same_findings_every_time()
    {
        var table = Log(row => row % 20 == 0) with { Columns = [Language()] };

        string once = Json(InvestigationRun.Of(table, new InvestigationOptions()));

        Assert.Equal(once, Json(InvestigationRun.Of(table, new InvestigationOptions())));
    }

    private static string Json(InvestigationFindings findings) => System.Text.Json.JsonSerializer.Serialize(findings, ContractJson.Options);

    private static CodedColumn Language() => new("language", Enumerable.Range(0, Rows).Select(row => row * 7 % 3).ToArray(), ["en", "es", "de"]);

    private static DecisionTable Log(Func<int, bool> labelled)
    {
        var random = new SplitMix64(5);
        var scores = new double[Rows];
        var labels = new sbyte[Rows];
        for (int row = 0; row < Rows; row++)
        {
            bool violating = random.NextDouble() < .05;
            scores[row] = Math.Round(violating ? 1 - (.6 * random.NextDouble()) : random.NextDouble() * random.NextDouble(), 4);
            labels[row] = (sbyte)(!labelled(row) ? -1 : violating ? 1 : 0);
        }

        return new DecisionTable
        {
            Category = "toxicity",
            Ids = PackedStrings.From(Enumerable.Range(0, Rows).Select(row => $"c{row}")),
            Verdicts = Array.ConvertAll(scores, score => score >= .5 ? Verdict.Violating : Verdict.Safe),
            Scores = scores,
            Labels = labels,
            Design = new LabelDesign.Random(),
            Periods = [.. Enumerable.Range(0, Rows).Select(row => row < Rows / 2 ? Period.Reference : Period.Current)],
        };
    }
}
