using Moderato.Statistics.Calibration;
using Moderato.Statistics.Curves;
using Moderato.Statistics.Sampling;

namespace Moderato.Statistics.Tests.Calibration;

public sealed class ConsistencyBandsTests
{
    private static readonly double[] At = [.1, .3, .5, .7, .9];

    [Fact]
    public void Calibrated_scores_stay_inside_about_as_often_as_stated_and_others_do_not()
    {
        int inside = 0, outside = 0;
        for (ulong seed = 1; seed <= 40; seed++)
        {
            inside += Inside(Rows(400, seed, p => p), seed);
            outside += Inside(Rows(400, seed, p => p * p), seed);
        }

        Assert.InRange(inside / 200.0, .88, .99);
        Assert.InRange(outside / 200.0, 0, .6);
    }

    [Fact]
    public void More_rows_narrow_the_bands_and_copies_do_not()
    {
        double few = Width(Rows(200, 3, p => p)), many = Width(Rows(2_000, 3, p => p));
        var single = Rows(200, 3, p => p);
        int[] ten = [.. Enumerable.Range(0, 2_000).Select(i => i / 10)];
        double copied = Width(new([.. ten.Select(i => single.Scores[i])], [.. ten.Select(i => single.Positive[i])], default, ten));

        Assert.True(many < .7 * few);
        Assert.InRange(copied / few, .8, 1.2);
    }

    [Fact]
    public void Nothing_is_undefined_and_what_is_no_probability_refused()
    {
        Assert.IsType<Outcome<ConsistencyBands>.Undefined>(ConsistencyBands.Of(new([], []), At, new(1)));
        Assert.Throws<ArgumentException>(() => ConsistencyBands.Of(new([1.5], [true]), At, new(1)));
    }

    private static int Inside(LabelledScores rows, ulong seed)
    {
        var bands = ConsistencyBands.Of(rows, At, new(seed, 200)).Value;
        var map = IsotonicMap.Fit(rows).Value;
        return At.Where((score, i) => map.Apply(score) >= bands.Low[i] && map.Apply(score) <= bands.High[i]).Count();
    }

    private static double Width(LabelledScores rows)
    {
        var bands = ConsistencyBands.Of(rows, At, new(1, 200)).Value;
        return bands.High[2] - bands.Low[2];
    }

    private static LabelledScores Rows(int count, ulong seed, Func<double, double> truth)
    {
        var random = new SplitMix64(new SplitMix64(seed).Next());
        double[] scores = new double[count];
        bool[] positive = new bool[count];
        for (int i = 0; i < count; i++)
        {
            scores[i] = random.NextDouble();
            positive[i] = random.NextDouble() < truth(scores[i]);
        }

        return new(scores, positive);
    }
}
