using Moderato.Classification;
using Moderato.Improvement.Training.Teaching;

namespace Moderato.Improvement.Training;

/// <summary>
/// Logits of contents under models that never saw them: the contents are split into parts, and each part is judged by a model
/// trained on the others and quantised as a shipped one is.
/// </summary>
public static class CrossFit
{
    /// <param name="partOf">Which part an example is in, from 0; an example of no part (−1) is trained on always and judged never.</param>
    /// <param name="clusterOf">Which near-duplicates an example belongs to: what is judged has none among what was trained on.</param>
    /// <param name="progress">Told the share done, in [0,1].</param>
    /// <param name="ask">Told each part and the model that saw nothing of it, for whoever has more to ask than logits; from several threads.</param>
    /// <returns>A row of logits for each example, categories in order; null for one of no part.</returns>
    public static double[]?[] Logits(
        IReadOnlyList<TrainingExample> examples, IReadOnlyList<int> partOf, IReadOnlyList<int> clusterOf, IReadOnlyList<string> categories,
        TrainingSettings settings, IProgress<double>? progress = null, CancellationToken cancel = default, Action<int, NgramClassifier>? ask = null)
    {
        int parts = partOf.Count == 0 ? 0 : partOf.Max() + 1;
        var logits = new double[]?[examples.Count];
        int done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancel };
        Parallel.For(0, parts, options, part =>
        {
            var judged = Enumerable.Range(0, examples.Count).Where(i => partOf[i] == part).Select(i => clusterOf[i]).ToHashSet();
            var others = Enumerable.Range(0, examples.Count).Where(i => partOf[i] != part && !judged.Contains(clusterOf[i])).Select(i => examples[i]).ToList();
            var trained = NgramTrainer.Train(Distillation.Of(others, categories, settings, cancel), categories.Count, settings, null, cancel);
            var model = Quantiser.Quantise(trained, $"part {part}", categories, settings);
            var judge = new NgramClassifier(model);
            for (int i = 0; i < examples.Count; i++)
            {
                if (partOf[i] == part)
                {
                    logits[i] = new double[categories.Count];
                    judge.Logits(examples[i].Rows, logits[i]);
                }
            }

            ask?.Invoke(part, judge);
            progress?.Report((double)Interlocked.Increment(ref done) / parts);
        });
        return logits;
    }
}
