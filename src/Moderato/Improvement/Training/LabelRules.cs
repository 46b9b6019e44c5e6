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
    /// What is learnt where a teacher spoke. A content without labels: all its scores. One of a set whose annotators were of many
    /// minds: its score of <c>hate</c> tempers their label in the set's share, or stands where they gave none; the other
    /// categories' labels are cleaner than the teacher.
    /// </summary>
    public static float[] Learnt(float[] truth, SoftLabel? teacher, PublicSet set, IReadOnlyList<string> categories, bool hasLabels)
    {
        if (teacher is null || (hasLabels && set.TeacherShare == 0))
        {
            return truth;
        }

        var learnt = new float[truth.Length];
        for (int c = 0; c < truth.Length; c++)
        {
            bool speaks = teacher.Scores.TryGetValue(categories[c], out double score) && (!hasLabels || categories[c] == Category.Hate);
            learnt[c] = !speaks ? truth[c]
                : float.IsNaN(truth[c]) ? (float)score
                : ((1 - set.TeacherShare) * truth[c]) + (set.TeacherShare * (float)score);
        }

        return learnt;
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
