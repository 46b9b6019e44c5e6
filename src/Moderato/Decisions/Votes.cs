namespace Moderato.Decisions;

/// <summary>Reviewers' votes on one content: <paramref name="Violating"/> of <paramref name="All"/>. (0, 0) means that none are known.</summary>
public readonly record struct Votes(int Violating, int All)
{
    public bool Known => All > 0;

    /// <summary>Reviewers split: neither side has all votes.</summary>
    public bool Contested => All > 1 && Violating > 0 && Violating < All;
}
