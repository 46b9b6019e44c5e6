using Moderato.Statistics.Drift;
using Moderato.Statistics.Sampling;

namespace Moderato.Investigation.Shift;

/// <summary>A domain classifier for each fold, fitted to the others, and how well they tell the sides apart on texts that they did not see.</summary>
internal sealed record CrossFittedDomain(DomainModel[] Models, CrossFittedAuc Auc)
{
    private const int Permutations = 999;

    /// <returns>Null when no fold has texts of both sides.</returns>
    public static CrossFittedDomain? Of(FeatureRows texts, bool[] current, int[] folds, ulong seed)
    {
        var models = new DomainModel[DomainSample.Folds];
        Parallel.For(0, models.Length, fold => models[fold] = DomainModel.Fit(texts, Order(folds, fold, seed), current));

        var scores = new double[texts.Count];
        for (int text = 0; text < scores.Length; text++)
        {
            scores[text] = models[folds[text]].Score(texts[text]);
        }

        return CrossFittedAuc.Of(scores, current, folds, Permutations, seed + 2) is { } auc ? new(models, auc) : null;
    }

    /// <summary>The texts outside of a fold, shuffled.</summary>
    private static int[] Order(int[] folds, int without, ulong seed)
    {
        int[] order = [.. Enumerable.Range(0, folds.Length).Where(text => folds[text] != without)];
        new SplitMix64(seed + 100 + (ulong)without).Shuffle(order.AsSpan());
        return order;
    }
}
