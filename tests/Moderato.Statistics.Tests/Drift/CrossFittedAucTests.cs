using Moderato.Statistics.Drift;

namespace Moderato.Statistics.Tests.Drift;

public sealed class CrossFittedAucTests
{
    [Fact]
    public void One_fold_is_the_plain_auc()
    {
        double[] scores = [.1, .4, .35, .8, .4, .9];
        bool[] current = [false, false, true, true, false, true];
        var plain = DomainAuc.Of([.1, .4, .4], [.35, .8, .9]);

        var folded = CrossFittedAuc.Of(scores, current, new int[6], 99, seed: 1)!;

        Assert.Equal(plain.Auc, folded.Auc, 1e-12);
        Assert.Equal(plain.Interval.Low, folded.Interval.Low, 1e-12);
        Assert.Equal(plain.NullStandardError, folded.NullStandardError, 1e-12);
    }

    [Fact]
    public void Folds_whose_scores_lie_apart_are_never_compared_with_each_other()
    {
        // Fold 1 holds the current rows mostly and scores everything higher: pooled, that alone would look like a shift.
        var random = new Random(7);
        double[] scores = new double[400];
        bool[] current = new bool[400];
        int[] folds = new int[400];
        for (int i = 0; i < scores.Length; i++)
        {
            folds[i] = i % 2;
            current[i] = random.NextDouble() < (folds[i] == 1 ? .8 : .2);
            scores[i] = random.NextDouble() + (10 * folds[i]);
        }

        var auc = CrossFittedAuc.Of(scores, current, folds, 199, seed: 2)!;

        Assert.True(auc.Interval.Contains(.5), $"{auc}");
        Assert.True(auc.PValue > .02);
    }

    [Fact]
    public void A_true_null_is_rejected_at_its_level_and_a_shift_is_found()
    {
        var random = new Random(11);
        int rejected = 0;
        for (int run = 0; run < 400; run++)
        {
            double[] scores = [.. Enumerable.Range(0, 90).Select(_ => random.NextDouble())];
            bool[] current = [.. Enumerable.Range(0, 90).Select(_ => random.NextDouble() < .4)];
            int[] folds = [.. Enumerable.Range(0, 90).Select(i => i % 5)];
            rejected += CrossFittedAuc.Of(scores, current, folds, 199, (ulong)run)!.PValue <= .05 ? 1 : 0;
        }

        // .05 ± 4 standard errors of the simulation.
        Assert.InRange(rejected / 400.0, .006, .094);
    }

    [Fact]
    public void P_is_never_0_and_one_side_only_is_no_answer()
    {
        double[] scores = [.. Enumerable.Range(0, 60).Select(i => (double)i)];
        bool[] current = [.. Enumerable.Range(0, 60).Select(i => i >= 30)];
        Assert.Equal(1.0 / 100, CrossFittedAuc.Of(scores, current, new int[60], 99, seed: 3)!.PValue, 1e-12);
        Assert.Null(CrossFittedAuc.Of(scores, new bool[60], new int[60], 99, seed: 3));
    }
}
