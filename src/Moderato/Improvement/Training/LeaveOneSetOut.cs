using Moderato.Classification;

namespace Moderato.Improvement.Training;

/// <summary>
/// Logits of a set's contents under a model that saw nothing of that set: the nearest that training data alone come to content
/// that nobody has seen (docs/methods/choosing-settings.md).
/// </summary>
public static class LeaveOneSetOut
{
    /// <param name="sets">The names of the sets that are left out, one at a time.</param>
    /// <param name="progress">Told the share done, in [0,1].</param>
    /// <param name="ask">Told the place of each set and the model that saw nothing of it (<see cref="CrossFit.Logits"/>).</param>
    /// <returns>A row of logits for each content, categories in order; null for one of another set, or of ours.</returns>
    public static double[]?[] Logits(
        TrainingSelection selection, IReadOnlyList<TrainingExample> examples, IReadOnlyList<string> sets, IReadOnlyList<string> categories,
        TrainingSettings settings, IProgress<double>? progress = null, CancellationToken cancel = default, Action<int, NgramClassifier>? ask = null)
    {
        // Near-duplicates are left out with the set's contents, and so are the texts that were made from these: they share their cluster.
        var places = sets.Select((name, place) => (name, place)).ToDictionary();
        var partOf = selection.Contents.Select(content => content.IsOurs ? -1 : places.GetValueOrDefault(content.Set.Name, -1)).ToList();
        return CrossFit.Logits(examples, partOf, [.. selection.Contents.Select(content => content.Cluster)], categories, settings, progress, cancel, ask);
    }
}
