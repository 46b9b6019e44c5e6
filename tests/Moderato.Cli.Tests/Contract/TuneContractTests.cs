using System.Globalization;
using System.Text.Json;

namespace Moderato.Cli.Tests.Contract;

public sealed class TuneContractTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Every_point_of_the_curve_is_what_counting_gives()
    {
        var rows = GeneratedLog.Of(900, .3, .6, _ => 1);

        var found = (await Tune(rows, "--review-from", "0.3", "--block-from", "0.6", "--per-day", "1000")).Json(Shapes.Tuning);

        var points = found.GetProperty("curve").EnumerateArray().ToArray();
        Assert.True(points.Length > 60);
        foreach (var point in points)
        {
            var (review, block) = Cuts(point);
            Near(rows.Count(row => !row.Violating && row.Score >= block) / (double)rows.Count(row => !row.Violating), point.GetProperty("fpr"), point);
            Near(rows.Count(row => row.Violating && row.Score < review) / (double)rows.Count(row => row.Violating), point.GetProperty("fnr"), point);
            Near(rows.Count(row => row.Violating && row.Score >= block) / (double)rows.Count(row => row.Score >= block), point.GetProperty("precision"), point);
            Assert.Equal(rows.Count(row => row.Score >= review && row.Score < block) / .9, point.GetProperty("reviewsPerDay").GetDouble(), 1e-6);
        }

        Assert.All(points.Where(point => point.GetProperty("cuts").GetString() == "block"), point => Assert.Equal(.3, Cuts(point).Review is var cut && cut == Cuts(point).Block ? .3 : cut));
        Assert.All(points.Where(point => point.GetProperty("cuts").GetString() == "review"), point => Assert.Equal(.6, Cuts(point).Block));
        Assert.Equal(JsonValueKind.Null, found.GetProperty("best").ValueKind);
        Assert.False(found.TryGetProperty("costs", out _));
    }

    [Theory]
    [InlineData(1, 5, .2, null, 1)]
    [InlineData(1, 5, .2, 12, 2)]
    [InlineData(1, 1, .05, 5, 3)]
    [InlineData(3, 20, 1.0, 0, 4)]
    [InlineData(1, 0, .1, 10, 5)]
    [InlineData(0, 1, .1, 10, 6)]
    [InlineData(1, 5, null, null, 7)]
    public async Task The_best_cuts_are_as_good_as_any_pair_of_cuts(double falsePositive, double falseNegative, double? review, int? capacity, ulong seed)
    {
        // 101 scores: all pairs of cuts, and "never", are tried.
        var rows = GeneratedLog.Of(150, null, .5, _ => 1, seed, decimals: 2);
        List<string> arguments = ["--block-from", "0.5", "--per-day", "150", "--cost-fp", Text(falsePositive), "--cost-fn", Text(falseNegative)];
        arguments.AddRange(review is null ? [] : ["--cost-review", Text(review.Value)]);
        arguments.AddRange(capacity is null ? [] : ["--capacity", Text(capacity.Value)]);

        var found = (await Tune(rows, [.. arguments])).Json(Shapes.Tuning);

        double least = double.PositiveInfinity;
        for (int from = 0; from <= 101; from++)
        {
            for (int to = from; to <= 101; to++)
            {
                bool allowed = review is null ? from == to : Reviews(from / 100.0, to / 100.0) <= (capacity ?? rows.Length);
                least = allowed ? Math.Min(least, Harm(from / 100.0, to / 100.0)) : least;
            }
        }

        var best = found.GetProperty("best");
        var cuts = Cuts(best);
        Assert.Equal(least, Harm(cuts.Review, cuts.Block), 1e-9);
        Assert.Equal(Reviews(cuts.Review, cuts.Block), best.GetProperty("reviewsPerDay").GetDouble(), 1e-9);
        Assert.True(Reviews(cuts.Review, cuts.Block) <= (capacity ?? rows.Length));
        Assert.Equal(Harm(.5, .5), found.GetProperty("current").GetProperty("harm").GetDouble(), 1e-9);
        Assert.Equal(review is null, found.GetProperty("frontier").GetArrayLength() == 0);
        Assert.Equal(
            found.GetProperty("frontier").EnumerateArray().OrderByDescending(point => point.GetProperty("harm").GetDouble()).Select(point => point.GetProperty("capacityPerDay").GetDouble()),
            found.GetProperty("frontier").EnumerateArray().Select(point => point.GetProperty("capacityPerDay").GetDouble()));

        int Reviews(double from, double to) => rows.Count(row => row.Score >= from && row.Score < to);
        double Harm(double from, double to) =>
            (falsePositive * rows.Count(row => !row.Violating && row.Score >= to)) + (falseNegative * rows.Count(row => row.Violating && row.Score < from)) + ((review ?? 0) * Reviews(from, to));
    }

    [Fact]
    public async Task Views_weigh_the_harm_of_a_content()
    {
        var rows = GeneratedLog.Of(150, null, .5, _ => 1, 9, decimals: 2);

        var found = (await TuneWith(rows, "id,score,label,views", "--block-from", "0.5", "--per-day", "150", "--cost-fp", "1", "--cost-fn", "3")).Json(Shapes.Tuning);

        double mean = rows.Average(row => row.Views);
        double Harm(double cut) => rows.Sum(row => row.Views / mean * (!row.Violating && row.Score >= cut ? 1 : row.Violating && row.Score < cut ? 3 : 0));
        Assert.Equal(Enumerable.Range(0, 102).Min(cut => Harm(cut / 100.0)), Harm(Cuts(found.GetProperty("best")).Block), 1e-9);
        Assert.Equal(Harm(.5), found.GetProperty("current").GetProperty("harm").GetDouble(), 1e-9);
    }

    [Fact]
    public async Task Where_no_error_is_dear_enough_the_cut_is_never_and_written_null()
    {
        var rows = GeneratedLog.Of(150, null, .5, _ => 1, 5, decimals: 2);

        var found = (await Tune(rows, "--block-from", "0.5", "--cost-fp", "1", "--cost-fn", "0")).Json(Shapes.Tuning);

        Assert.Equal(JsonValueKind.Null, found.GetProperty("best").GetProperty("blockFrom").ValueKind);
        Assert.Equal(JsonValueKind.Null, found.GetProperty("best").GetProperty("reviewsPerDay").ValueKind);
    }

    [Fact]
    public async Task A_guarantee_that_the_labels_cannot_give_is_an_answer_and_no()
    {
        var rows = GeneratedLog.Of(400, null, .5, _ => 1);

        var refused = (await Tune(rows, "--block-from", "0.5", "--max-fnr", "0.0001")).Json(Shapes.Tuning, ExitCode.AnswerIsNo);
        var given = (await Tune(rows, "--block-from", "0.5", "--max-fnr", "0.3", "--confidence", "0.9")).Json(Shapes.Tuning).GetProperty("guarantee");

        Assert.Equal(("fnr<=0.0001", false), (refused.GetProperty("guarantee").GetProperty("target").GetString(), refused.GetProperty("guarantee").GetProperty("feasible").GetBoolean()));
        Assert.Contains("infeasible", refused.GetProperty("statement").GetString(), StringComparison.Ordinal);
        double cut = Cuts(given.GetProperty("choice")).Block;
        Assert.InRange(rows.Count(row => row.Violating && row.Score < cut) / (double)rows.Count(row => row.Violating), 0, .3);
    }

    [Fact]
    public async Task Without_a_review_cut_there_is_one_threshold_and_every_sentence_says_what_moves()
    {
        var rows = GeneratedLog.Of(500, null, .5, _ => 1);

        var found = (await Tune(rows, "--block-from", "0.5", "--cost-fp", "1", "--cost-fn", "2")).Json(Shapes.Tuning);

        Assert.All(found.GetProperty("curve").EnumerateArray().Where(point => point.GetProperty("cuts").GetString() == "both"), point => Assert.Equal(JsonValueKind.Null, point.GetProperty("reviewFrom").ValueKind));
        Assert.Contains("one threshold", found.GetProperty("statement").GetString(), StringComparison.Ordinal);
        Assert.Matches(@"both cuts move|as today", found.GetProperty("statement").GetString()!);
        Assert.Equal(JsonValueKind.Null, found.GetProperty("current").GetProperty("reviewFrom").ValueKind);
    }

    private Task<Answer> Tune(Row[] rows, params string[] arguments) => TuneWith(rows, "id,score,label", arguments);

    private Task<Answer> TuneWith(Row[] rows, string columns, params string[] arguments) =>
        Executable.Run(["tune", folder.Write("log.csv", GeneratedLog.Csv(rows, columns)), "--labels", "random", "--json", .. arguments]);

    /// <summary>"Never" lies above all scores; without a queue the two cuts are one.</summary>
    private static (double Review, double Block) Cuts(JsonElement choice)
    {
        double? review = choice.GetProperty("reviewFrom") is { ValueKind: JsonValueKind.Number } from ? from.GetDouble() : null;
        double block = choice.GetProperty("blockFrom") is { ValueKind: JsonValueKind.Number } to ? to.GetDouble() : 2;
        return (review ?? block, block);
    }

    private static void Near(double expected, JsonElement rate, JsonElement at)
    {
        if (double.IsNaN(expected))
        {
            Assert.False(Rates.IsKnown(rate), $"{at}");
        }
        else
        {
            Assert.True(Math.Abs(expected - Rates.Estimate(rate)) < 1e-9, $"{expected} at {at}");
        }
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
