namespace Moderato.Investigation.Patterns;

/// <summary>Why a safe content was flagged, as a person who reads it says.</summary>
/// <param name="Code">What is written into column <c>code</c>.</param>
/// <param name="Example">A made-up content of the kind.</param>
/// <param name="Instead">When a neighbouring code is the right one, so that two coders agree.</param>
public sealed record FalsePositiveCode(string Code, string Meaning, string Example, string Instead);

/// <summary>The codebook of the sheet of false positives (docs/methods/hand-coding.md).</summary>
public static class FalsePositiveCodes
{
    /// <summary>In the order in which they are offered. Others may be written too; each then counts as a code of its own.</summary>
    public static IReadOnlyList<FalsePositiveCode> All { get; } =
    [
        new("sarcasm", "sarcasm or satire, taken literally",
            "Sure, ban me: I like pineapple on pizza, public enemy number one.",
            "the joke is at somebody's cost and hurts: label error"),
        new("news", "a violating keyword in news or reporting",
            "Three people were killed when the bridge fell, police said.",
            "it passes on one person's words: quotation"),
        new("medicine", "a violating keyword in medicine or health",
            "Is some bleeding normal after a breast biopsy?",
            "a body part is named without a question of health: look at what the text does with it"),
        new("fiction", "a violating keyword in fiction, film or a game",
            "I'll kill the troll at the gate, you take the archer.",
            "it is meant for the other player and not for the figure: label error"),
        new("counter-speech", "a violating keyword in speech against hate or abuse",
            "Whoever calls refugees vermin should be ashamed.",
            "it repeats the words without taking a side: quotation"),
        new("quotation", "a violating keyword in a quotation or report of what another said",
            "He told me to get lost, and I reported it.",
            "the author speaks against what is quoted: counter-speech"),
        new("reclaimed use", "a slur used by the group of itself",
            "Proud of my queer family tonight.",
            "nothing shows that the author belongs to the group: borderline"),
        new("language or dialect", "a language, dialect or slang that the model does not know",
            "Yon film wis pure mental, so it wis.",
            "the words are ordinary and only rude: borderline"),
        new("borderline", "genuinely borderline: reasonable people would disagree",
            "People like you always vote for the same crooks.",
            "the policy's text decides it after all: the kind that it is, or label error"),
        new("label error", "the content does violate: the label is wrong, not the model",
            "Go back where you came from, you parasites.",
            "you are not sure: borderline"),
        new("other", "anything else; say what in the comment",
            "kill -9 4711 && rm -rf ./build",
            "two comments say the same: write that as a code of its own"),
    ];
}
