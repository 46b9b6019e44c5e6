using CsCheck;
using Moderato.Statistics.Curves;

namespace Moderato.Statistics.Tests.Curves;

public sealed class PrecisionAtRecallTests
{
    [Fact]
    public void Counts_are_interpolated_as_Davis_and_Goadrich_do()
    {
        // Their table 1: from 5 true and 5 false positives of 20 to 10 and 30, one true positive costs 5 false ones.
        double[] scores = [.. Enumerable.Repeat(.9, 10), .. Enumerable.Repeat(.5, 30), .. Enumerable.Repeat(.1, 60)];
        bool[] positive = [.. Enumerable.Range(0, 100).Select(i => i is < 5 or (>= 10 and < 15) or (>= 40 and < 50))];
        var curve = PrecisionRecallCurve.Of(ScoreLevels.Of(new(scores, positive))).Value;

        Assert.Equal([.5, 6 / 16.0, 7 / 22.0, 8 / 28.0, 9 / 34.0, .25], new[] { 5, 6, 7, 8, 9, 10 }.Select(hits => Math.Round(curve.PrecisionAt(hits / 20.0), 12)), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void At_its_points_the_curve_is_met_and_between_them_never_passed_by_a_straight_line() =>
        Gen.Select(Gen.Int[0, 9], Gen.Bool).Array[5, 40].Where(rows => rows.Any(row => row.Item2)).Sample(rows =>
        {
            var curve = PrecisionRecallCurve.Of(ScoreLevels.Of(new([.. rows.Select(row => row.Item1 / 10.0)], [.. rows.Select(row => row.Item2)]))).Value;
            for (int i = 0; i < curve.Recall.Count; i++)
            {
                // Of several points at one recall the one with the highest threshold is met.
                if (curve.Recall[i] > 0 && (i + 1 == curve.Recall.Count || curve.Recall[i + 1] < curve.Recall[i]))
                {
                    Assert.Equal(curve.Precision[i], curve.PrecisionAt(curve.Recall[i]), 1e-9);
                }
            }

            Assert.All(Enumerable.Range(1, 20), step => Assert.InRange(curve.PrecisionAt(step / 20.0), 0, 1));
        });

    [Theory]
    [InlineData(0)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_recall_that_is_none_is_refused(double recall) => Assert.Throws<ArgumentOutOfRangeException>(
        () => PrecisionRecallCurve.Of(ScoreLevels.Of(new([.5], [true]))).Value.PrecisionAt(recall));
}
