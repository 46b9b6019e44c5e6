using Moderato.Decisions;
using Moderato.Investigation;
using Moderato.Investigation.Findings;
using Moderato.Statistics.Intervals;

namespace Moderato.Tests.Investigation.Patterns;

public sealed class FlagRatesWithoutLabelsTests
{
    private static readonly long Start = new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    [Fact]
    public void Each_release_has_its_flag_rate_and_its_time()
    {
        var releases = Of(Log(row => row < 600 ? "r1" : "r2", row => row < 600 ? row % 20 == 0 : row % 5 == 0)).Rates.Releases;
        Assert.Equal(["r1", "r2"], releases.Select(release => release.Release));
        Assert.Equal([600, 400], releases.Select(release => release.Contents));
        Assert.Equal(0.05, ((Rate.Known)releases[0].FlagRate).Estimate, 9);
        Assert.Equal(0.2, ((Rate.Known)releases[1].FlagRate).Estimate, 9);
        Assert.True(releases[0].To < releases[1].From);
    }

    [Fact]
    public void One_release_is_no_comparison() =>
        Assert.Empty(Of(Log(_ => "r1", row => row % 20 == 0)).Rates.Releases);

    [Fact]
    public void A_text_posted_over_and_over_is_counted_in_both_periods()
    {
        string text = "buy the golden tickets for the midnight show before they are all gone friends";
        var table = Log(_ => "r1", row => row is >= 500 and < 540 || row % 50 == 0);
        table = table with
        {
            Texts = PackedStrings.From(Enumerable.Range(0, 1_000).Select(row => row is >= 500 and < 550 || row < 2 ? text : $"content number {Words(row)} about nothing")),
            Periods = [.. Enumerable.Range(0, 1_000).Select(row => row < 500 ? Period.Reference : Period.Current)],
        };
        var copies = Of(table).Patterns.Clusters[0];
        Assert.Equal((50, 40, 2, 1), (copies.Contents, copies.Flagged, copies.ReferenceContents, copies.ReferenceFlagged));
        Assert.Equal(40 / 49.0, copies.ShareOfFlags, 9);
        Assert.Null(copies.ShareOfFalsePositives);
    }

    [Theory]
    [InlineData(0.5, 0, 0.1)]
    [InlineData(0.6, -0.1, 0)]
    public void The_flag_rates_change_is_divided_into_scores_and_cut(double cut, double fromCut, double change)
    {
        // Every score rises by .1; the cut stays at .5, or goes up as far as the scores did.
        double[] scores = [.. Enumerable.Range(0, 1_000).Select(row => Math.Round((row % 10 / 10.0) + (row < 500 ? 0 : 0.1), 4))];
        var table = Log(_ => "r1", _ => false) with
        {
            Scores = scores,
            Verdicts = [.. scores.Select((score, row) => score >= (row < 500 ? 0.5 : cut) ? Verdict.Violating : Verdict.Safe)],
            Periods = [.. Enumerable.Range(0, 1_000).Select(row => row < 500 ? Period.Reference : Period.Current)],
        };
        var split = Of(table).Shift.Score!.Flags!;
        Assert.Equal((0.5, cut), (split.ReferenceCut, split.Cut));
        Assert.Equal(change, Estimate(split.Change), 9);
        Assert.Equal(0.1, Estimate(split.FromScores), 9);
        Assert.Equal(fromCut, Estimate(split.FromCut), 9);
        Assert.InRange(0.1, ((Rate.Known)split.FromScores).Low, ((Rate.Known)split.FromScores).High);
    }

    private static double Estimate(Rate rate) => Assert.IsType<Rate.Known>(rate).Estimate;

    private static string Words(int row) => string.Join(' ', Enumerable.Range(0, 6).Select(i => $"w{(row * 7919 * (i + 3)) % 100_003}x"));

    private static InvestigationFindings Of(DecisionTable table) => InvestigationRun.Of(table, new InvestigationOptions());

    private static DecisionTable Log(Func<int, string> release, Func<int, bool> flagged)
    {
        var releases = new CodedColumn.Builder("release");
        for (int row = 0; row < 1_000; row++)
        {
            releases.Add(release(row));
        }

        return new()
        {
            Category = "hate",
            Ids = PackedStrings.From(Enumerable.Range(0, 1_000).Select(row => $"c{row}")),
            Verdicts = [.. Enumerable.Range(0, 1_000).Select(row => flagged(row) ? Verdict.Violating : Verdict.Safe)],
            Labels = [.. Enumerable.Repeat<sbyte>(-1, 1_000)],
            Design = new LabelDesign.None(),
            Times = [.. Enumerable.Range(0, 1_000).Select(row => Start + (row * TimeSpan.TicksPerHour))],
            Columns = [releases.Build()],
        };
    }
}
