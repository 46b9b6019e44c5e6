namespace Moderato.Webhooks;

/// <summary>Which events a webhook wants.</summary>
/// <param name="Kinds">At least one.</param>
/// <param name="Verdicts">Null: whatever they are.</param>
/// <param name="Categories">Null: whatever they are.</param>
public sealed record EventFilter(IReadOnlyList<string> Kinds, IReadOnlyList<string>? Verdicts, IReadOnlyList<string>? Categories)
{
    /// <param name="about">
    /// The verdicts that the event is about: of the decision, of the one before it that it changes, of a person. Whoever was told
    /// that something is violating is told when it no longer is, so one that fits is enough.
    /// </param>
    public bool Wants(string kind, params ReadOnlySpan<Judged> about)
    {
        if (!Kinds.Contains(kind))
        {
            return false;
        }

        foreach (var one in about)
        {
            if ((Verdicts is null || Verdicts.Contains(one.Verdict)) && (Categories is null || (one.Category is { } category && Categories.Contains(category))))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>A verdict and the category that gave it.</summary>
/// <param name="Category">Null where none could be judged.</param>
public readonly record struct Judged(string Verdict, string? Category);
