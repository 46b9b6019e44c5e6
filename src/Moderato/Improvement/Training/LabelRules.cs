using System.Globalization;
using Moderato.Policies;

namespace Moderato.Improvement.Training;

/// <summary>What a set's label says about each category. A label answers that set's question only; what it does not answer stays unknown (NaN).</summary>
public static class LabelRules
{
    public static float[] Targets(LabelledContent content, IReadOnlyList<string> categories)
    {
        var targets = new float[categories.Count];
        for (int c = 0; c < targets.Length; c++)
        {
            targets[c] = Target(content, categories[c]);
        }

        return targets;
    }

    /// <summary>
    /// What is learnt of a content beside what its set says: what is not toxic is neither hate nor harassment. The reverse, that hate
    /// is toxic, is not learnt: a set would then show toxic texts only, and teach who collected it.
    /// </summary>
    public static float[] Learnt(float[] truth, IReadOnlyList<string> categories)
    {
        int toxicity = categories.ToList().IndexOf(Category.Toxicity);
        return toxicity < 0 || truth[toxicity] != 0 ? truth
            : [.. truth.Zip(categories, (own, category) => float.IsNaN(own) && category is Category.Hate or Category.Harassment ? 0 : own)];
    }

    private static float Target(LabelledContent content, string category)
    {
        if (content.Labels.TryGetValue(category, out bool violates))
        {
            return violates || !Doubtful(content, category) ? (violates ? 1 : 0) : float.NaN;
        }

        return Implied(content, category) ? 0 : float.NaN;
    }

    /// <summary>
    /// A "no" that the set itself doubts: Davidson's annotators said "offensive" of slurs among friends, and where even one of
    /// them said hate, the text is a contested one.
    /// </summary>
    private static bool Doubtful(LabelledContent content, string category) =>
        content.Set == "davidson" && category == Category.Hate && Number(content, "hate_votes") > 0;

    /// <summary>What people found not toxic in a natural sample of talk is neither hate nor harassment.</summary>
    private static bool Implied(LabelledContent content, string category) =>
        content.Set == "wikipedia-context" && category is Category.Hate or Category.Harassment
        && content.Labels.TryGetValue(Category.Toxicity, out bool toxic) && !toxic;

    private static double Number(LabelledContent content, string field) =>
        content.Meta.TryGetValue(field, out var text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : 0;
}
