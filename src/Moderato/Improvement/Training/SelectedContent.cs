namespace Moderato.Improvement.Training;

/// <summary>A content that is trained on.</summary>
/// <param name="Truth">By category 1 or 0 as the set's people said; NaN where they did not.</param>
/// <param name="Learnt">What is learnt: the truth, or of a text of ours what it was made to be.</param>
/// <param name="Cluster">Its near-duplicates have the same; folds do not tear them apart.</param>
/// <param name="IsOurs">Made by us: learnt from, never measured with.</param>
public sealed record SelectedContent(LabelledContent Content, float[] Truth, float[] Learnt, PublicSet Set, int Cluster, bool IsOurs)
{
    /// <summary>People said something of it.</summary>
    public bool IsLabelled => !Array.TrueForAll(Truth, float.IsNaN);

    /// <summary>It is one of a natural sample of the category: not chosen for what it says.</summary>
    public bool IsNatural(string category) =>
        Set.Natural is { } natural && natural.Category == category && Content.Meta.ContainsKey(natural.Field);
}
