namespace Moderato.Improvement.Training;

/// <summary>A public labelled set that is known by name, and what may be done with it.</summary>
/// <param name="Name">The file's name without extensions.</param>
/// <param name="Credit">Whom its licence asks to be named.</param>
public sealed record PublicSet(string Name, SetUse Use, string Licence, string Credit)
{
    /// <summary>Splits that are kept for measuring; an empty list where the set has none and is cross-fitted.</summary>
    public IReadOnlyList<string> HeldOut { get; init; } = [];

    /// <summary>The category of which it holds a natural sample, and the field that marks the contents of that sample; null where there is none.</summary>
    public (string Category, string Field)? Natural { get; init; }

    /// <summary>Why the set must not be trained on; null when it may.</summary>
    public string? Refusal => Use switch
    {
        SetUse.Train => null,
        SetUse.ShareAlike => $"its licence ({Licence}) would bind the weights, which are given away under MIT",
        SetUse.Unlabelled => "it has no moderation label",
        SetUse.Evaluate => $"its licence is {Licence}, so weights trained on it could not be given away; `moderato evaluate` may measure with it",
        _ => "it is a judge of models: trained on it, it would measure nothing",
    };
}
