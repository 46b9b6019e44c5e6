using Moderato.Decisions;
using Moderato.Investigation.Patterns;

namespace Moderato.Improvement.Training;

/// <summary>A content that is trained on, and the cluster of near-duplicates it belongs to: clusters are never torn apart by folds.</summary>
public sealed record SelectedContent(LabelledContent Content, float[] Targets, PublicSet Set, int Cluster)
{
    /// <summary>It is one of a natural sample of the category: not chosen for what it says.</summary>
    public bool IsNatural(string category) =>
        Set.Natural is { } natural && natural.Category == category && Content.Meta.ContainsKey(natural.Field);
}

/// <summary>Which labelled contents are trained on, and how many were left out for what reason.</summary>
/// <param name="HeldOut">Contents in splits that are kept for measuring.</param>
/// <param name="Judged">Contents left out because they are, or nearly are, contents that models are measured with.</param>
/// <param name="Repeated">Contents left out because they say again what another one says.</param>
/// <param name="Unlabelled">Contents that say nothing on any category.</param>
public sealed record TrainingSelection(IReadOnlyList<SelectedContent> Contents, int HeldOut, int Judged, int Repeated, int Unlabelled)
{
    /// <param name="measuredWith">Contents of sets that the model will be measured with: none of them, nor a near-duplicate, is trained on.</param>
    public static TrainingSelection Of(
        IReadOnlyList<LabelledContent> contents, IReadOnlyList<LabelledContent> measuredWith, IReadOnlyList<string> categories)
    {
        var sets = contents.Select(content => content.Set).Distinct().ToDictionary(name => name, PublicSets.Of);
        var cleaned = contents.Select(content => content with { Text = TextCleaning.Clean(content.Text) }).ToList();
        int[] clusters = NearDuplicates.Cluster(PackedStrings.From(
            cleaned.Concat(measuredWith.Select(content => content with { Text = TextCleaning.Clean(content.Text) })).Select(content => content.Text)));

        var judges = new HashSet<int>(clusters.Skip(contents.Count));
        var heldOut = cleaned.Select(content => sets[content.Set].HeldOut.Contains(content.Split ?? "")).ToList();
        for (int i = 0; i < cleaned.Count; i++)
        {
            if (heldOut[i])
            {
                judges.Add(clusters[i]);
            }
        }

        var selected = new List<SelectedContent>();
        var said = new HashSet<(int Cluster, string Targets)>();
        int judged = 0, repeated = 0, unlabelled = 0;
        for (int i = 0; i < cleaned.Count; i++)
        {
            if (heldOut[i])
            {
                continue;
            }

            var targets = LabelRules.Targets(cleaned[i], categories);
            if (Array.TrueForAll(targets, float.IsNaN))
            {
                unlabelled++;
            }
            else if (judges.Contains(clusters[i]))
            {
                judged++;
            }
            else if (!said.Add((clusters[i], string.Join(' ', targets))))
            {
                repeated++;
            }
            else
            {
                selected.Add(new SelectedContent(cleaned[i], targets, sets[cleaned[i].Set], clusters[i]));
            }
        }

        return new TrainingSelection(selected, heldOut.Count(held => held), judged, repeated, unlabelled);
    }
}
