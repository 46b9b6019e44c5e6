namespace Moderato.Improvement.Training;

/// <summary>What a stronger tier said of one content: a line of <c>classify --keep text</c>.</summary>
/// <param name="Text">Null where the content is known from a labelled set.</param>
public sealed record SoftLabel(string Set, string Id, string? Text, string? Language, IReadOnlyDictionary<string, double> Scores);

/// <summary>
/// A teacher's scores by content. Where annotators of many minds labelled a set (<see cref="PublicSet.TeacherShare"/>), its scores
/// temper their labels of <c>hate</c>; what has no label at all is learnt from its scores alone.
/// </summary>
public sealed class SoftLabels(IReadOnlyList<SoftLabel> labels)
{
    private readonly Dictionary<(string Set, string Id), SoftLabel> byContent =
        labels.GroupBy(label => (label.Set, label.Id)).ToDictionary(same => same.Key, same => same.First());

    public static SoftLabels None { get; } = new([]);

    public SoftLabel? Of(LabelledContent content) => byContent.GetValueOrDefault((content.Set, content.Id));

    /// <summary>The contents whose text came with the scores and of which no labelled set speaks.</summary>
    public IEnumerable<SoftLabel> Beyond(IReadOnlyList<LabelledContent> contents)
    {
        var known = contents.Select(content => (content.Set, content.Id)).ToHashSet();
        return byContent.Values.Where(label => label.Text is not null && !known.Contains((label.Set, label.Id)));
    }
}
