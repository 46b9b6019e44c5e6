using CsCheck;
using Moderato.Statistics.Curves;

namespace Moderato.Statistics.Tests.Curves;

public sealed class ScoreHistogramTests
{
    private static readonly Gen<(int Bin, bool Positive, int Weight)[]> Rows =
        Gen.Select(Gen.Int[0, 10_000], Gen.Bool, Gen.Int[0, 5]).Array[0, 60];

    [Fact]
    public void Merging_is_associative_and_equals_the_whole() => Gen.Select(Rows, Rows, Rows).Sample((a, b, c) =>
    {
        var whole = Of([.. a, .. b, .. c]);
        var left = ScoreHistogram.Merge(ScoreHistogram.Merge(Of(a), Of(b)), Of(c));
        var right = ScoreHistogram.Merge(Of(a), ScoreHistogram.Merge(Of(b), Of(c)));
        return Same(left, right) && Same(left, whole);
    }, iter: 100);

    [Fact]
    public void Curves_of_the_histogram_are_those_of_the_rows() => Rows.Sample(rows =>
    {
        var fromRows = ScoreLevels.Of(new(
            [.. rows.Select(row => ScoreBin.Cut(row.Bin))], [.. rows.Select(row => row.Positive)], [.. rows.Select(row => (double)row.Weight)]));
        var fromBins = Of(rows).Levels();
        Assert.Equal(fromRows.Thresholds, fromBins.Thresholds);
        Assert.Equal(fromRows.Positive, fromBins.Positive);
        Assert.Equal(fromRows.Negative, fromBins.Negative);
        Assert.Equal(AveragePrecision.Of(fromRows), AveragePrecision.Of(fromBins));
    }, iter: 300);

    [Theory]
    [InlineData(double.NaN, 1.0)]
    [InlineData(1.3, 1.0)]
    [InlineData(.5, double.NaN)]
    [InlineData(.5, -1.0)]
    public void A_score_or_weight_that_is_none_is_refused(double score, double weight) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScoreHistogram().Add(score, true, weight));

    private static ScoreHistogram Of((int Bin, bool Positive, int Weight)[] rows)
    {
        var histogram = new ScoreHistogram();
        foreach (var (bin, positive, weight) in rows)
        {
            histogram.Add(ScoreBin.Cut(bin), positive, weight);
            histogram.AddUnlabelled(ScoreBin.Cut(bin), weight);
        }

        return histogram;
    }

    private static bool Same(ScoreHistogram a, ScoreHistogram b) =>
        a.Positive.SequenceEqual(b.Positive) && a.Negative.SequenceEqual(b.Negative) && a.Unlabelled.SequenceEqual(b.Unlabelled)
        && (a.PositiveRows, a.NegativeRows, a.UnlabelledRows) == (b.PositiveRows, b.NegativeRows, b.UnlabelledRows);
}
