namespace Moderato.Investigation.Patterns;

/// <summary>What a person writes into column <c>code</c> of the coding sheet: why this safe content was flagged.</summary>
public static class FalsePositiveCodes
{
    /// <summary>The codes with what each means. Others may be written too; each then counts as a code of its own.</summary>
    public static IReadOnlyList<(string Code, string Meaning)> All { get; } =
    [
        ("sarcasm", "sarcasm or satire, taken literally"),
        ("news", "a violating keyword in news or reporting"),
        ("medicine", "a violating keyword in medicine or health"),
        ("fiction", "a violating keyword in fiction, film or a game"),
        ("counter-speech", "a violating keyword in speech against hate or abuse"),
        ("quotation", "a violating keyword in a quotation or report of what another said"),
        ("reclaimed use", "a slur used by the group of itself"),
        ("language or dialect", "a language, dialect or slang that the model does not know"),
        ("borderline", "genuinely borderline: reasonable people would disagree"),
        ("label error", "the content does violate: the label is wrong, not the model"),
        ("other", "anything else; say what in the comment"),
    ];
}
