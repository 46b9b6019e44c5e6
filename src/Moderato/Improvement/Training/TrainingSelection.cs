using Moderato.Decisions;
using Moderato.Improvement.Training.Contrast;
using Moderato.Investigation.Patterns;
using Moderato.Policies;

namespace Moderato.Improvement.Training;

/// <summary>Which contents are trained on, and how many were left out for what reason.</summary>
/// <param name="HeldOut">Contents in splits that are kept for measuring.</param>
/// <param name="Judged">Contents left out because they are, or nearly are, contents that models are measured with.</param>
/// <param name="Repeated">Contents left out because they say again what another one says.</param>
/// <param name="Unlabelled">Contents left out because they have no label of any category.</param>
/// <param name="Foreign">Contents in languages that the release is not to judge.</param>
/// <param name="Restricted">Contents that violate a category that the policy restricts, and what nearly is one of them.</param>
public sealed record TrainingSelection(IReadOnlyList<SelectedContent> Contents, int HeldOut, int Judged, int Repeated, int Unlabelled, int Foreign, int Restricted)
{
    /// <param name="measuredWith">Contents of sets that the model will be measured with: none of them, nor a near-duplicate, is trained on.</param>
    /// <param name="keepUnlabelled">There is a teacher for contents without a label; they count as repeated where a labelled one says the same.</param>
    public static TrainingSelection Of(
        IReadOnlyList<LabelledContent> contents, IReadOnlyList<LabelledContent> measuredWith, IReadOnlyList<string> categories,
        TrainingSettings settings, bool keepUnlabelled = false)
    {
        var all = contents.Select(Cleaned).ToList();
        var sets = all.Select(content => content.Set).Distinct().ToDictionary(name => name, PublicSets.Of);
        int[] clusters = NearDuplicates.Cluster(PackedStrings.From(all.Concat(measuredWith.Select(Cleaned)).Select(content => content.Text)));
        bool IsSilent(LabelledContent content) => Array.TrueForAll(LabelRules.Targets(content, categories), float.IsNaN);
        bool IsHeldOut(LabelledContent content) => sets[content.Set].HeldOut.Contains(content.Split ?? "");

        var judges = new HashSet<int>(clusters.Skip(all.Count));
        judges.UnionWith(Enumerable.Range(0, all.Count).Where(i => IsHeldOut(all[i])).Select(i => clusters[i]));
        var barred = Enumerable.Range(0, all.Count).Where(i => IsRestricted(all[i])).Select(i => clusters[i]).ToHashSet();
        var selected = new List<SelectedContent>();
        var said = new HashSet<(int Cluster, string Learnt)>();
        var labelled = Enumerable.Range(0, all.Count).Where(i => !IsSilent(all[i])).Select(i => clusters[i]).ToHashSet();
        int heldOut = 0, judged = 0, repeated = 0, unlabelled = 0, foreign = 0, restricted = 0;
        for (int i = 0; i < all.Count; i++)
        {
            var set = sets[all[i].Set];
            var truth = LabelRules.Targets(all[i], categories);
            if (barred.Contains(clusters[i]))
            {
                restricted++;
            }
            else if (IsHeldOut(all[i]))
            {
                heldOut++;
            }
            else if (!settings.Judges(all[i].Language))
            {
                foreign++;
            }
            else if (IsSilent(all[i]) && !keepUnlabelled)
            {
                unlabelled++;
            }
            else if (judges.Contains(clusters[i]))
            {
                judged++;
            }
            else if ((IsSilent(all[i]) && labelled.Contains(clusters[i])) || !said.Add((clusters[i], string.Join(' ', truth))))
            {
                repeated++;
            }
            else
            {
                selected.Add(new SelectedContent(all[i], truth, LabelRules.Learnt(truth, categories), set, clusters[i], IsOurs: false));
            }
        }

        selected.AddRange(Contrasts(selected, categories, settings.Seed));
        selected.AddRange(Everyday(categories, settings));
        return new TrainingSelection(selected, heldOut, judged, repeated, unlabelled, foreign, restricted);
    }

    /// <summary>It violates a category that is never trained on.</summary>
    public static bool IsRestricted(LabelledContent content) =>
        content.Labels.Any(label => label.Value && DefaultPolicy.Of(DefaultPolicy.Defined).Restricts(label.Key));

    /// <summary>Texts of our own, each in the cluster of the content it was made from, so that no fold is judged by a model that saw its words.</summary>
    private static List<SelectedContent> Contrasts(List<SelectedContent> selected, IReadOnlyList<string> categories, int seed)
    {
        int hate = categories.ToList().IndexOf(Category.Hate);
        if (hate < 0)
        {
            return [];
        }

        var ours = PublicSets.Contrast;
        var made = ContrastTexts.From([.. selected.Select(content => content.Content)], seed);
        var unknown = Enumerable.Repeat(float.NaN, categories.Count).ToArray();
        return [.. made.Select((text, i) =>
        {
            var learnt = unknown.ToArray();
            learnt[hate] = text.Hateful ? 1 : 0;
            var content = Ours(ours, $"{text.Kind}-{text.Frame}-{i}", text.Text);
            return new SelectedContent(content, unknown, learnt, ours, selected[text.Base].Cluster, IsOurs: true);
        })];
    }

    /// <summary>Texts of our own that are what they were written to be: neither hate nor toxic. Each is a cluster of its own.</summary>
    private static List<SelectedContent> Everyday(IReadOnlyList<string> categories, TrainingSettings settings)
    {
        if (!settings.Languages.Contains("en") || !categories.Any(category => category is Category.Hate or Category.Toxicity))
        {
            return [];
        }

        var ours = PublicSets.Everyday;
        var unknown = Enumerable.Repeat(float.NaN, categories.Count).ToArray();
        float[] learnt = [.. categories.Select(category => category is Category.Hate or Category.Toxicity or Category.Harassment ? 0 : float.NaN)];
        return [.. EverydayTexts.All().Select((text, i) => new SelectedContent(Ours(ours, $"everyday-{text.Phrase}-{i}", text.Text), unknown, learnt, ours, -1 - i, IsOurs: true))];
    }

    private static LabelledContent Ours(PublicSet set, string id, string text) =>
        new(set.Name, id, text, new Dictionary<string, bool>(), "en", null, new Dictionary<string, string>());

    private static LabelledContent Cleaned(LabelledContent content) => content with { Text = TextCleaning.Clean(content.Text) };
}
