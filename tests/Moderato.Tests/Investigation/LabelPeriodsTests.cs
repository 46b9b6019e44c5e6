using Moderato.Decisions;
using Moderato.Investigation;
using Moderato.Investigation.Findings;
using Moderato.Pictures;

namespace Moderato.Tests.Investigation;

public sealed class LabelPeriodsTests
{
    private const int Rows = 2_000;
    private const int Days = 20;

    [Fact]
    public void Labels_of_the_reference_only_leave_todays_rates_open()
    {
        var gap = Assert.Single(Of(row => row < Rows / 2));
        Assert.Equal("rates of the current period", gap.What);
        Assert.Contains($"all {Numbers.Count(1_000)} labels are of the reference; label contents of the current period too", gap.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_of_the_current_period_only_leave_the_rates_before_open()
    {
        var gap = Assert.Single(Of(row => row >= Rows / 2));
        Assert.Contains($"all {Numbers.Count(1_000)} labels are of the current period", gap.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_of_one_day_hold_for_that_day()
    {
        var gap = Assert.Single(Of(row => row < Rows / 2 || row / (Rows / Days) == 14));
        Assert.Equal("what was not labelled of the current period", gap.What);
        Assert.Contains("of Sun 15 Mar 2026, which has 10% of its contents", gap.Why, StringComparison.Ordinal);
        Assert.True(gap.IsOfLabels);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(40)]
    [InlineData(500)]
    public void Labels_of_all_days_leave_nothing_open(int every) => Assert.Empty(Of(row => row % every == 0));

    [Fact]
    public void A_random_sample_of_few_is_not_taken_for_one_of_a_part()
    {
        int named = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var rows = Enumerable.Range(0, 8).Select(_ => random.Next(Rows / 2)).Concat(Enumerable.Range(0, 8).Select(_ => (Rows / 2) + random.Next(Rows / 2))).ToHashSet();
            named += Of(rows.Contains).Any() ? 1 : 0;
        }

        Assert.InRange(named, 0, 3);
    }

    private static IEnumerable<NotAssessed> Of(Func<int, bool> labelled)
    {
        var table = new DecisionTable
        {
            Category = "hate",
            Ids = PackedStrings.From(Enumerable.Range(0, Rows).Select(row => $"c{row}")),
            Verdicts = [.. Enumerable.Range(0, Rows).Select(row => row % 10 == 0 ? Verdict.Violating : Verdict.Safe)],
            Labels = [.. Enumerable.Range(0, Rows).Select(row => (sbyte)(labelled(row) ? 0 : -1))],
            Design = new LabelDesign.Random(),
            Times = [.. Enumerable.Range(0, Rows).Select(row => new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(row * Days / Rows).AddSeconds(row % (Rows / Days)).Ticks)],
            Periods = [.. Enumerable.Range(0, Rows).Select(row => row < Rows / 2 ? Period.Reference : Period.Current)],
        };
        return LabelPeriods.Of(Evidence.Of(table, [.. Enumerable.Range(0, Rows)], Rows, []));
    }
}
