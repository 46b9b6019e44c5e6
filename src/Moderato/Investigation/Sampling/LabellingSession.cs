namespace Moderato.Investigation.Sampling;

/// <summary>A person going through a sheet: which content is open, what was answered, and the way back.</summary>
/// <param name="labels">What the sheet says already: 1 violating, 0 safe, −1 not labelled.</param>
public sealed class LabellingSession(IEnumerable<sbyte> labels)
{
    private readonly sbyte[] labels = [.. labels];
    private readonly Stack<int> answered = new();
    private int current = -1;

    public int Count => labels.Length;

    public int Labelled => labels.Count(label => label >= 0);

    /// <summary>Answers of this session that stand.</summary>
    public int Answered { get; private set; }

    /// <summary>Opens the next content without a label.</summary>
    /// <returns>Its number; null when there is none after the last one.</returns>
    public int? Next()
    {
        do
        {
            current++;
        }
        while (current < labels.Length && labels[current] >= 0);

        return current < labels.Length ? current : null;
    }

    public void Answer(bool violating)
    {
        labels[current] = (sbyte)(violating ? 1 : 0);
        answered.Push(current);
        Answered++;
    }

    /// <summary>Leaves the open content without a label; it is open again next time.</summary>
    public void Skip() => answered.Push(current);

    /// <summary>Takes the last answer of this session back, and opens its content again.</summary>
    /// <returns>Its number; null when this session has answered nothing.</returns>
    public int? Undo()
    {
        if (!answered.TryPop(out int last))
        {
            return null;
        }

        Answered -= labels[last] >= 0 ? 1 : 0;
        labels[last] = -1;
        return current = last;
    }
}
