using System.Globalization;
using Moderato.Improvement.Training;
using Moderato.Improvement.Training.Teaching;
using Moderato.Policies;

namespace Moderato.Benchmarks;

/// <summary>
/// How often a text that names a group in passing is taken for toxic: everyday phrases of our own that were not trained on, at the cut
/// that 3% of the safe contents of a natural sample reach, which were not trained on either.
/// </summary>
internal static class NamedGroups
{
    private const double Fpr = .03;
    private const int NaturalPart = 5;

    public static double TakenForToxic(
        TrainingSelection all, Func<SelectedContent, bool> isTrainedOn, List<string> categories, TrainingSettings settings, Meanings? meanings)
    {
        var selection = all with { Contents = [.. all.Contents.Where(content => isTrainedOn(content) || IsHeldPhrase(content))] };
        int toxicity = categories.IndexOf(Category.Toxicity);
        var logits = CrossFit.Logits(
            TrainingExamples.Of(selection, settings, meanings), [.. selection.Contents.Select(content => IsHeldPhrase(content) || IsNatural(content) ? 0 : -1)],
            [.. selection.Contents.Select(content => content.Cluster)], categories, settings);
        double[] LogitsOf(Func<SelectedContent, bool> which) => [.. selection.Contents.Zip(logits).Where(pair => which(pair.First)).Select(pair => pair.Second![toxicity])];
        double[] safe = [.. LogitsOf(content => IsNatural(content) && content.Truth[toxicity] == 0).OrderDescending()];
        double[] named = LogitsOf(IsHeldPhrase);
        return named.Length == 0 ? double.NaN : named.Count(logit => logit > safe[(int)(Fpr * safe.Length)]) / (double)named.Length;
    }

    private static bool IsNatural(SelectedContent content) => content.IsNatural(Category.Toxicity) && content.Cluster % NaturalPart == 0;

    /// <summary>Our texts are named KIND-PHRASE-NUMBER; every other everyday phrase is held.</summary>
    private static bool IsHeldPhrase(SelectedContent content) =>
        content.Content.Id.Split('-') is ["everyday", var phrase, _] && int.Parse(phrase, CultureInfo.InvariantCulture) % 2 == 1;
}
