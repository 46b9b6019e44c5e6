using Moderato.Decisions;
using Moderato.Investigation.Findings;
using Moderato.Investigation.Patterns;
using Moderato.Statistics.Intervals;

namespace Moderato.Tests.Investigation.Patterns;

public sealed class FlagRateChangesTests
{
    private const int Rows = 20_000;

    [Fact]
    public void Finds_the_kind_of_content_that_is_flagged_more_than_before()
    {
        var change = Assert.Single(Changes(Traffic(1, (current, language, surface, _) => current && language == "es" && surface == "chat" ? 0.4 : 0.05)));
        Assert.Equal(new Dictionary<string, string> { ["language"] = "es", ["surface"] = "chat" }, change.Where);
        Assert.InRange(change.Difference!.Value, 0.25, 0.4);
        Assert.True(change.DifferenceInterval!.Value.Contains(0.95 * 0.35));
        Assert.InRange(change.ExcessShare, 0.7, 1);
        Assert.InRange(change.Q!.Value, 0, 1e-4);
    }

    [Fact]
    public void Finds_a_word_that_is_flagged_more_than_before() =>
        Assert.Equal("shoot", Assert.Single(Changes(Traffic(2, (current, _, _, text) => current && text.Contains("shoot", StringComparison.Ordinal) ? 0.3 : 0.05, texts: true))).Where["term"]);

    [Fact]
    public void Where_all_is_flagged_more_alike_nothing_stands_out() =>
        Assert.Empty(Changes(Traffic(3, (current, _, _, _) => current ? 0.2 : 0.05)));

    [Fact]
    public void Where_nothing_changed_something_is_listed_in_a_tenth_of_the_runs_at_most() =>
        // 8 of 40 is the 98.5% point of a tenth.
        Assert.InRange(Enumerable.Range(0, 40).Count(run => Changes(Traffic(100 + run, (_, _, _, _) => 0.08, rows: 6_000)).Count > 0), 0, 8);

    [Fact]
    public void A_flood_is_named_and_what_it_consists_of_is_not()
    {
        var table = Traffic(4, (_, _, _, _) => 0.05, texts: true);
        const int first = Rows - 1000;
        table = table with
        {
            Texts = PackedStrings.From(Enumerable.Range(0, Rows).Select(row => row < first ? table.Texts![row] : "one and the same copypasta that everybody posts today")),
            Verdicts = [.. table.Verdicts.Select((verdict, row) => row < first ? verdict : Verdict.Violating)],
        };
        var change = Assert.Single(Changes(table));
        Assert.Equal($"c{first}", change.Where["copies of"]);
        Assert.Null(change.Q);
        Assert.IsType<Rate.Unknown>(change.ReferenceFlagRate);
        Assert.InRange(change.ExcessShare, 0.9, 1);
    }

    [Fact]
    public void Parts_are_counted_once()
    {
        // Both rise, and overlap.
        var changes = Changes(Traffic(5, (current, language, surface, _) => current && (language == "es" || surface == "chat") ? 0.4 : 0.05));
        Assert.Equal(2, changes.Count);
        Assert.InRange(changes.Sum(change => change.ExcessShare), 0.8, 1.05);
    }

    [Fact]
    public void Without_a_reference_it_says_what_is_missing()
    {
        var table = Traffic(6, (_, _, _, _) => 0.05) with { Periods = null };
        var columns = SliceColumns.Of(table);
        Assert.Contains("--reference", Assert.Single(FlagRateChanges.Of(table.Evidence(columns), columns, 1).NotAssessed).Why);
    }

    private static IReadOnlyList<FlagRateChange> Changes(DecisionTable table)
    {
        var columns = SliceColumns.Of(table);
        return FlagRateChanges.Of(table.Evidence(columns), columns, 1).Changes;
    }

    private static DecisionTable Traffic(int seed, Func<bool, string, string, string, double> fpr, bool texts = false, int rows = Rows) =>
        TrafficTable.Of(rows, seed, (row, language, surface, text) => fpr(row >= rows / 2, language, surface, text), texts).Compared();
}
